"""Identifiers: opaque ones for machines, secrets for links, references for people."""

import hashlib
import re
import secrets

SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters and digits that nobody confuses on paper or on the phone: no 0/O, no 1/I/L."""


def new_id() -> str:
    """A random identifier of 128 bits, 32 hexadecimal characters."""
    return secrets.token_hex(16)


def id_of(secret: str) -> str:
    """The identifier that goes with a secret: the same one each time, and it tells nothing of the secret."""
    return digest(secret)[:32]


def new_secret() -> str:
    """The secret half of a link: 256 bits, 43 characters that every mail client leaves alone."""
    return secrets.token_urlsafe(32)


def is_secret(value: str) -> bool:
    """Whether `value` has the shape of a secret of ours: nothing else is looked up."""
    return SECRET.fullmatch(value) is not None


def digest(secret: str) -> str:
    """What is stored of a secret: its SHA-256, in hexadecimal. Enough for 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def matches(secret: str, stored_digest: str) -> bool:
    """Whether `secret` is the one whose digest was stored, in constant time."""
    return secrets.compare_digest(digest(secret), stored_digest)


def new_reference(prefix: str, length: int = 6) -> str:
    """A reference people can read aloud, such as `ADH-7KQ4M2`; it opens nothing by itself."""
    return prefix + "-" + "".join(secrets.choice(READABLE) for _ in range(length))
