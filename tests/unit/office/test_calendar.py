from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.office.calendar import (
    add_working_days,
    is_working_day,
    next_working_day,
    working_days_between,
)

DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))
COUNTS = st.integers(0, 60)


@pytest.mark.parametrize(
    "day",
    [
        "2027-01-01",
        "2027-03-29",
        "2027-05-01",
        "2027-05-06",
        "2027-05-17",
        "2027-07-14",
        "2027-11-01",
        "2026-12-25",
    ],
)
def test_public_holidays_are_not_worked(day: str) -> None:
    assert not is_working_day(date.fromisoformat(day))


def test_good_friday_and_december_26_are_worked_outside_alsace_moselle() -> None:
    assert is_working_day(date(2027, 3, 26))
    assert is_working_day(date(2028, 12, 26))


def test_three_working_days_step_over_a_long_week_end() -> None:
    assert add_working_days(date(2027, 5, 4), 3) == date(2027, 5, 10)  # Ascension on Thursday the 6th


def test_zero_working_days_from_a_sunday_is_the_monday() -> None:
    assert add_working_days(date(2027, 3, 7), 0) == date(2027, 3, 8)


def test_a_working_day_is_its_own_next_working_day() -> None:
    assert next_working_day(date(2027, 3, 3)) == date(2027, 3, 3)


def test_no_working_day_lies_between_a_day_and_an_earlier_one() -> None:
    assert working_days_between(date(2027, 3, 3), date(2027, 3, 1)) == 0


@given(DAYS, COUNTS)
def test_the_result_is_always_a_working_day(day: date, count: int) -> None:
    assert is_working_day(add_working_days(day, count))


@given(DAYS, COUNTS)
def test_one_more_working_day_is_later_and_never_earlier_from_a_day_off(day: date, count: int) -> None:
    sooner, later = add_working_days(day, count), add_working_days(day, count + 1)
    assert sooner < later or (count == 0 and not is_working_day(day) and sooner == later)


@given(DAYS, st.integers(0, 30), COUNTS)
def test_a_later_start_never_ends_earlier(day: date, shift: int, count: int) -> None:
    assert add_working_days(day, count) <= add_working_days(day + timedelta(days=shift), count)


@given(DAYS, st.integers(1, 60))
def test_counting_back_what_was_added_gives_the_same_number(day: date, count: int) -> None:
    assert working_days_between(day, add_working_days(day, count)) == count
