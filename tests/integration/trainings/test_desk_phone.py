"""Somebody is registered who is on the phone."""

import pytest

from chalicelib.mail.bootstrap import outbox
from chalicelib.trainings.bootstrap import planning, stores
from chalicelib.trainings.statuses import Status
from tests.integration.trainings.desk_house import (
    as_,
    clock,
    comes,
    drafted,
    empty_house,
    form_of,
    page_of,
    published,
)

__all__ = ["clock", "empty_house"]

pytestmark = pytest.mark.usefixtures("clock")
FORM = "/inscription"
CAMILLE = {
    "first_name": "Camille", "last_name": "Durand", "email": "Camille.Durand@example.org", "structure": "Gîte des Noyers",
}  # fmt: skip


@pytest.fixture
def yann():
    return as_("network_officer")


def send(browser, session, **changes):
    """The form as it is shown, filled in."""
    return browser.post(
        page_of(session, FORM), **{**form_of(browser.get(page_of(session, FORM))), **CAMILLE, **changes}
    )


def people(session):
    return stores.registrations().list_of_session(session.id)


def test_the_person_has_a_seat_and_a_mail_and_the_history_says_who_did_it(yann):
    session = published()
    answer = send(yann, session)
    (made,) = people(session)
    assert answer.headers["Location"].endswith(page_of(session, f"/inscriptions/{made.reference}"))
    assert (made.status, made.email, made.structure.name) == (
        Status.CONFIRMED, "camille.durand@example.org", "Gîte des Noyers",
    )  # fmt: skip
    assert [mail.message.to for mail in outbox().list_by_record(made.id)] == ["camille.durand@example.org"]
    (line,) = stores.registrations().list_history(made)
    assert (line.who, line.on_behalf_of) == ("Yann Le Goff", "Camille Durand")
    assert "Yann Le Goff, pour Camille Durand" in yann.get(answer.headers["Location"]).text


@pytest.mark.parametrize(
    "answers",
    [
        {"audience": "partners"}, {"audience": "partners_first", "partners_first_days": 7},
        {"audience": "partners", "categories": ["hotel", "campsite"], "communes": ["01160"]},
    ],
)  # fmt: skip
def test_the_limits_of_the_audience_do_not_hold_on_the_phone(yann, answers):
    session = published(**answers)
    assert send(yann, session).status == 303
    assert people(session)


def test_the_seats_do_hold_on_the_phone(yann):
    session = published(seats=1)
    comes(session, "Ana Roux")
    assert "la personne entre en liste d’attente, au rang 1" in yann.get(page_of(session, FORM)).text
    send(yann, session)
    assert {one.person.first_name: one.status for one in people(session)} == {
        "Ana": Status.CONFIRMED, "Camille": Status.WAITING,
    }  # fmt: skip
    assert stores.registrations().seats(session.id).taken == 1


def test_without_a_waiting_list_nobody_is_taken_over_the_seats(yann):
    session = published(seats=1, has_waitlist="no")
    comes(session, "Ana Roux")
    answer = send(yann, session)
    assert answer.status == 422
    assert "Il n’y a plus de place pour cette session, et elle n’a pas de liste d’attente." in answer.text
    assert 'value="Durand"' in answer.body
    assert len(people(session)) == 1


def test_with_selection_the_person_waits_for_the_answer(yann):
    session = published(selects="yes")
    assert "la demande est mise à l’étude" in yann.get(page_of(session, FORM)).text
    send(yann, session)
    assert people(session)[0].status is Status.PENDING


def test_a_form_sent_twice_registers_one_person_and_leads_to_her_twice(yann):
    session = published()
    form = {**form_of(yann.get(page_of(session, FORM))), **CAMILLE}
    first, second = (yann.post(page_of(session, FORM), **form).headers["Location"] for _ in range(2))
    assert first == second
    assert len(people(session)) == 1


def test_a_page_that_is_gone_back_to_for_somebody_else_registers_them_too(yann):
    session = published()
    form = {**form_of(yann.get(page_of(session, FORM))), **CAMILLE}
    yann.post(page_of(session, FORM), **form)
    yann.post(page_of(session, FORM), **{**form, "first_name": "Sacha"})
    assert sorted(one.person.first_name for one in people(session)) == ["Camille", "Sacha"]


def test_somebody_who_is_registered_already_is_shown(yann):
    session = published()
    send(yann, session)
    answer = send(yann, session, last_name="DURAND")
    assert answer.status == 422
    assert "Cette personne est déjà inscrite à cette session." in answer.text
    assert f'href="{page_of(session)}/inscriptions/{people(session)[0].reference}"' in answer.body
    assert len(people(session)) == 1


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("first_name", "", "Indiquez le prénom."),
        ("last_name", "", "Indiquez le nom."),
        ("email", "camille", "Camille"),
        ("email", "", "Indiquez l’adresse e-mail : la confirmation y est envoyée."),
        ("structure", "", "Indiquez la structure, ou « Particulier »."),
    ],
)
def test_each_mistake_is_told_at_its_field_and_what_was_typed_stays(yann, field, text, sentence):
    session = published()
    answer = send(yann, session, **{field: text})
    assert answer.status == 422
    assert sentence in answer.text or field == "email"
    assert f'id="champ-{field}-erreur"' in answer.body
    kept = {**CAMILLE, field: text}
    assert {name: form_of(answer)[name] for name in kept} == {**kept, "email": form_of(answer)["email"]}
    assert people(session) == []


def test_there_is_no_form_where_nobody_can_register(yann):
    gone = planning.planning_service().call_off(published("s2"), "Noa Petit", "Neige")
    for session in (drafted("s1"), gone):
        assert yann.get(page_of(session, FORM)).headers["Location"].endswith(page_of(session))
        assert yann.post(page_of(session, FORM), cle="x", **CAMILLE).status == 422
        assert people(session) == []
