"""Rates and changes as French writes them; what is not there is told in words, never as a number."""

from decimal import ROUND_HALF_UP, Decimal

from chalicelib.kernel.french import NBSP, french_integer

TENTH = Decimal("0.1")
MINUS = "\u2212"
UNKNOWN = "–"
"""Where there is nothing to compare with."""
STATE_WORDS = {"open": UNKNOWN, "closed": "fermé", "secret": "secret"}  # nosec B105


def french_percent(percent: float) -> str:
    """`62,4 %`, `70,0 %`."""
    return f"{_tenths(percent)}{NBSP}%"


def french_points(points: float) -> str:
    """`+3,1 points`, `−0,4 point`, `0,0 point`: French counts several from two on."""
    size = abs(_rounded(points))
    sign = "" if size == 0 else "+" if points > 0 else MINUS
    return f"{sign}{_tenths(abs(points))}{NBSP}point{'s' if size >= 2 else ''}"


def rate_in_words(rate: float | None, state: str = "open") -> str:
    """The rate, or why there is none: `fermé`, `secret`, or a dash."""
    if state == "open" and rate is not None:
        return french_percent(rate)
    return STATE_WORDS[state]


def share_in_words(share: float | None) -> str:
    """A part of a whole; one that is missing is secret."""
    return rate_in_words(share, "secret" if share is None else "open")


def change_in_words(points: float | None) -> str:
    """The change, or a dash."""
    return UNKNOWN if points is None else french_points(points)


def _rounded(number: float) -> Decimal:
    return Decimal(str(number)).quantize(TENTH, ROUND_HALF_UP)


def _tenths(number: float) -> str:
    whole, _, tenth = str(_rounded(number)).partition(".")
    return f"{french_integer(int(whole))},{tenth}"
