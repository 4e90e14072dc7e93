"""Addresses of people and machines, and the one form under which they are compared and counted."""

import re
from ipaddress import IPv6Address, ip_address
from unicodedata import category, normalize

LONGEST_EMAIL = 254
"""The longest address that fits an SMTP path (RFC 5321, 4.5.3.1.3)."""

_PLAUSIBLE = re.compile(r"[^@\s\x00-\x20\x7f]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


def normalise_email(typed: str) -> str:
    """Lower case, without any space or invisible character.

    Mails go to this form, never to what was typed: two spellings that fold to one known address
    must not let the second speller read the mail.
    """
    composed = normalize("NFC", typed)
    visible = (sign for sign in composed if not sign.isspace() and category(sign) not in ("Cc", "Cf"))
    # Composed once more: what stood between two marks is gone, and they have an order of their own.
    return normalize("NFC", "".join(visible).lower())


def is_plausible_email(email: str) -> bool:
    """Whether a normalised address looks like one; whether it exists only a mail can tell."""
    return len(email) <= LONGEST_EMAIL and _PLAUSIBLE.fullmatch(email) is not None


def machine_behind(ip: str) -> str:
    """Who counts as one machine: an IPv4 address, or the /64 of IPv6 that one subscriber is given."""
    try:
        address = ip_address(ip)
    except ValueError:
        return ip
    if not isinstance(address, IPv6Address):
        return ip
    return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
