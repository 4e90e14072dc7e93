"""From returns to sums: what each kind of establishment offered and sold, in each period that a table is about.

An establishment is of one kind: its sector, category and stars. Who gave nothing for a period, or was closed all
through it, is not in its sums of what was offered; of the rest nothing is kept but sums, counts and the largest.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from chalicelib.observatory.figures import Occupancy, total
from chalicelib.observatory.model import Establishment, MonthlyReturn
from chalicelib.observatory.tables import Sums, Tally

Period = frozenset[str]
"""The identifiers of its slices."""


class Kind(NamedTuple):
    """What is told apart in some table."""

    sector: str
    category: str
    stars: int


@dataclass(frozen=True)
class Counted:
    """The sums of a kind in a period, and from whom they are."""

    occupancy: Occupancy = Occupancy()
    tally: Tally = Tally()

    def __add__(self, other: "Counted") -> "Counted":
        """The two together; no establishment is in both."""
        return Counted(self.occupancy + other.occupancy, self.tally + other.tally)


Counts = Mapping[tuple[Kind, Period], Counted]


def kind_of(establishment: Establishment, sectors: Mapping[str, str]) -> Kind:
    """The kind of an establishment; `sectors` are the names of sectors by commune, empty for a commune of none."""
    return Kind(sectors.get(establishment.commune, ""), establishment.category, establishment.stars)


def count(
    returns: Iterable[MonthlyReturn],
    periods: Collection[Period],
    days: Mapping[str, int],
    sectors: Mapping[str, str],
) -> dict[tuple[Kind, Period], Counted]:
    """The sums of all returns, those of one establishment being put together; `days` are the lengths of slices."""
    counts: dict[tuple[Kind, Period], Counted] = defaultdict(Counted)
    for given in _by_establishment(returns).values():
        kind = kind_of(given[-1].establishment, sectors)
        for period, counted in _of_one(given, periods, days):
            counts[kind, period] += counted
    return dict(counts)


def merged(parts: Iterable[Counts]) -> dict[tuple[Kind, Period], Counted]:
    """The sums of several parts of the territory together; no establishment is in two of them."""
    counts: dict[tuple[Kind, Period], Counted] = defaultdict(Counted)
    for part in parts:
        for key, counted in part.items():
            counts[key] += counted
    return dict(counts)


def sums_of(counts: Counts) -> Sums:
    """What secrecy looks at."""
    return Sums({key: counted.tally for key, counted in counts.items() if counted.tally.count})


def occupancy_of(counts: Counts, kinds: Iterable[Kind], period: Period) -> Occupancy:
    """The sum over kinds."""
    return total(counts[kind, period].occupancy for kind in kinds if (kind, period) in counts)


def _by_establishment(returns: Iterable[MonthlyReturn]) -> dict[str, list[MonthlyReturn]]:
    found: dict[str, list[MonthlyReturn]] = defaultdict(list)
    for one in sorted(returns, key=lambda one: one.month):
        if one.is_given:
            found[one.establishment.id].append(one)
    return found


def _of_one(
    given: list[MonthlyReturn], periods: Collection[Period], days: Mapping[str, int]
) -> Iterable[tuple[Period, Counted]]:
    slices = {
        key: Occupancy(one.establishment.units * days[key], sold.offered, sold.occupied)
        for one in given
        for key, sold in one.sold.items()
        if key in days
    }
    name = given[-1].establishment.id
    for period in periods:
        inside = [slices[key] for key in period if key in slices]
        if inside:
            yield period, _counted(total(inside), name)


def _counted(sold: Occupancy, name: str) -> Counted:
    """Who was closed all through counts for the stock, and in no rate of what was open."""
    open_tally = Tally(1, sold.occupied, sold.occupied, (name,))
    return Counted(sold, Tally() if sold.is_closed else open_tally)
