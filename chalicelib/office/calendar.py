"""Working days in France: neither week-end nor public holiday (those of Alsace-Moselle apart)."""

from datetime import date, timedelta
from functools import lru_cache

from jours_feries_france import JoursFeries

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@lru_cache(maxsize=32)
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(JoursFeries.for_year(year).values())


def is_working_day(day: date) -> bool:
    """Whether the office works on that day."""
    return day.weekday() < SATURDAY and day not in _public_holidays(day.year)


def next_working_day(day: date) -> date:
    """`day` itself if it is worked, else the first worked day after it."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def add_working_days(day: date, count: int) -> date:
    """The working day that comes `count` (0 or more) working days after `day`.

    `day` itself is not counted; with 0 it is `day` or the next working day.
    """
    if count == 0:
        return next_working_day(day)
    for _ in range(count):
        day = next_working_day(day + ONE_DAY)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days come after `start`, up to and including `end`; 0 if `end` is not later."""
    days = (start + ONE_DAY * offset for offset in range(1, (end - start).days + 1))
    return sum(map(is_working_day, days))
