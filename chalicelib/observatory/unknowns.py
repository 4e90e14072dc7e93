"""What figures are sums of: what each kind has in each slice, cut where figures tell some of its days apart.

Establishments that gave each day can be told apart from others in a slice as soon as some figure is of a day. Days that
no figure tells apart stay together, and so do those of nobody's figures with what others have in the slice.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chalicelib.observatory.tables import FEW, Cell, Finer, Kind, Period, Slice, Sums, Tally, Unknown


@dataclass(frozen=True)
class Unknowns:
    """`parts` are the unknowns of a kind in a slice or on a day, `tallies` who is in each unknown: nobody in none."""

    parts: Mapping[tuple[Kind, Slice], tuple[Unknown, ...]]
    tallies: Mapping[Unknown, Tally]

    def vector(self, cell: Cell) -> dict[Unknown, int]:
        """The figure as a sum of unknowns."""
        return {
            unknown: 1
            for one in cell.period
            for kind in cell.kinds
            for unknown in self.parts.get((kind, one), ())
        }

    def few(self) -> dict[Unknown, frozenset[str]]:
        """Who is in the unknowns of one or two establishments."""
        return {unknown: frozenset(tally.names) for unknown, tally in self.tallies.items() if tally.names}


def unknowns_of(sums: Sums, periods: Iterable[Period]) -> Unknowns:
    """The unknowns that figures of these periods are sums of."""
    apart = _told_apart(sums, periods)
    parts: dict[tuple[Kind, Slice], tuple[Unknown, ...]] = {}
    tallies: dict[Unknown, Tally] = {}
    for kind, one, tally in _slices(sums):
        finer, classes = sums.finer.get((kind, one)), apart.get(one, ())
        found = dict(_pieces(kind, one, finer, classes)) if finer and classes else {(kind, one): tally}
        inside = {unknown: each for unknown, each in found.items() if each.count}
        parts[kind, one] = tuple(inside)
        tallies.update(inside)
        parts |= {(kind, day): ((kind, days),) for days in classes if (kind, days) in inside for day in days}
    return Unknowns(parts, tallies)


def _slices(sums: Sums) -> Iterator[tuple[Kind, Slice, Tally]]:
    for (kind, period), tally in sums.of.items():
        if len(period) == 1 and not period <= sums.days:
            yield kind, next(iter(period)), tally


def _told_apart(sums: Sums, periods: Iterable[Period]) -> dict[Slice, Sequence[Period]]:
    """For each slice with days that some figure is of: these days, together those that the same figures are of."""
    figures: dict[Slice, list[int]] = defaultdict(list)
    for number, period in enumerate(dict.fromkeys(periods)):
        for day in period & sums.days:
            figures[day].append(number)
    found: dict[Slice, dict[tuple[int, ...], set[Slice]]] = defaultdict(lambda: defaultdict(set))
    for (_, one), finer in sums.finer.items():
        for day in finer.days.keys() & figures.keys():
            found[one][tuple(figures[day])].add(day)
    return {one: [frozenset(days) for days in together.values()] for one, together in found.items()}


def _pieces(
    kind: Kind, one: Slice, finer: Finer, classes: Iterable[Period]
) -> Iterator[tuple[Unknown, Tally]]:
    """Each class of days, and the rest of the slice, which is called by its name."""
    rest = set(finer.days)
    for days in classes:
        yield (kind, days), _together(finer.days[day] for day in days & finer.days.keys())
        rest -= days
    yield (kind, one), finer.others + _together(finer.days[day] for day in rest)


def _together(days: Iterable[Tally]) -> Tally:
    """Several days of the same establishments: how many they are at least, and the most that one of them may have."""
    listed = list(days)
    total = sum(one.total for one in listed)
    largest = min(total, sum(one.largest for one in listed))
    names = tuple(sorted({name for one in listed for name in one.names}))
    if any(one.count > len(one.names) for one in listed):
        return Tally(max(one.count for one in listed), total, largest)
    return Tally(len(names), total, largest, names if len(names) <= FEW else ())
