"""Half-days: hours on the wall in Paris, and how long they really last."""

from datetime import UTC, date, datetime, time

import pytest

from chalicelib.trainings.half_days import HalfDay, days_of, half_days_in, minutes_of


def half_day(on: str, begins: str, ends: str) -> HalfDay:
    return HalfDay(date.fromisoformat(on), time.fromisoformat(begins), time.fromisoformat(ends))


def row(on: str, begins: str, ends: str) -> dict[str, str]:
    return {"on": on, "begins": begins, "ends": ends}


@pytest.mark.parametrize(
    ("one", "starts_at", "minutes"),
    [
        (half_day("2027-01-14", "09:00", "12:30"), datetime(2027, 1, 14, 8, tzinfo=UTC), 210),
        (half_day("2027-07-14", "09:00", "12:30"), datetime(2027, 7, 14, 7, tzinfo=UTC), 210),
        (half_day("2028-02-29", "14:00", "17:00"), datetime(2028, 2, 29, 13, tzinfo=UTC), 180),
        # The night in which the clocks go forward: the hour from 2 to 3 is not there.
        (half_day("2027-03-28", "00:00", "06:00"), datetime(2027, 3, 27, 23, tzinfo=UTC), 300),
        (half_day("2027-03-28", "01:30", "03:30"), datetime(2027, 3, 28, 0, 30, tzinfo=UTC), 60),
        # The night in which they go back: the hour from 2 to 3 is there twice.
        (half_day("2027-10-31", "00:00", "06:00"), datetime(2027, 10, 30, 22, tzinfo=UTC), 420),
        (half_day("2027-10-31", "09:00", "12:00"), datetime(2027, 10, 31, 8, tzinfo=UTC), 180),
    ],
)
def test_a_half_day_begins_by_the_clock_in_paris_and_lasts_as_long_as_it_really_does(one, starts_at, minutes):
    assert (one.starts_at, one.minutes) == (starts_at, minutes)
    assert (one.ends_at - one.starts_at).total_seconds() == 60 * minutes


def test_a_half_day_is_named_by_its_day_and_its_hour():
    assert half_day("2027-03-04", "09:05", "12:30").key == "2027-03-04T09:05"


def test_rows_are_read_in_the_order_of_time_and_those_that_say_nothing_are_left_out():
    rows = [
        row("2027-03-05", "09:00", "12:00"), {"on": "2027-03-04"}, row("2027-03-04", "14:00", "17:00"), {},
        row("2027-13-04", "09:00", "12:00"), row("2027-03-04", "9h", "12:00"), {"on": None, "begins": 9, "ends": 12},
        row("2027-03-04", "09:00", "12:00"),
    ]  # fmt: skip
    keys = [one.key for one in half_days_in(rows)]
    assert keys == ["2027-03-04T09:00", "2027-03-04T14:00", "2027-03-05T09:00"]


def test_the_half_days_of_one_day_are_one_entry_in_a_calendar():
    rows = [
        row("2027-03-04", "14:00", "17:00"),
        row("2027-03-04", "09:00", "12:30"),
        row("2027-03-05", "09:00", "12:00"),
    ]
    half_days = half_days_in(rows)
    first, second = days_of(half_days)
    assert (first.starts_at, first.ends_at) == (half_days[0].starts_at, half_days[1].ends_at)
    assert (second.on, second.half_days) == (date(2027, 3, 5), half_days[2:])
    assert minutes_of(half_days) == 210 + 180 + 180


def test_without_a_half_day_there_is_no_day():
    assert days_of(()) == ()
    assert minutes_of(()) == 0
