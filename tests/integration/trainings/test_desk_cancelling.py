"""How staff cancel a session."""

import pytest

from chalicelib.decisions.bootstrap import decision_service
from chalicelib.decisions.model import DecisionState
from chalicelib.trainings.bootstrap import planning
from chalicelib.trainings.statuses import SessionStatus
from tests.integration.trainings.desk_house import (
    as_,
    asked,
    clock,
    comes,
    drafted,
    empty_house,
    now_of,
    page_of,
    published,
)

__all__ = ["clock", "empty_house"]

pytestmark = pytest.mark.usefixtures("clock")
END = "/annulation"


@pytest.fixture
def yann():
    return as_("network_officer")


def test_who_is_told_is_said_before_and_looking_cancels_nothing(yann):
    session = published(seats=1)
    comes(session, "Ana Roux")
    comes(session, "Bob Max", structure="Gîte")
    comes(session, "Cléo Vit", structure="Camping")
    page = yann.get(page_of(session, END))
    assert "3 personnes sont prévenues par mail" in page.text
    assert "1 personne inscrite, 2 personnes en attente" in page.text
    assert now_of(session) == session


def test_one_person_is_told_in_the_singular_and_nobody_as_nobody(yann):
    session = published()
    assert "personne n’est prévenu" in yann.get(page_of(session, END)).text
    comes(session)
    assert "1 personne est prévenue par mail" in yann.get(page_of(session, END)).text


def test_a_session_is_cancelled_with_its_reason_once(yann):
    session = published()
    answer = yann.post(page_of(session, END), motif="  L’intervenante est malade. ")
    assert answer.headers["Location"].endswith("?fait=annulee")
    after = now_of(session)
    assert (after.status, after.note) == (SessionStatus.CANCELLED, "L’intervenante est malade.")
    assert yann.post(page_of(session, END), motif="Encore").status == 303
    assert now_of(session) == after
    page = yann.get(page_of(session) + "?fait=annulee")
    assert "L’intervenante est malade." in page.text
    assert "Annuler la session" not in page.text
    assert yann.get(page_of(session, END)).status == 303


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_cancelled(yann, reason):
    session = published()
    answer = yann.post(page_of(session, END), motif=reason)
    assert answer.status == 422
    assert "Indiquez pourquoi la session est annulée" in answer.text
    assert now_of(session) == session


def test_the_question_to_the_direction_is_withdrawn(yann):
    session = planning.planning_service().publish(
        drafted(trainer_kind="external", trainer_email="ines@example.org"), "Noa Petit"
    )
    question = asked(session, "director")
    yann.post(page_of(session, END), motif="Annulée")
    assert decision_service().get(question).state is DecisionState.WITHDRAWN


def test_a_draft_is_given_up(yann):
    session = drafted()
    assert "Abandonner ce brouillon" in yann.get(page_of(session, END)).text
    yann.post(page_of(session, END), motif="Doublon")
    assert now_of(session).status is SessionStatus.CANCELLED


def test_a_session_that_is_over_is_not_cancelled(yann, clock):
    session = published(half_days=[{"on": "2027-03-03", "begins": "14:00", "ends": "15:00"}])
    clock.wait(hours=5)
    yann = as_("network_officer")
    assert yann.get(page_of(session, END)).status == 303
    assert yann.post(page_of(session, END), motif="Trop tard").status == 409
    assert now_of(session) == session
