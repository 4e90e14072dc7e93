"""The verification code of a certificate: short enough to be typed from paper, too rare to be guessed."""

import re
import secrets

from chalicelib.kernel.ids import READABLE

LENGTH = 12
GROUP = 4
SEPARATORS = re.compile(r"[\s\u00ad\u200b\u2010-\u2015\u2212\ufeff-]+")
"""What is between the groups when they are typed or copied: spaces, unseen ones too, and every kind of dash."""


def new_code() -> str:
    """A code such as `7KQ4-M2XB-9DTR`: twelve signs that nobody confuses, 59 bits by chance."""
    return _grouped("".join(secrets.choice(READABLE) for _ in range(LENGTH)))


def normalise(typed: str) -> str:
    """The code as `new_code` writes it; empty if `typed` is none. Letter case, spaces and hyphens do not count.

    No other sign is read as a near one: `O`, `0`, `I`, `1` and `L` are in no code.
    """
    signs = SEPARATORS.sub("", typed)
    # Asked before `upper`, which makes two letters of `ß`.
    if not signs.isascii():
        return ""
    code = signs.upper()
    return _grouped(code) if len(code) == LENGTH and set(code) <= set(READABLE) else ""


def _grouped(signs: str) -> str:
    return "-".join(signs[at : at + GROUP] for at in range(0, LENGTH, GROUP))
