"""The rates of one establishment week by week beside those of a year before and of the territory.

A closed week has no rate, and nobody guesses one that was not given.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from chalicelib.observatory.content import OPEN, WeekRow
from chalicelib.observatory.entry_page import year_before
from chalicelib.observatory.figures import Occupancy, one_decimal, points, tenths, total
from chalicelib.observatory.french_figures import rate_in_words
from chalicelib.observatory.model import MonthlyReturn, Sold
from chalicelib.observatory.months import first_day, last_day, moved
from chalicelib.observatory.slices import Slice, Week, slices_between, weeks_of

MONTHS = 3
NOT_YET = "pas encore publié"
NOTHING_PUBLISHED: Mapping[str, WeekRow] = {}


@dataclass(frozen=True)
class Around:
    """What is on: the zones and the areas abroad on school holiday, and the events between two days."""

    zones: Callable[[date], Iterable[str]]
    foreign: Callable[[date], Iterable[str]]
    events: Callable[[Slice], Iterable[str]]


@dataclass(frozen=True)
class OwnWeek(WeekRow):
    """A week of one's own; `group` is what a report says of the whole territory in it, None while none says a thing."""

    group: WeekRow | None = None

    @property
    def group_rate(self) -> float | None:
        """The rate of the territory, where it is published."""
        return self.group.rate if self.group and self.group.state == OPEN else None


def own_weeks(
    own: Iterable[MonthlyReturn], month: str, around: Around, group: Mapping[str, WeekRow] = NOTHING_PUBLISHED
) -> list[OwnWeek]:
    """The weeks of this month and of the two before; nothing while none of them has figures.

    `group` are published weeks of the whole territory, by their labels.
    """
    given = {key: sold for one in own if one.is_given for key, sold in one.sold.items()}
    slices = slices_between(first_day(moved(month, 1 - MONTHS)), last_day(month))
    rows = [_row(week, given, around, group.get(week.label)) for week in weeks_of(slices)]
    return rows if any(row.rate is not None or row.state == "closed" for row in rows) else []


def _row(week: Week, given: Mapping[str, Sold], around: Around, group: WeekRow | None) -> OwnWeek:
    now = _sold(week.slices, given)
    then = _sold(dict.fromkeys(map(year_before, week.slices)), given)
    days = [day for one in week.slices for day in one.days]
    return OwnWeek(
        label=week.label,
        rate=_percent(now.rate),
        before=_percent(then.rate),
        change=tenths(points(now.rate, then.rate)),
        state="closed" if _is_closed(week.slices, given) else "open",
        zones=_each(around.zones, days),
        foreign=_each(around.foreign, days),
        events=tuple(dict.fromkeys(label for one in week.slices for label in around.events(one))),
        group=group,
    )


def _sold(slices: Iterable[Slice], given: Mapping[str, Sold]) -> Occupancy:
    return total(Occupancy(0, sold.offered, sold.occupied) for sold in _known(slices, given))


def _known(slices: Iterable[Slice], given: Mapping[str, Sold]) -> Iterator[Sold]:
    return (given[one.id] for one in slices if one.id in given)


def _is_closed(slices: Sequence[Slice], given: Mapping[str, Sold]) -> bool:
    known = list(_known(slices, given))
    return bool(known) and not any(sold.offered for sold in known)


def _each(told: Callable[[date], Iterable[str]], days: Sequence[date]) -> tuple[str, ...]:
    return tuple(sorted({name for day in days for name in told(day)}))


def _percent(rate: Fraction | None) -> float | None:
    return None if rate is None else one_decimal(rate)


def in_words(weeks: Iterable[OwnWeek]) -> list[dict[str, str]]:
    """The same as a table: week, rates, and what is on."""
    return [
        {
            "week": week.label,
            "now": rate_in_words(week.rate, week.state),
            "before": rate_in_words(week.before),
            "group": rate_in_words(week.group.rate, week.group.state) if week.group else NOT_YET,
            "around": "\u00a0; ".join(_around(week)),
        }
        for week in weeks
    ]


def _around(week: WeekRow) -> Iterator[str]:
    if week.zones:
        yield f"{'zone' if len(week.zones) == 1 else 'zones'} {', '.join(week.zones)}"
    yield from (*week.foreign, *week.events)
