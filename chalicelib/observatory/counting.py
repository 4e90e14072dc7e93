"""From returns to sums: what each kind of establishment offered and sold, in each period that a table is about.

A return is of one kind: the sector, category and stars of its establishment when it was asked. Who gave nothing for a
period, or was closed all through it, is not in its sums of what was offered; of the rest nothing is kept but sums,
counts and the largest, and the shares of the few whose kind changed. Of who gave each day, days are counted beside
slices, and the slices of the others apart.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from chalicelib.observatory.adding import added
from chalicelib.observatory.days import by_week_id, days_of, is_by_week, is_day, slice_id_of
from chalicelib.observatory.figures import Occupancy, total
from chalicelib.observatory.model import Establishment, MonthlyReturn
from chalicelib.observatory.tables import Finer, Sums, Tally

Period = frozenset[str]
"""The identifiers of its slices, or of its days (`days.py`)."""


class Kind(NamedTuple):
    """What is told apart in some table."""

    sector: str
    category: str
    stars: int


@dataclass(frozen=True)
class Counted:
    """The sums of a kind in a period, and from whom they are."""

    occupancy: Occupancy = field(default_factory=Occupancy)
    tally: Tally = field(default_factory=Tally)

    def __add__(self, other: "Counted") -> "Counted":
        """The two together; no establishment is in both."""
        return Counted(self.occupancy + other.occupancy, self.tally + other.tally)


@dataclass(frozen=True)
class Counts:
    """The sums of each kind in each period; `moved` are the shares of those who were of several kinds."""

    of: Mapping[tuple[Kind, Period], Counted]
    moved: Mapping[str, Mapping[tuple[Kind, Period], int]] = field(default_factory=dict)

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds that somebody is of."""
        return frozenset(kind for kind, _ in self.of)

    @cached_property
    def sums(self) -> Sums:
        """What secrecy looks at."""
        open_tallies = {key: counted.tally for key, counted in self.of.items() if counted.tally.count}
        known = {key: tally for key, tally in open_tallies.items() if not any(map(is_by_week, key[1]))}
        return Sums(known, self.moved, _finer(open_tallies))

    def occupancy(self, kinds: Iterable[Kind], period: Period) -> Occupancy:
        """The sum over kinds."""
        return total(self.of[kind, period].occupancy for kind in kinds if (kind, period) in self.of)


def kind_of(establishment: Establishment, sectors: Mapping[str, str]) -> Kind:
    """The kind of an establishment; `sectors` are the names of sectors by commune, empty for a commune of none."""
    return Kind(sectors.get(establishment.commune, ""), establishment.category, establishment.stars)


def count(
    returns: Iterable[MonthlyReturn],
    periods: Collection[Period],
    days: Mapping[str, int],
    sectors: Mapping[str, str],
) -> Counts:
    """The sums of all returns, in these periods, in every slice and on every day that was given; `days` are the
    lengths of slices.

    What is of other slices counts nowhere.
    """
    counts: dict[tuple[Kind, Period], Counted] = defaultdict(Counted)
    moved: dict[str, dict[tuple[Kind, Period], int]] = {}
    for name, own in _by_establishment(returns).items():
        shares = dict(_of_one(own, set(periods), days, sectors))
        for key, sold in shares.items():
            counts[key] += _counted(sold, name)
        if len({kind for kind, _ in shares}) > 1:
            moved[name] = {key: sold.occupied for key, sold in shares.items() if not sold.is_closed}
    return Counts(dict(counts), moved)


def merged(parts: Iterable[Counts]) -> Counts:
    """The sums of several parts of the territory together; no establishment is in two of them."""
    listed = list(parts)
    moved = {name: shares for part in listed for name, shares in part.moved.items()}
    return Counts(added((part.of for part in listed), Counted), moved)


def _by_establishment(returns: Iterable[MonthlyReturn]) -> dict[str, list[MonthlyReturn]]:
    found: dict[str, list[MonthlyReturn]] = defaultdict(list)
    for one in returns:
        if one.is_given:
            found[one.establishment.id].append(one)
    return found


def _of_one(
    own: list[MonthlyReturn], periods: Collection[Period], days: Mapping[str, int], sectors: Mapping[str, str]
) -> Iterable[tuple[tuple[Kind, Period], Occupancy]]:
    """What one establishment offered and sold in each period, as each kind that it was."""
    slices: dict[Kind, dict[str, Occupancy]] = defaultdict(dict)
    for one in own:
        slices[kind_of(one.establishment, sectors)].update(_known(one, days))
    for kind, known in slices.items():
        for key, sold in known.items():
            yield (kind, frozenset({key})), sold
        for period in periods:
            inside = [known[key] for key in period & known.keys()]
            if inside:
                yield (kind, period), total(inside)


def _known(one: MonthlyReturn, days: Mapping[str, int]) -> Iterator[tuple[str, Occupancy]]:
    """Each slice, then each day of it, or the slice again as that of one who gave none of its days."""
    units = one.establishment.units
    for key, sold in one.sold.items():
        if key in days:
            whole = Occupancy(units * days[key], sold.offered, sold.occupied)
            yield key, whole
            if sold.days:
                each = (Occupancy(units, *figures) for figures in sold.days)
                yield from zip(days_of(key), each, strict=True)
            else:
                yield by_week_id(key), whole


def _finer(tallies: Mapping[tuple[Kind, Period], Tally]) -> dict[tuple[Kind, str], Finer]:
    """Of kinds and slices of which somebody gave each day: the days, and the slice of the others."""
    days: dict[tuple[Kind, str], dict[str, Tally]] = defaultdict(dict)
    for (kind, period), tally in tallies.items():
        name = next(iter(period))
        if len(period) == 1 and is_day(name):
            days[kind, slice_id_of(name)][name] = tally
    return {
        (kind, one): Finer(tallies.get((kind, frozenset({by_week_id(one)})), Tally()), found)
        for (kind, one), found in days.items()
    }


def _counted(sold: Occupancy, name: str) -> Counted:
    """Who was closed all through counts for the stock, and in no rate of what was open."""
    return Counted(sold, Tally() if sold.is_closed else Tally(1, sold.occupied, sold.occupied, (name,)))
