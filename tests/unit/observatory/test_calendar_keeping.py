"""Events and holidays abroad: added once, changed, taken away; no two holidays of an area on one day."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.observatory.calendar_form import (
    answers_of,
    calendar_form,
    choices_of,
    entry_from,
    errors,
    kind_of,
)
from chalicelib.observatory.calendar_keeping import CalendarKeeping
from chalicelib.observatory.effects import LocalEvent
from chalicelib.observatory.holidays import ForeignHoliday, OverlappingHolidays
from chalicelib.observatory.kept_calendar import EntryUnknown
from tests.fakes.clock import FakeClock
from tests.fakes.observatory import FakeCalendars
from tests.observatory_office import an_observatory_office

FAIR = LocalEvent("e1", "Foire", date(2027, 3, 6), date(2027, 3, 7), "01160")
GENEVA = ForeignHoliday("geneve", "Relâches", date(2027, 2, 15), date(2027, 2, 19))
OFFICE = an_observatory_office()


@pytest.fixture
def keeping():
    return CalendarKeeping(FakeCalendars(), FakeClock())


def told(keeping):
    return [(line.who, line.what, line.reason) for line in keeping.calendars.lines]


def test_what_is_added_changed_and_taken_away_is_told_each_time(keeping):
    moved = replace(FAIR, last=date(2027, 3, 8))
    keeping.add("e1", FAIR, "Noa")
    keeping.change("e1", moved, "Ali")
    assert keeping.calendars.get().entry("e1") == moved
    keeping.remove("e1", "Noa")
    with pytest.raises(EntryUnknown):
        keeping.calendars.get().entry("e1")
    assert told(keeping) == [
        ("Noa", "Ligne ajoutée", "Foire"), ("Ali", "Ligne modifiée", "Foire"), ("Noa", "Ligne supprimée", "Foire"),
    ]  # fmt: skip


def test_the_same_twice_is_done_once(keeping):
    for _ in range(2):
        keeping.add("h1", GENEVA, "Noa")
        keeping.change("h1", GENEVA, "Noa")
    assert len(told(keeping)) == 1


def test_holidays_of_an_area_that_overlap_are_refused_and_those_of_another_are_not(keeping):
    keeping.add("h1", GENEVA, "Noa")
    with pytest.raises(OverlappingHolidays):
        keeping.add("h2", replace(GENEVA, first=GENEVA.last, last=date(2027, 2, 28)), "Noa")
    keeping.add("h3", replace(GENEVA, area="vaud"), "Noa")
    with pytest.raises(OverlappingHolidays):
        keeping.change("h3", replace(GENEVA, name="Autres"), "Noa")
    assert set(keeping.calendars.get().holidays) == {"h1", "h3"}


def test_holidays_may_be_moved_onto_their_own_days(keeping):
    keeping.add("h1", GENEVA, "Noa")
    keeping.change("h1", replace(GENEVA, first=date(2027, 2, 16)), "Noa")
    assert keeping.calendars.get().foreign.areas_on(date(2027, 2, 17)) == {"geneve"}
    assert keeping.calendars.get().foreign.areas_on(date(2027, 2, 15)) == frozenset()


@pytest.mark.parametrize("change", ["change", "remove"])
def test_what_is_not_there_is_neither_changed_nor_taken_away(keeping, change):
    with pytest.raises(EntryUnknown):
        keeping.change("e1", FAIR, "Noa") if change == "change" else keeping.remove("e1", "Noa")


@pytest.mark.parametrize("entry", [FAIR, GENEVA, replace(FAIR, commune="")])
def test_what_is_kept_comes_back_through_its_form(entry):
    form, answers = calendar_form(kind_of(entry)), answers_of(entry)
    parsed = form.parse({name: [str(value)] for name, value in answers.items()})
    assert errors(form, parsed, choices_of(OFFICE)) == []
    assert entry_from(kind_of(entry), "e1", parsed) == entry


def test_a_last_day_before_the_first_and_an_area_that_nobody_knows_are_told():
    early = {**answers_of(FAIR), "last": "2027-03-05"}
    assert [one.field for one in errors(calendar_form("evenement"), early, choices_of(OFFICE))] == ["last"]
    unknown = {**answers_of(GENEVA), "area": "berne"}
    assert [one.field for one in errors(calendar_form("vacances"), unknown, choices_of(OFFICE))] == ["area"]
