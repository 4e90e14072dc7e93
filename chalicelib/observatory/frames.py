"""What a report covers: the slices of its season or month, and the periods that its tables are about, in two years."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chalicelib.observatory.counting import Period
from chalicelib.observatory.effects import LocalEvent, periods_of
from chalicelib.observatory.event_days import Zones, day_periods_of
from chalicelib.observatory.groups import SEASON, PeriodKey
from chalicelib.observatory.holidays import Calendar, HolidaysUnknown, zones_count
from chalicelib.observatory.months import moved
from chalicelib.observatory.slices import Slice, Week, slice_of, slices_of_month, slices_of_season, weeks_of
from chalicelib.office.observatory import Season

A_YEAR_OF_WEEKS = timedelta(weeks=52)
"""The same days of the week a year before."""
Periods = Sequence[tuple[PeriodKey, Period]]


@dataclass(frozen=True)
class Frame:
    """The periods of one year by the keys of the report, and what has to be read for them."""

    periods: Periods
    slices: tuple[Slice, ...]

    @property
    def days(self) -> Mapping[str, int]:
        """How many days each slice has."""
        return {one.id: one.length_days for one in self.slices}

    @property
    def months(self) -> tuple[str, ...]:
        """The months that returns are read of, in order."""
        return tuple(sorted({one.month for one in self.slices}))


@dataclass(frozen=True)
class Frames:
    """Both years, and the weeks of this one; `zones` are how many zones are on holiday in each slice, if known.

    `events` are those of this year's slices.
    """

    now: Frame
    before: Frame
    weeks: tuple[Week, ...]
    zones: Mapping[str, int] | None
    events: tuple[LocalEvent, ...] = ()


def frames_of_season(
    season: Season, previous: Season | None, calendar: Calendar, events: Sequence[LocalEvent] = ()
) -> Frames:
    """What the report of a season covers; without a previous one, there is nothing to compare with."""
    return _frames(slices_of_season(season), slices_of_season(previous) if previous else (), calendar, events)


def frames_of_month(month: str, calendar: Calendar, events: Sequence[LocalEvent] = ()) -> Frames:
    """What the bulletin of a month covers, beside the same month a year before."""
    return _frames(slices_of_month(month), slices_of_month(moved(month, -12)), calendar, events)


def slices_before(slices: Sequence[Slice], past: Sequence[Slice]) -> tuple[Slice, ...]:
    """What is read of the year before: the past season or month, and the weeks 52 weeks before its own."""
    return _all_slices(_a_year_before_each(weeks_of(slices)), past) if past else ()


def _frames(
    slices: tuple[Slice, ...], past: tuple[Slice, ...], calendar: Calendar, events: Sequence[LocalEvent]
) -> Frames:
    weeks, zones, past_zones = weeks_of(slices), _zones(slices, calendar), _zones(past, calendar)
    present = [_week_period(week) for week in weeks]
    compared = (
        [(key, period) for (key, _), period in zip(present, _a_year_before_each(weeks), strict=True)]
        if past
        else []
    )
    effects = [*periods_of(events, slices, zones), *day_periods_of(events, slices, _zones_on(calendar))]
    now = Frame([*present, *_whole(slices), *_by_zones(zones), *effects], slices)
    before = Frame([*compared, *_whole(past), *_by_zones(past_zones)], slices_before(slices, past))
    inside = tuple(event for event in events if any(map(event.touches, slices)))
    return Frames(now, before, weeks, zones, inside)


def _week_period(week: Week) -> tuple[PeriodKey, Period]:
    return PeriodKey("week", week.monday.isoformat()), frozenset(one.id for one in week.slices)


def _a_year_before_each(weeks: Iterable[Week]) -> list[Period]:
    return [_a_year_before(week) for week in weeks]


def _a_year_before(week: Week) -> Period:
    days = (day - A_YEAR_OF_WEEKS for one in week.slices for day in one.days)
    return frozenset(slice_of(day).id for day in days) if week.is_whole else frozenset()


def _whole(slices: Sequence[Slice]) -> Periods:
    return [(SEASON, frozenset(one.id for one in slices))] if slices else []


def _by_zones(zones: Mapping[str, int] | None) -> Periods:
    found: dict[int, set[str]] = defaultdict(set)
    for one, count in (zones or {}).items():
        found[count].add(one)
    return [(PeriodKey("zones", str(count)), frozenset(found[count])) for count in sorted(found)]


def _zones(slices: Sequence[Slice], calendar: Calendar) -> dict[str, int] | None:
    """How many zones are on holiday on most days of each slice; None where the calendar does not know them all."""
    try:
        return {one.id: _most_often(zones_count(day, calendar) for day in one.days) for one in slices}
    except HolidaysUnknown:
        return None


def _zones_on(calendar: Calendar) -> Zones:
    def zones(day: date) -> int | None:
        found = calendar.zones_on_holiday(day)
        return None if found is None else len(found)

    return zones


def _most_often(counts: Iterable[int]) -> int:
    """Of two that are as often, the greater."""
    found = Counter(counts)
    return max(found, key=lambda count: (found[count], count))


def _all_slices(periods: Iterable[Period], more: Iterable[Slice]) -> tuple[Slice, ...]:
    days = {date.fromisoformat(one) for period in periods for one in period}
    return tuple(sorted({slice_of(day) for day in days} | set(more)))
