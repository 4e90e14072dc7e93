"""The first rule of secrecy: what comes from too few, or nearly all from one, is not published."""

from collections.abc import Collection
from enum import StrEnum

from chalicelib.office.observatory import SecrecyRule

PERCENT = 100


class Secret(StrEnum):
    """Why a figure is not published."""

    TOO_FEW = "too_few"
    DOMINATED = "dominated"
    COMPLEMENTARY = "complementary"


def why_secret(shares: Collection[int], rule: SecrecyRule) -> Secret | None:
    """Why the sum of `shares`, one for each establishment, may not be published; None where it may."""
    return why_small(len(shares), sum(shares), max(shares, default=0), rule)


def why_small(count: int, total: int, largest: int, rule: SecrecyRule) -> Secret | None:
    """The same, of a sum that comes from `count` establishments. A sum of nothing at all is dominated by nobody."""
    if count < rule.minimum_units:
        return Secret.TOO_FEW
    if largest * PERCENT > total * rule.dominance_percent:
        return Secret.DOMINATED
    return None
