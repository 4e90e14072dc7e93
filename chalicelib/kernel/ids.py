"""Identifiers: opaque ones for machines, secrets for links, references for people."""

import hashlib
import secrets

READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters and digits that nobody confuses on paper or on the phone: no 0/O, no 1/I/L."""


def new_id() -> str:
    """A random identifier of 128 bits, 32 hexadecimal characters."""
    return secrets.token_hex(16)


def new_secret() -> str:
    """The secret half of a link: 256 bits, 43 characters that every mail client leaves alone."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is stored of a secret: its SHA-256, in hexadecimal. Enough for 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def matches(secret: str, stored_digest: str) -> bool:
    """Whether `secret` is the one whose digest was stored, in constant time."""
    return secrets.compare_digest(digest(secret), stored_digest)


def new_reference(prefix: str, length: int = 6) -> str:
    """A reference people can read aloud, such as `ADH-7KQ4M2`; it opens nothing by itself."""
    return prefix + "-" + "".join(secrets.choice(READABLE) for _ in range(length))
