"""The list at the door for staff: the way there, closing it, and what the questionnaires say."""

import pytest

from chalicelib.trainings.statuses import SessionStatus
from tests.integration.trainings.desk_house import as_, clock, comes, empty_house, now_of, page_of, published

__all__ = ["clock", "empty_house"]

CLOSE = "Clore les présences"


def yann():
    """Logged in just now: days pass in these tests."""
    return as_("network_officer")


@pytest.fixture
def session(clock):
    return published(half_days=[{"on": "2027-03-10", "begins": "09:00", "ends": "12:30"}])


def test_the_page_of_a_session_leads_to_its_sheets_before_and_to_its_list_on_the_day(clock, session):
    door = page_of(session, "/presences")
    assert door in yann().get(page_of(session)).body
    clock.wait(days=7)
    assert door in yann().get(page_of(session)).body
    assert page_of(session, "/resultats") not in yann().get(page_of(session)).body


def test_the_page_of_a_session_that_is_over_leads_to_what_people_say(clock, session):
    clock.wait(days=8)
    assert page_of(session, "/resultats") in yann().get(page_of(session)).body


def test_a_list_is_closed_after_the_session_only_and_nobody_is_offered_to_before(clock, session):
    maelle = comes(session)
    clock.wait(days=7)
    assert CLOSE not in yann().get(page_of(session, "/presences")).body
    clock.wait(days=1)
    mark = {"demi-journee": "2027-03-10T09:00", "personne": maelle.id, "etat": "present"}
    assert yann().post(page_of(session, "/presences"), **mark).status == 303
    assert CLOSE in yann().get(page_of(session, "/presences")).body
    assert yann().post(page_of(session, "/presences/cloture")).status == 303
    assert now_of(session).status is SessionStatus.CLOSED


def test_a_list_on_which_nobody_is_marked_stays_open_and_says_why(clock, session):
    comes(session)
    clock.wait(days=8)
    told = yann().post(page_of(session, "/presences/cloture"))
    assert told.status == 409
    assert "Personne n’est relevé." in told.body
    assert now_of(session).status is SessionStatus.PUBLISHED
