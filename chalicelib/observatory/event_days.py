"""What an event did, day by day: its days beside days like them, of the same month and without any event.

Whoever gives a month by day gives all of its days: in each month the same establishments are on both sides.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from chalicelib.observatory.counting import Period
from chalicelib.observatory.days import day_id
from chalicelib.observatory.effects import NEAR, LocalEvent
from chalicelib.observatory.groups import PeriodKey
from chalicelib.observatory.slices import Slice

Zones = Callable[[date], int | None]
"""How many zones are on holiday on a day; None where no calendar knows it."""


def day_periods_of(
    events: Sequence[LocalEvent], slices: Sequence[Slice], zones: Zones
) -> Iterator[tuple[PeriodKey, Period]]:
    """For each event its days, and those to compare with; nothing for one of which some day has none of these."""
    days = [day for one in slices for day in one.days]
    quiet = [day for day in days if not any(event.includes(day) for event in events)]
    for event in events:
        during = [day for day in days if event.includes(day)]
        alike = _evenly(
            [[other for other in quiet if _is_alike(day, other, zones)] for day in during], during
        )
        if alike:
            yield PeriodKey("event_days", event.id), _ids(during)
            yield PeriodKey("comparable_days", event.id), _ids(alike)


def _evenly(alike: Sequence[Sequence[date]], during: Sequence[date]) -> list[date]:
    """As many for each day of the event, the nearest: Saturdays weigh the same on both sides."""
    most = min(map(len, alike), default=0)
    pairs = zip(during, alike, strict=True)
    return [other for day, found in pairs for other in _nearest(day, found)[:most]]


def _nearest(day: date, found: Iterable[date]) -> list[date]:
    return sorted(found, key=lambda other: abs(other - day))


def _is_alike(day: date, other: date, zones: Zones) -> bool:
    return (
        day.weekday() == other.weekday()
        and (day.year, day.month) == (other.year, other.month)
        and abs(day - other) <= NEAR
        and zones(day) == zones(other)
    )


def _ids(days: Iterable[date]) -> Period:
    return frozenset(map(day_id, days))
