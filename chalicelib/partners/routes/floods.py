"""How much may come from one address, and from one machine, within an hour."""

from chalicelib.access.bootstrap import limiter
from chalicelib.runtime import config

AN_HOUR = 3600


def is_within_limits(purpose: str, key: str, email: str, per_address: int, ip: str) -> bool:
    """Count one application, by its key, for its address and for its machine; False beyond either limit."""
    by_address = limiter().allow(purpose, email, per_address, AN_HOUR, what=key)
    by_machine = limiter().allow(f"{purpose}-ip", ip, config.sendings_per_machine(), AN_HOUR, what=key)
    return by_address and by_machine
