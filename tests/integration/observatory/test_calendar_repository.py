"""The office's own calendar: one contract, on the fake and on DynamoDB."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.observatory.calendar_repository import CalendarRepository
from chalicelib.observatory.effects import LocalEvent
from chalicelib.observatory.holidays import ForeignHoliday
from chalicelib.observatory.kept_calendar import KeptCalendar
from tests.fakes.observatory import FakeCalendars
from tests.observatory import ASKED_AT

LINE = HistoryLine(ASKED_AT, "Noa Petit", "Ligne ajoutée", "Foire")
FAIR = LocalEvent("e1", "Foire", date(2027, 3, 6), date(2027, 3, 7), "01160")
GENEVA = ForeignHoliday("geneve", "Relâches", date(2027, 2, 15), date(2027, 2, 19))
FIRST = KeptCalendar().including("e1", FAIR)


@pytest.fixture(params=["fake", "dynamodb"])
def calendars(request):
    if request.param == "fake":
        return FakeCalendars()
    request.getfixturevalue("tables")
    return CalendarRepository()


def test_a_calendar_that_was_never_written_is_empty(calendars):
    assert calendars.get() == KeptCalendar()
    assert calendars.list_history(10) == []


def test_what_is_kept_is_found_as_it_was_with_its_latest_lines_first(calendars):
    second = FIRST.including("h1", GENEVA)
    calendars.save(KeptCalendar(), FIRST, LINE)
    calendars.save(FIRST, second, replace(LINE, reason="Relâches"))
    assert calendars.get() == second
    assert [line.reason for line in calendars.list_history(10)] == ["Relâches", "Foire"]
    assert [line.reason for line in calendars.list_history(1)] == ["Relâches"]


def test_who_saves_over_a_change_is_told_and_nothing_is_lost(calendars):
    calendars.save(KeptCalendar(), FIRST, LINE)
    for before in (KeptCalendar(), replace(FIRST, version=7)):
        with pytest.raises(ChangedMeanwhile):
            calendars.save(before, before.including("h1", GENEVA), LINE)
    assert calendars.get() == FIRST
