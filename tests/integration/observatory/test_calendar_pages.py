"""The office's own calendar at the desk: added, changed, taken away, with mistakes; shown under curves."""

import pytest

from app import app
from chalicelib.observatory import bootstrap
from chalicelib.observatory.model import Sold
from tests.integration.access.browser import Browser
from tests.integration.observatory.house import at_the_desk, clock, is_given, link_to
from tests.integration.web.test_pages import outline

__all__ = ["clock"]

DIRECTOR, OTHER = "claire.martin@val.example.org", "noa.petit@val.example.org"
CALENDAR = "/bureau/observatoire/calendrier"
KEY = "k" * 43
FAIR = {"label": "Foire de Gex", "first": "2027-02-06", "last": "2027-02-07", "commune": "01160"}
GENEVA = {"area": "geneve", "name": "Relâches", "first": "2027-02-15", "last": "2027-02-19"}


@pytest.fixture
def desk(clock):
    return at_the_desk(DIRECTOR)


def kept_ids():
    kept = bootstrap.calendars().get()
    return [*kept.events, *kept.holidays]


def test_an_event_is_added_once_listed_changed_and_taken_away(desk):
    assert "Aucun événement pour le moment." in desk.get(CALENDAR).text
    assert outline(desk.get(f"{CALENDAR}/evenement").body).tags.count("h1") == 1
    for _ in range(2):
        assert desk.post(f"{CALENDAR}/evenement", cle=KEY, **FAIR).headers["Location"] == CALENDAR
    [event] = kept_ids()
    listed = desk.get(CALENDAR).text
    assert "Foire de Gex, du 6 au 7 février 2027, Ferney-Voltaire" in listed
    assert "Ligne ajoutée : Foire de Gex" in listed
    page = desk.get(f"{CALENDAR}/{event}")
    assert 'value="2027-02-06"' in page.body
    assert desk.post(f"{CALENDAR}/{event}", **{**FAIR, "label": "Foire", "commune": ""}).status == 303
    assert "Foire, du 6 au 7 février 2027" in desk.get(CALENDAR).text
    assert desk.post(f"{CALENDAR}/{event}/suppression").status == 303
    assert kept_ids() == []
    assert desk.get(f"{CALENDAR}/{event}").status == 404


def test_holidays_that_overlap_are_told_at_their_first_day_and_what_was_typed_stays(desk):
    desk.post(f"{CALENDAR}/vacances", cle=KEY, **GENEVA)
    page = desk.post(
        f"{CALENDAR}/vacances",
        cle="l" * 43,
        **{**GENEVA, "name": "Autres", "first": "2027-02-19", "last": "2027-02-28"},
    )
    assert page.status == 422
    assert "corrigez les dates" in page.text
    assert 'value="Autres"' in page.body
    assert len(kept_ids()) == 1


def test_mistakes_are_told(desk):
    page = desk.post(f"{CALENDAR}/evenement", cle=KEY, **{**FAIR, "label": "", "last": "2027-02-01"})
    assert page.status == 422
    assert "Donnez le nom de l’événement." in page.text
    page = desk.post(f"{CALENDAR}/evenement", cle=KEY, **{**FAIR, "last": "2027-02-01"})
    assert "Le dernier jour vient avant le premier" in page.text
    assert kept_ids() == []


def test_events_and_holidays_stand_beside_the_curve(desk, clock):
    desk.post(f"{CALENDAR}/evenement", cle=KEY, **FAIR)
    desk.post(f"{CALENDAR}/vacances", cle="l" * 43, **GENEVA)
    page = Browser(app).get(link_to(is_given("2027-02", {"2027-02-01": Sold(140, 70)}), clock))
    assert "Foire de Gex" in page.text
    assert "Canton de Genève" in page.text


def test_other_roles_stay_outside(clock):
    for path in (CALENDAR, f"{CALENDAR}/evenement"):
        assert at_the_desk(OTHER).get(path).status == 403
    assert at_the_desk(OTHER).post(f"{CALENDAR}/evenement", cle=KEY, **FAIR).status == 403
    assert kept_ids() == []
