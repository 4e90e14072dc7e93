"""School holidays: which zones, on which days, and that the calendar never says no where it does not know."""

from datetime import date, timedelta

import pytest

from chalicelib.adapters import school_holidays
from chalicelib.adapters.school_holidays import holiday_name, zones_on_holiday

FIRST, LAST = date(1990, 10, 27), date(2028, 8, 31)
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "zones"),
    [
        (date(2025, 2, 10), "B"),
        (date(2025, 2, 22), "ABC"),
        (date(2026, 2, 6), ""),
        (date(2026, 2, 10), "A"),
        (date(2026, 2, 15), "AB"),
        (date(2026, 2, 22), "ABC"),
        (date(2026, 3, 8), "C"),
        (date(2026, 3, 9), ""),
        (date(2026, 8, 1), "ABC"),
        (date(2027, 2, 10), "C"),
        (date(2027, 2, 21), "ABC"),
        (date(2027, 3, 7), "B"),
        (date(2028, 2, 10), "B"),
        (date(2028, 2, 20), "ABC"),
        (date(2028, 6, 15), ""),
    ],
)
def test_the_zones_of_a_day(day: date, zones: str) -> None:
    assert zones_on_holiday(day) == frozenset(zones)


@pytest.mark.parametrize(
    "day", [date.min, FIRST - ONE_DAY, LAST + ONE_DAY, date(2028, 12, 25), date(2029, 2, 15), date.max]
)
def test_of_a_day_outside_of_the_calendar_nobody_says_that_it_is_no_holiday(day: date) -> None:
    assert zones_on_holiday(day) is None
    assert holiday_name(day) == ""


@pytest.mark.parametrize("day", [FIRST, LAST])
def test_the_first_and_the_last_day_of_the_calendar_are_days_of_holiday(day: date) -> None:
    assert zones_on_holiday(day) == frozenset("ABC")


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 10, 20), "Vacances de la Toussaint"),
        (date(2026, 2, 15), "Vacances d’hiver"),
        (date(2026, 12, 25), "Vacances de Noël"),
        (date(2027, 5, 7), "Pont de l’Ascension"),
        (date(2027, 7, 14), "Vacances d’été"),
        (date(2028, 4, 20), "Vacances de printemps"),
        (date(2026, 3, 9), ""),
    ],
)
def test_a_holiday_has_its_name_with_the_apostrophe_of_print(day: date, name: str) -> None:
    assert holiday_name(day) == name


def test_the_calendar_is_read_once() -> None:
    school_holidays._calendar.cache_clear()
    for day in (date(2026, 2, 15), date(2029, 2, 15)):
        zones_on_holiday(day)
        holiday_name(day)
    assert school_holidays._calendar.cache_info().misses == 1
