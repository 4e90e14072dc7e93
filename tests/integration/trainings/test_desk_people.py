"""One person's registration at the desk, and the order of the waiting list."""

import pytest

from chalicelib.decisions.bootstrap import decision_service
from chalicelib.decisions.model import DecisionState
from chalicelib.mail.bootstrap import outbox
from chalicelib.trainings.bootstrap import stores
from chalicelib.trainings.statuses import Status
from tests.integration.trainings.desk_house import (
    as_,
    asked,
    clock,
    comes,
    empty_house,
    now_of,
    page_of,
    published,
)

__all__ = ["clock", "empty_house"]

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def yann():
    return as_("network_officer")


@pytest.fixture
def session():
    return published(
        seats=1, price_cents=12_000, half_days=[{"on": "2027-03-10", "begins": "09:00", "ends": "12:30"}]
    )


@pytest.fixture
def ana(session):
    return comes(session, "Ana Roux", email="ana@example.org", needs={"needs": "Boucle magnétique."})


@pytest.fixture
def queue(session, ana):
    """Three people who wait, in the order of their arrival."""
    return [comes(session, name, structure=name) for name in ("Bob Max", "Cléo Vit", "Dan Zut")]


def person(session, registration, end=""):
    return page_of(session, f"/inscriptions/{registration.reference}{end}")


def test_the_page_of_a_person_says_all_but_what_they_need(yann, session, ana):
    page = yann.get(person(session, ana))
    assert page.status == 200
    for words in (
        "Ana Roux",
        "ana@example.org",
        "Hôtel du Pont",
        "Inscription confirmée",
        "La place est réservée.",
    ):
        assert words in page.text
    assert "Boucle" not in page.body
    assert page.text.count("Maëlle Le Goff") == 2  # who made it, and the line that tells it
    assert f'href="{page_of(session)}"' in page.body


def test_the_rank_and_the_limit_of_an_offer_are_said(yann, session, ana, queue):
    assert (
        "Liste d’attente depuis le 3 mars 2027 à 12 h 00, au rang 2"
        in yann.get(person(session, queue[1])).text
    )
    yann.post(person(session, ana, "/annulation"), motif="Au téléphone")
    assert "réponse avant le 5 mars 2027 à 12 h 00" in yann.get(person(session, queue[0])).text


def test_the_mails_to_a_person_are_listed(yann, session, ana):
    assert outbox().list_by_record(ana.id)
    assert "ana@example.org" in yann.get(person(session, ana)).text.split("Mails envoyés")[1]


def test_a_registration_of_another_session_is_not_found_here(yann, session, ana):
    other = published("s2")
    assert yann.get(person(other, ana)).status == 404
    assert yann.post(person(other, ana, "/annulation"), motif="X").status == 404
    assert yann.get(page_of(session, "/inscriptions/INS-222222")).status == 404
    assert now_of(ana).status is Status.CONFIRMED


def test_staff_cancel_with_a_reason_and_the_seat_goes_to_the_next(yann, session, ana, queue):
    answer = yann.post(person(session, ana, "/annulation"), motif=" Appel du 3 mars ")
    assert answer.headers["Location"].endswith(person(session, ana))
    after = now_of(ana)
    assert (after.status, after.note, after.due_cents) == (Status.CANCELLED, "Appel du 3 mars", 12_000)
    assert now_of(queue[0]).status is Status.OFFERED
    line = stores.registrations().list_history(after)[-1]
    assert (line.who, line.reason) == ("Yann Le Goff", "Appel du 3 mars")
    page = yann.get(person(session, ana))
    assert "Annulation tardive : 120,00 € restent dus." in page.text
    assert "Annuler l’inscription" not in page.text


def test_what_a_late_cancellation_costs_is_said_before(yann, session, ana):
    assert "Annulée aujourd’hui, elle reste due : 120,00 €." in yann.get(person(session, ana)).text
    free = published("s2")
    assert "L’annulation ne coûte rien aujourd’hui." in yann.get(person(free, comes(free))).text


def test_a_cancellation_sent_twice_is_done_once(yann, session, ana, queue):
    for _ in range(2):
        assert yann.post(person(session, ana, "/annulation"), motif="Appel").status == 303
    assert now_of(queue[1]).status is Status.WAITING
    assert now_of(ana).version == 2


def test_without_a_reason_nothing_is_cancelled(yann, session, ana):
    answer = yann.post(person(session, ana, "/annulation"), motif=" ")
    assert answer.status == 422
    assert "Indiquez pourquoi cette inscription est annulée" in answer.text
    assert now_of(ana) == ana


def test_the_question_about_a_person_is_withdrawn_with_their_registration(yann):
    session = published(selects="yes")
    pending = comes(session)
    question = asked(pending, "network_officer")
    yann.post(person(session, pending, "/annulation"), motif="Appel")
    assert decision_service().get(question).state is DecisionState.WITHDRAWN


def test_nobody_is_cancelled_once_the_session_is_over(session, ana, clock):
    clock.wait(days=8)
    yann = as_("network_officer")
    assert "Annuler l’inscription" not in yann.get(person(session, ana)).text
    yann.post(person(session, ana, "/annulation"), motif="Appel")
    assert now_of(ana).status is Status.CONFIRMED


def test_the_link_of_an_offer_is_mailed_again(yann, session, ana, queue):
    yann.post(person(session, ana, "/annulation"), motif="Appel")
    offered = now_of(queue[0])
    asked(offered, "")
    assert "Lui renvoyer le lien" in yann.get(person(session, offered)).text
    assert yann.post(person(session, offered, "/lien")).status == 303
    assert yann.post(person(session, ana, "/lien")).status == 303


def test_who_lost_the_mail_gets_a_fresh_link(yann, session, ana):
    assert "Renvoyer le lien de l’inscription" in yann.get(person(session, ana)).text
    assert yann.post(person(session, ana, "/lien")).status == 303
    assert fresh_links(ana) == ["ana@example.org"]


def test_five_of_them_within_an_hour(yann, session, ana, clock):
    for _ in range(7):
        clock.wait(minutes=2)
        yann.post(person(session, ana, "/lien"))
    assert len(fresh_links(ana)) == 5


def test_who_comes_no_more_gets_none(yann, session, ana):
    yann.post(person(session, ana, "/annulation"), motif="Appel")
    assert "Renvoyer le lien de l’inscription" not in yann.get(person(session, ana)).text
    yann.post(person(session, ana, "/lien"))
    assert fresh_links(ana) == []


def fresh_links(registration):
    mails = outbox().list_by_record(registration.id)
    return [one.message.to for one in mails if one.message.template == "trainings/fresh_link"]


def order(session):
    waiting = stores.registrations().seats(session.id).waiting
    names = {one.id: one.person.first_name for one in stores.registrations().list_of_session(session.id)}
    return [names[one] for one in waiting]


def move(browser, session, who, rank, why="Engagement pris par l’office"):
    return browser.post(page_of(session, "/rang"), personne=who.reference, rang=rank, raison=why)


def test_who_waits_is_put_at_another_place_with_a_reason(yann, session, queue):
    answer = move(yann, session, queue[2], "1")
    assert answer.headers["Location"].endswith("?fait=rang")
    assert order(session) == ["Dan", "Bob", "Cléo"]
    line = stores.registrations().list_history(queue[2])[-1]
    assert (line.who, line.reason) == ("Yann Le Goff", "Engagement pris par l’office")
    assert "Le rang est modifié" in yann.get(page_of(session) + "?fait=rang").text


def test_a_move_sent_twice_is_one(yann, session, queue):
    for _ in range(2):
        assert move(yann, session, queue[2], "1").status == 303
    assert order(session) == ["Dan", "Bob", "Cléo"]
    assert len(stores.registrations().list_history(queue[2])) == 2


@pytest.mark.parametrize("rank", ["", "0", "4", "-1", "un", "1.5", "²", "99999"])
def test_a_rank_that_is_none_is_told_and_nobody_moves(yann, session, queue, rank):
    answer = move(yann, session, queue[2], rank, "Promesse")
    assert answer.status == 422
    assert "Indiquez un rang entre 1 et 3." in answer.text
    assert 'value="Promesse"' in answer.body
    assert f'<option value="{queue[2].reference}" selected>3. Dan Zut</option>' in answer.body
    assert order(session) == ["Bob", "Cléo", "Dan"]


def test_without_a_reason_nobody_moves(yann, session, queue):
    answer = move(yann, session, queue[2], "1", " ")
    assert answer.status == 422
    assert "Indiquez pourquoi le rang change" in answer.text
    assert order(session) == ["Bob", "Cléo", "Dan"]


def test_only_who_waits_for_this_session_is_moved(yann, session, ana, queue):
    other = published("s2", seats=1)
    comes(other, "Éva Bo")
    stranger = comes(other, "Fanny Lo", structure="Gîte")
    for one in (ana, stranger):
        answer = move(yann, session, one, "1")
        assert answer.status == 422
        assert "Choisissez une personne de la liste d’attente." in answer.text
    assert order(other) == ["Fanny"]


def test_there_is_nothing_to_reorder_where_one_person_waits(yann, session, ana):
    comes(session, "Bob Max", structure="Gîte")
    assert "Changer l’ordre" not in yann.get(page_of(session)).text
