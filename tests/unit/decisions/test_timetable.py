"""Days counted in Paris, where a day has 23, 24 or 25 hours."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.decisions.model import Timetable, until
from chalicelib.decisions.timetable import Calendar, Due
from chalicelib.kernel.clock import PARIS, paris_day
from chalicelib.office.calendar import add_working_days, is_working_day

CALENDAR = Calendar(add_working_days)
WORKING = Timetable((3, 6), 20, 8)
PLAIN = Timetable((3, 6), 7, working_days=False)


def at(*moment):
    return datetime(*moment, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("asked", "end"),
    [
        (at(2027, 3, 20, 12), at(2027, 3, 28, 0)),
        (at(2027, 3, 21, 12), at(2027, 3, 29, 0)),
        (at(2027, 10, 24, 12), at(2027, 11, 1, 0)),
        (at(2028, 2, 22, 12), at(2028, 3, 1, 0)),
        (at(2027, 2, 22, 12), at(2027, 3, 2, 0)),
        (at(2027, 12, 27, 23, 59, 59), at(2028, 1, 4, 0)),
    ],
)
def test_a_week_ends_at_midnight_in_paris_whatever_the_clocks_do(asked, end):
    assert CALENDAR.expires_at(PLAIN, asked.astimezone(UTC)) == end


def test_the_day_of_a_question_is_the_day_in_paris():
    late = datetime(2027, 3, 3, 23, 30, tzinfo=UTC)
    assert paris_day(late) == date(2027, 3, 4)
    assert CALENDAR.expires_at(PLAIN, late) == at(2027, 3, 12, 0)


def test_at_23_59_59_of_the_last_day_a_question_is_open_and_a_second_later_it_is_not():
    end = CALENDAR.expires_at(PLAIN, at(2027, 10, 24, 9))
    last = at(2027, 10, 31, 23, 59, 59)
    assert last < end == last + timedelta(seconds=1)
    assert end.astimezone(UTC) == datetime(2027, 10, 31, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize("asked", [at(2027, 3, 2, 9), at(2027, 3, 4, 14, 29), at(2027, 3, 28, 3)])
def test_an_exact_end_is_that_instant_whenever_the_question_was_asked(asked):
    end = datetime(2027, 3, 28, 1, 0, 0, 250_000, tzinfo=UTC)
    assert CALENDAR.expires_at(until(end), asked) == end
    assert CALENDAR.expires_at(until(end.astimezone(PARIS)), asked) == end
    assert (
        CALENDAR.expires_at(Timetable((3, 6), 20, 8, expires_at="2027-03-28T01:00:00.250+00:00"), asked)
        == end
    )


def test_an_end_that_is_told_without_reminders_has_none_and_one_with_days_keeps_them():
    end = datetime(2027, 3, 31, 12, 30, tzinfo=UTC)
    assert CALENDAR.due_steps(until(end), at(2027, 3, 3, 12), date(2028, 1, 1)) == []
    with_days = Timetable((1,), 20, working_days=False, expires_at=until(end).expires_at)
    found = CALENDAR.due_steps(with_days, at(2027, 3, 3, 12), date(2027, 3, 4))
    assert [step.occasion for step in found] == ["reminder-1"]


@pytest.mark.parametrize(
    ("today", "steps"),
    [
        (date(2027, 3, 5), []),
        (date(2027, 3, 8), ["reminder-3"]),
        (date(2027, 3, 10), ["reminder-3"]),
        (date(2027, 3, 11), ["reminder-6"]),
        (date(2027, 3, 15), ["reminder-6", "escalation-8"]),
        (date(2028, 1, 1), ["reminder-6", "escalation-8"]),
    ],
)
def test_what_is_due_is_the_latest_reminder_and_the_deputy_in_their_time(today, steps):
    found = CALENDAR.due_steps(WORKING, at(2027, 3, 3, 12), today)
    assert [step.occasion for step in found] == steps


def test_working_days_skip_easter_monday_and_the_first_of_may():
    found = CALENDAR.due_steps(WORKING, at(2027, 3, 25, 12), date(2027, 3, 31))
    assert [step.on for step in found] == [date(2027, 3, 31)]
    assert CALENDAR.day(WORKING, date(2027, 4, 30), 1) == date(2027, 5, 3)


@pytest.mark.parametrize("asked", [at(2027, 3, 27, 23, 30), at(2027, 3, 28, 3, 30), at(2027, 10, 31, 2, 30)])
def test_a_reminder_falls_due_once_on_one_day_around_a_change_of_clocks(asked):
    days = [asked.date() + timedelta(days=number) for number in range(10)]
    due = [day for day in days for step in CALENDAR.due_steps(PLAIN, asked, day) if step.on == day]
    assert due == [asked.date() + timedelta(days=3), asked.date() + timedelta(days=6)]


@given(
    asked=st.datetimes(timezones=st.just(UTC)).map(
        lambda moment: moment.replace(year=2026 + moment.year % 4, day=1)
    ),
    days=st.integers(0, 40),
)
def test_nothing_is_due_before_its_day_and_every_working_step_falls_on_a_working_day(asked, days):
    today = paris_day(asked) + timedelta(days=days)
    for step in CALENDAR.due_steps(WORKING, asked, today):
        assert step.on <= today
        assert is_working_day(step.on)
        assert step.kind in (Due.REMINDER, Due.ESCALATION)
    assert CALENDAR.expires_at(WORKING, asked) > asked
