"""Where people came from: shares of arrivals by country, none that is of few establishments or nearly all of one."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from chalicelib.observatory.tables import Tally
from chalicelib.office.observatory import SecrecyRule

OTHERS = "XX"
"""Countries that are not told apart; secret ones are among them."""


def shares(origins: Mapping[str, Tally], rule: SecrecyRule) -> Iterator[tuple[str, Fraction]]:
    """Countries with their share, the largest first, the others last; nothing where even the others are secret.

    Shares add up to the whole, so that the others can be computed from the rest: where they would be secret, the
    smallest country that is told joins them.
    """
    told = {country for country, tally in origins.items() if country != OTHERS and not tally.why_secret(rule)}
    while told and _rest(origins, told).count and _rest(origins, told).why_secret(rule):
        told.remove(min(told, key=lambda country: (origins[country].total, country)))
    total = sum(tally.total for tally in origins.values())
    if not told or not total:
        return
    for country in sorted(told, key=lambda country: (-origins[country].total, country)):
        yield country, Fraction(origins[country].total, total)
    if rest := _rest(origins, told).total:
        yield OTHERS, Fraction(rest, total)


def _rest(origins: Mapping[str, Tally], told: set[str]) -> Tally:
    """What is not told. An establishment may be in several countries: the largest count is how many it surely is."""
    hidden = [tally for country, tally in origins.items() if country not in told]
    return Tally(
        max((tally.count for tally in hidden), default=0),
        sum(tally.total for tally in hidden),
        sum(tally.largest for tally in hidden),
    )
