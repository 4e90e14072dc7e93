"""Somebody who came without having registered is added at the desk, from the list at the door."""

import pytest

from chalicelib.links.bootstrap import link_service
from chalicelib.links.model import LinkRequest
from chalicelib.mail.bootstrap import outbox
from chalicelib.trainings.bootstrap import attending, planning, stores
from chalicelib.trainings.paths import TRAINER_PAGE
from chalicelib.trainings.statuses import Status
from tests.integration.trainings.desk_house import (
    as_,
    clock,
    comes,
    drafted,
    empty_house,
    form_of,
    now_of,
    page_of,
    published,
)
from tests.integration.trainings.test_desk_phone import CAMILLE, people

__all__ = ["clock", "empty_house"]

MORNING = {"on": "2027-03-03", "begins": "13:00", "ends": "15:00"}
KEY = "2027-03-03T13:00"
DOOR, FORM, ADD = "/presences", "/presences/ajout", "Ajouter une personne"


@pytest.fixture
def session(clock):
    return published(half_days=[MORNING])


@pytest.fixture(autouse=True)
def same_clock(clock):
    attending.attending_service.cache_clear()
    yield
    attending.attending_service.cache_clear()


@pytest.fixture
def on(session, clock):
    """The session, an hour after its beginning."""
    clock.wait(hours=2)
    return session


def yann():
    """Logged in just now: days pass in these tests."""
    return as_("network_officer")


def send(session, **changes):
    """The form as it is shown, filled in."""
    path, browser = page_of(session, FORM), yann()
    return browser.post(path, **{**form_of(browser.get(path)), **CAMILLE, **changes})


def marks(session, person, state="present"):
    yann().post(page_of(session, DOOR), **{"demi-journee": KEY, "personne": person.id, "etat": state})


def test_the_person_is_in_the_list_at_once_and_marked_like_all_others(on):
    assert f'href="{page_of(on, FORM)}"' in yann().get(page_of(on, DOOR)).body
    answer = send(on)
    assert answer.status == 303
    page = yann().get(answer.headers["Location"])
    assert "La personne est ajoutée" in page.text
    assert "Camille Durand" in page.text
    (made,) = people(on)
    assert (made.status, made.structure.name) == (Status.CONFIRMED, "Gîte des Noyers")
    assert outbox().list_by_record(made.id) == []
    marks(on, made)
    assert now_of(made).marks[KEY].state == "present"


def test_before_the_beginning_there_is_the_phone_and_the_list_offers_nobody(session, clock):
    assert ADD not in yann().get(page_of(session, DOOR)).text
    assert yann().get(page_of(session, FORM)).headers["Location"].endswith(page_of(session, DOOR))
    answer = yann().post(page_of(session, FORM), cle="x", **CAMILLE)
    assert (answer.status, "par téléphone" in answer.text) == (409, True)
    assert people(session) == []


def test_once_the_attendance_is_closed_nobody_is_added(on, clock):
    marks(on, comes_late(on))
    clock.wait(hours=26)
    assert attending.attending_service().close_due() == 1
    assert ADD not in yann().get(page_of(on, DOOR)).text
    assert yann().get(page_of(on, FORM)).status == 303
    assert yann().post(page_of(on, FORM), cle="x", **{**CAMILLE, "first_name": "Sacha"}).status == 409
    assert len(people(on)) == 1


def comes_late(session):
    """Camille, added by staff."""
    send(session)
    return people(session)[0]


def test_the_trainer_is_offered_nothing_of_it(on):
    request = LinkRequest(TRAINER_PAGE, on.id, on.plan.trainer.email, 3600)
    page = as_().get(TRAINER_PAGE + link_service().mint(request).partition(TRAINER_PAGE)[2])
    assert page.status == 200
    assert ADD not in page.text


def test_without_a_seat_the_page_leads_to_their_number_which_is_raised_then(clock):
    session = published(half_days=[MORNING], seats=1)
    comes(session, "Ana Roux")
    clock.wait(hours=2)
    page = yann().get(page_of(session, FORM))
    places = page_of(session, "/pages/places")
    assert f'href="{places}"' in page.body
    refused = send(session)
    assert (refused.status, "augmentez d’abord le nombre de places" in refused.text) == (409, True)
    assert form_of(refused)["last_name"] == "Durand"
    browser = yann()
    raised = browser.post(places, **{**form_of(browser.get(places)), "seats": "2"})
    assert raised.status == 303
    assert send(session).status == 303
    assert stores.registrations().seats(session.id).taken == 2


def test_after_the_session_the_number_of_seats_is_raised_too(clock):
    session = published(half_days=[MORNING], seats=1)
    comes(session, "Ana Roux")
    clock.wait(days=3)
    places, browser = page_of(session, "/pages/places"), yann()
    assert browser.post(places, **{**form_of(browser.get(places)), "seats": "2"}).status == 303
    assert send(session).status == 303


def test_who_waits_is_told_nothing_of_more_seats_once_it_has_begun(clock):
    session = published(half_days=[MORNING], seats=1)
    for name in ("Ana Roux", "Bob Max"):
        comes(session, name, structure=f"Chez {name}")
    offered = "proposées aussitôt par mail"
    assert offered in yann().get(page_of(session, "/pages/places")).text
    clock.wait(hours=2)
    assert offered not in yann().get(page_of(session, "/pages/places")).text


def test_a_page_sent_twice_adds_one_person_and_gone_back_to_for_another_adds_them_too(on):
    form = {**form_of(yann().get(page_of(on, FORM))), **CAMILLE}
    assert [yann().post(page_of(on, FORM), **form).status for _ in range(2)] == [303, 303]
    assert len(people(on)) == 1
    yann().post(page_of(on, FORM), **{**form, "first_name": "Sacha", "email": "sacha@example.org"})
    assert len(people(on)) == 2


def test_somebody_who_is_registered_already_is_shown(on):
    one = comes_late(on)
    answer = send(on, last_name="DURAND")
    assert answer.status == 409
    assert "Cette personne est déjà inscrite à cette session." in answer.text
    assert f'href="{page_of(on)}/inscriptions/{one.reference}"' in answer.body
    assert len(people(on)) == 1


@pytest.mark.parametrize("field", list(CAMILLE))
def test_each_mistake_is_told_at_its_field_and_what_was_typed_stays(on, field):
    answer = send(on, **{field: ""})
    assert answer.status == 422
    assert f'id="champ-{field}-erreur"' in answer.body
    assert people(on) == []


def test_there_is_no_form_for_a_draft_or_for_what_is_called_off(clock):
    gone = planning.planning_service().call_off(published("s2", half_days=[MORNING]), "Noa Petit", "Neige")
    clock.wait(hours=2)
    for session in (drafted("s1", half_days=[MORNING]), gone):
        assert yann().get(page_of(session, FORM)).status == 303
        assert yann().post(page_of(session, FORM), cle="x", **CAMILLE).status == 409
        assert people(session) == []
