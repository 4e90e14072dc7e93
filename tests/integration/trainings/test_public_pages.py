"""What pages about trainings say to whoever has no login: a guest, the holder of a link."""

from urllib.parse import urlsplit

import pytest

from chalicelib.decisions.model import question_id
from chalicelib.links.bootstrap import link_service
from chalicelib.links.model import LinkRequest
from chalicelib.trainings.bootstrap import registering
from chalicelib.trainings.paths import FEEDBACK_PAGE, GUEST_PAGE, MANAGE_PAGE, OFFER_PAGE
from chalicelib.trainings.survey_forms import survey_form
from chalicelib.trainings.surveying import Survey
from chalicelib.trainings.tasks.registration import request_offer_answer
from tests.integration.trainings.desk_house import as_, clock, comes, empty_house, now_of, published

__all__ = ["clock", "empty_house"]

pytestmark = pytest.mark.usefixtures("clock")

GUEST = "lou@example.org"


def link(page, subject, holder):
    """The path of a link that lives a day."""
    return urlsplit(link_service().mint(LinkRequest(page, subject, holder, 86_400))).path


@pytest.fixture
def offered():
    """Somebody to whom a freed seat is offered."""
    session = published(seats=1)
    first, second = comes(session, "Ana Roux"), comes(session, "Bob Max", structure="Chez Bob")
    registering.registration_service().cancel(first, "Ana Roux")
    return now_of(second)


def test_a_session_that_is_full_and_has_no_list_asks_nobody_to_register():
    session = published(seats=1, has_waitlist="no")
    door = f"/formations/{session.reference}/inscription"
    assert door in as_().get(f"/formations/{session.reference}").body
    comes(session)
    full = as_().get(f"/formations/{session.reference}").body
    assert door not in full
    assert "pas de liste d’attente" in full


def test_what_a_guest_called_their_structure_stays_when_something_else_is_wrong():
    path = link(GUEST_PAGE, published().id, GUEST)
    page = as_().post(path, structure_name="Chez Lou")
    assert page.status == 422
    assert 'value="Chez Lou"' in page.body
    assert GUEST in page.body
    assert 'name="structure_name" value="lou"' not in as_().post(path).body


def test_who_is_offered_a_seat_is_told_on_the_page_of_the_registration_where_to_answer(offered):
    page = as_().get(link(MANAGE_PAGE, offered.id, offered.email))
    assert "Pour répondre, ouvrez le lien du mail" in page.body


def test_a_second_answer_to_an_offer_is_told_that_it_changed_nothing(offered):
    request_offer_answer({"registration_id": offered.id, "task_token": "token"}, None)
    path = link(OFFER_PAGE, question_id(offered.id, offered.awaited_step, offered.round), offered.email)
    assert as_().post(path, reponse="accept").status == 303
    again = as_().post(path, reponse="accept")
    assert again.status == 200
    assert "Vous avez déjà répondu" not in again.body
    late = as_().post(path, reponse="decline")
    assert late.status == 409
    assert "Vous avez déjà répondu" in late.body


@pytest.mark.parametrize("survey", Survey)
def test_each_question_that_was_left_out_is_told_apart(survey):
    told = [error.message for error in survey_form(survey).errors({})]
    assert len(told) == len(set(told)) > 1


def test_the_page_of_a_questionnaire_asks_for_what_is_missing():
    somebody = comes(published())
    page = as_().post(link(FEEDBACK_PAGE, f"{somebody.id}#at_once", somebody.email))
    assert page.status == 422
    assert "Dites ce que vous pensez du contenu." in page.body
