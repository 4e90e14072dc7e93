"""The same day of the month, or its last one."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.kernel.days import add_months, add_years

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1))
MONTHS = st.integers(min_value=-1200, max_value=1200)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
        (date(2027, 12, 15), 1, date(2028, 1, 15)),
        (date(2027, 1, 15), -1, date(2026, 12, 15)),
        (date(2027, 8, 31), 12, date(2028, 8, 31)),
        (date(2027, 8, 31), 0, date(2027, 8, 31)),
        (date(2027, 5, 31), 6, date(2027, 11, 30)),
    ],
)
def test_months_end_with_the_month(day, months, then):
    assert add_months(day, months) == then


@pytest.mark.parametrize(
    ("day", "years", "then"),
    [
        (date(2024, 2, 29), 5, date(2029, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2024, 2, 29), -1, date(2023, 2, 28)),
        (date(2027, 3, 3), 5, date(2032, 3, 3)),
    ],
)
def test_the_29th_of_february_becomes_the_28th(day, years, then):
    assert add_years(day, years) == then


@given(DAYS, MONTHS)
def test_the_day_of_the_month_is_kept_unless_the_month_has_ended(day, months):
    then = add_months(day, months)
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
    ended = (then + timedelta(days=1)).month != then.month
    assert then.day == day.day or (then.day < day.day and ended)


@given(DAYS, DAYS, MONTHS)
def test_a_later_day_never_ends_earlier(day, other, months):
    assume(day <= other)
    assert add_months(day, months) <= add_months(other, months)


@pytest.mark.parametrize(("day", "months"), [(date(9999, 12, 1), 1), (date(1, 1, 31), -1)])
def test_there_is_no_calendar_beyond_its_end(day, months):
    with pytest.raises(OverflowError):
        add_months(day, months)
