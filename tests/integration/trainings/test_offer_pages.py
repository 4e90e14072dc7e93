"""A freed seat behind its mailed link: taken, left, too late, in two tabs, at the desk's wish once more."""

import pytest

from chalicelib.trainings.bootstrap import planning, stores
from chalicelib.trainings.statuses import Status
from tests.integration.trainings.in_town import whole_town
from tests.integration.web.test_pages import HTML_LIMIT, outline
from tests.security.http import Visitor
from tests.security.town import Town
from tests.security.training_routes import OFFER, SPACE
from tests.security.training_town import (
    COLLEAGUE,
    GUEST,
    LAST,
    WAITING,
    registration_of_town,
    session_of_town,
)

__all__ = ["whole_town"]

pytestmark = pytest.mark.xdist_group("trainings in town")
OFFERED = f"{SPACE}/{WAITING}"


@pytest.fixture
def town(whole_town: Town) -> Town:
    """The seat is offered to the colleague; a guest waits after them."""
    return whole_town.at("training_offered")


def answered(town: Town, choice: str) -> tuple[int, str]:
    """The status of the answer by the mailed link, and the page afterwards."""
    link = town.link(COLLEAGUE, OFFER)
    status = Visitor().post(link, {"reponse": choice} if choice else {}).status
    town.go_on()
    return status, Visitor().get(link).body


def test_the_page_says_until_when_the_seat_is_kept_and_asks(town: Town) -> None:
    page = Visitor().get(town.link(COLLEAGUE, OFFER)).body
    assert "Une place s’est libérée pour vous" in page
    assert "Je prends la place" in page
    assert len(page.encode()) < HTML_LIMIT
    assert outline(page).tags.count("h1") == 1


def test_a_seat_that_is_taken_is_confirmed_and_the_next_one_waits_on(town: Town) -> None:
    status, page = answered(town, "accept")
    assert status == 303
    assert "Votre réponse est enregistrée" in page
    assert registration_of_town(WAITING).status is Status.CONFIRMED
    assert registration_of_town(LAST).status is Status.WAITING


def test_a_seat_that_is_left_goes_to_the_next_one(town: Town) -> None:
    answered(town, "decline")
    assert registration_of_town(WAITING).status is Status.DECLINED
    assert registration_of_town(LAST).status is Status.OFFERED
    assert town.link(GUEST, OFFER)


def test_no_choice_is_told_and_changes_nothing(town: Town) -> None:
    answer = Visitor().post(town.link(COLLEAGUE, OFFER), {})
    assert answer.status == 422
    assert "Choisissez de prendre la place ou de la laisser." in answer.body
    assert registration_of_town(WAITING).status is Status.OFFERED


@pytest.mark.parametrize(("second", "status"), [("accept", 200), ("decline", 409)])
def test_in_two_tabs_the_first_answer_stands_and_the_second_shows_it(
    town: Town, second: str, status: int
) -> None:
    link = town.link(COLLEAGUE, OFFER)
    assert Visitor().post(link, {"reponse": "accept"}).status == 303
    again = Visitor().post(link, {"reponse": second})
    assert again.status == status
    assert "Je prends la place" in again.body
    town.go_on()
    assert registration_of_town(WAITING).status is Status.CONFIRMED


def test_after_its_hour_the_seat_is_with_the_next_one_and_the_page_says_so(town: Town) -> None:
    link = town.link(COLLEAGUE, OFFER)
    until = registration_of_town(WAITING).offered_until
    assert until
    town.clock.at = until
    for sweep in ("sweep_decisions", "reconcile_registrations"):
        town.invoke(sweep)
        town.go_on()
    assert registration_of_town(WAITING).status is Status.LAPSED
    assert registration_of_town(LAST).status is Status.OFFERED
    late = Visitor().post(link, {"reponse": "accept"})
    assert late.status == 409
    assert "Cette proposition a pris fin" in late.body
    assert registration_of_town(WAITING).status is Status.LAPSED


def test_the_space_asks_the_same_and_an_answer_there_closes_the_link(town: Town) -> None:
    owner = town.visitors["owner"]
    assert "Prenez-vous cette place" in owner.get(OFFERED).body
    assert owner.post(f"{OFFERED}/place", {}).status == 422
    assert owner.post(f"{OFFERED}/place", {"reponse": "accept"}).status == 303
    town.go_on()
    assert registration_of_town(WAITING).status is Status.CONFIRMED
    assert "Votre réponse est enregistrée" in Visitor().get(town.link(COLLEAGUE, OFFER)).body
    assert "Prenez-vous cette place" not in owner.get(OFFERED).body


def test_who_cancels_while_a_seat_is_offered_passes_it_on(town: Town) -> None:
    assert town.visitors["owner"].post(f"{OFFERED}/annulation", {"confirme": "on"}).status == 303
    town.go_on()
    assert registration_of_town(LAST).status is Status.OFFERED
    assert stores.registrations().seats(session_of_town().id).offered == 1
    page = Visitor().get(town.link(COLLEAGUE, OFFER))
    assert "Je prends la place" not in page.body.partition("<form")[2]
    assert "Vous avez quitté la liste" in page.body
    assert "passée à la personne suivante" not in page.body


def test_an_answer_just_after_leaving_counts_no_more_and_says_that_the_person_has_left(town: Town) -> None:
    link = town.link(COLLEAGUE, OFFER)
    town.visitors["owner"].post(f"{OFFERED}/annulation", {"confirme": "on"})
    late = Visitor().post(link, {"reponse": "accept"})
    assert (late.status, "Vous avez quitté la liste" in late.body) == (409, True)
    town.go_on()
    assert registration_of_town(WAITING).status is Status.CANCELLED


def test_an_offer_of_a_session_that_is_called_off_says_so(town: Town) -> None:
    service, session = planning.planning_service(), session_of_town()
    service.call_off(service.get(session.id), "Noa Petit", "Intervenante malade")
    town.go_on()
    assert registration_of_town(WAITING).status is Status.CALLED_OFF
    page = Visitor().get(town.link(COLLEAGUE, OFFER)).body
    assert "L’office a annulé cette session" in page
    assert "passée à la personne suivante" not in page
