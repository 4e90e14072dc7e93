"""The six digits that carry a login from the browser that asked to the one that opened the mail."""

import hashlib
import hmac
import re
import secrets

DIGITS = 6
ROUNDS = 20_000
"""Of PBKDF2: trying all the codes against a stolen digest takes longer than the link lives."""


def code_for(browser: str, email: str) -> str:
    """The code that a browser shows for an address.

    It follows from the browser's secret, so that asking again shows the same digits: whoever opens
    the first mail when it arrives after the second can still type what the screen says.
    """
    mark = hmac.digest(browser.encode(), f"login code\n{email}".encode(), "sha256")
    return f"{int.from_bytes(mark) % 10**DIGITS:0{DIGITS}d}"


def new_salt() -> str:
    """A random salt of 128 bits."""
    return secrets.token_hex(16)


def code_digest(code: str, salt: str) -> str:
    """What is stored of a code."""
    return hashlib.pbkdf2_hmac("sha256", code.encode(), salt.encode(), ROUNDS).hex()


def is_code(code: str, salt: str, stored_digest: str) -> bool:
    """Whether `code` is the one whose digest was stored, in constant time."""
    return secrets.compare_digest(code_digest(code, salt), stored_digest)


def typed_code(text: str) -> str:
    """The six digits in what a person typed, spaces allowed; empty when it is anything else."""
    digits = re.sub(r"\s", "", text)
    return digits if re.fullmatch(rf"[0-9]{{{DIGITS}}}", digits) else ""
