"""The day itself and what follows it: the list at the door, codes, certificates, questionnaires and what they say."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest

from chalicelib.trainings.bootstrap import stores
from chalicelib.trainings.presence_code import presence_path
from chalicelib.trainings.statuses import SessionStatus, Status
from chalicelib.trainings.surveying import Survey
from tests.integration.trainings.in_town import whole_town
from tests.integration.web.test_pages import HTML_LIMIT, outline
from tests.security.http import Visitor
from tests.security.town import OWNER, Town
from tests.security.training_routes import ANSWERED, DESK, OPINION, PERSON, TRAINER_LIST
from tests.security.training_town import (
    CODE,
    HALF_DAY,
    REGISTRATION,
    SESSION,
    TRAINER,
    WAITING,
    registration_of_town,
    session_of_town,
)
from tests.unit.documents.reading import Paper

__all__ = ["whole_town"]

pytestmark = pytest.mark.xdist_group("trainings in town")
MARK = {"demi-journee": HALF_DAY, "personne": PERSON, "etat": "present"}
RESULTS = f"{DESK}/{SESSION}/resultats"


class TestTheTrainersPage:
    @pytest.fixture
    def link(self, whole_town: Town) -> str:
        return whole_town.at("training_on").link(TRAINER, TRAINER_LIST)

    def test_it_lists_who_has_a_seat_by_name_and_fits_a_phone(self, link: str) -> None:
        page = Visitor().get(link).body
        assert page.index("Maëlle Le Goff") < page.index("Yannick Prat")
        assert "Lou Martin" not in page
        assert "Hugo Roche" not in page
        assert len(page.encode()) < HTML_LIMIT
        assert outline(page).tags.count("h1") == 1

    @pytest.mark.parametrize("state", ["present", "absent", "excused"])
    def test_a_state_is_marked_and_shown_and_may_be_corrected(self, link: str, state: str) -> None:
        answer = Visitor().post(link, {**MARK, "etat": "absent"})
        assert answer.status == 303
        assert Visitor().post(link, {**MARK, "etat": state}).status == 303
        assert registration_of_town().marks[HALF_DAY].state == state
        pressed = Visitor().get(answer.location).body
        assert pressed.count('aria-pressed="true"') == 1

    def test_no_state_and_no_half_day_of_the_session_are_told(self, link: str) -> None:
        assert Visitor().post(link, {**MARK, "etat": "peut-être"}).status == 409
        assert Visitor().post(link, {**MARK, "demi-journee": "2027-03-06T09:00"}).status == 404
        assert not registration_of_town().marks

    def test_before_the_day_the_list_can_be_read_and_not_marked(self, whole_town: Town) -> None:
        town = whole_town.at("training_waiting")
        link = town.link(TRAINER, TRAINER_LIST)
        page = Visitor().get(link).body
        assert "Maëlle Le Goff" in page
        assert "n’a pas commencé" in page
        assert 'name="etat"' not in page
        assert Visitor().post(link, MARK).status == 409

    def test_the_sheet_to_sign_is_a_pdf_with_everybodys_name(self, link: str) -> None:
        answer = Visitor().get(f"{link}/feuille?demi-journee={HALF_DAY}")
        assert answer.headers["Content-Type"] == "application/pdf"
        assert f"{SESSION}-2027-03-05-09h00.pdf" in answer.headers["Content-Disposition"]
        letters = Paper(answer.body.encode("latin-1")).letters
        assert "LeGoff" in letters
        assert "Prat" in letters


class TestTheCodeAtTheDoor:
    def test_scanned_twice_it_says_that_the_presence_is_noted(self, whole_town: Town) -> None:
        town, trainer = whole_town.at("training_on"), Visitor()
        trainer.get(town.link(TRAINER, TRAINER_LIST))
        path = presence_path(registration_of_town())
        assert [trainer.post(path).status for _ in range(2)] == [303, 303]
        assert "Présence notée" in trainer.get(path).body
        assert len(registration_of_town().marks) == 1

    def test_staff_scan_it_once_logged_in(self, whole_town: Town) -> None:
        staff = whole_town.at("training_on").visitors["network_officer"]
        path = presence_path(registration_of_town())
        assert "Noter la présence" in staff.get(path).body
        assert staff.post(path).status == 303
        assert registration_of_town().marks[HALF_DAY].by == "Anne Network Officer"

    def test_before_the_day_it_is_told_that_it_is_too_early(self, whole_town: Town) -> None:
        staff = whole_town.at("training_waiting").visitors["quality_officer"]
        answer = staff.post(presence_path(registration_of_town()))
        assert answer.status == 409
        assert "n’a pas commencé" in answer.body


class TestClosing:
    def test_by_hand_it_is_too_early_while_the_session_is_on(self, whole_town: Town) -> None:
        staff = whole_town.at("training_on").visitors["quality_officer"]
        assert staff.post(f"{DESK}/{SESSION}/presences/cloture").status == 409
        assert session_of_town().status is SessionStatus.PUBLISHED

    def test_after_it_everybody_came_or_did_not(self, whole_town: Town) -> None:
        staff = whole_town.at("training_over").visitors["quality_officer"]
        assert staff.post(f"{DESK}/{SESSION}/presences/cloture").status == 303
        assert session_of_town().status is SessionStatus.CLOSED
        found = [registration_of_town(one).status for one in (REGISTRATION, WAITING)]
        assert found == [Status.ATTENDED, Status.ABSENT]


class TestVerifying:
    @pytest.mark.parametrize(
        "typed",
        [
            CODE,
            CODE.lower(),
            CODE.replace("-", ""),
            CODE.replace("-", " "),
            f"  {CODE}  ",
            CODE.replace("-", "–"),
        ],
    )
    def test_a_code_is_found_however_it_is_typed(self, whole_town: Town, typed: str) -> None:
        whole_town.at("training_closed")
        page = Visitor().get("/verification?" + _query(code=typed))
        assert page.status == 200
        assert "Ce document est authentique" in page.body
        assert "Maëlle Le Goff" in page.body
        assert outline(page.body).tags.count("h1") == 1

    @pytest.mark.parametrize("typed", ["7KQ4-M2XB-9DTS", "7KQ4", "O0IL-O0IL-O0IL"])
    def test_another_code_is_told_with_what_was_typed(self, whole_town: Town, typed: str) -> None:
        whole_town.at("training_closed")
        page = Visitor().get("/verification?" + _query(code=typed))
        assert page.status == 404
        assert "Aucun document n’a ce code" in page.body
        assert f'value="{typed}"' in page.body

    def test_without_a_code_the_page_asks_for_one(self, whole_town: Town) -> None:
        whole_town.at("training_closed")
        page = Visitor().get("/verification")
        assert page.status == 200
        assert "Code de vérification" in page.body


class TestOpinions:
    def test_questions_that_are_left_out_are_told_and_the_rest_is_kept(self, whole_town: Town) -> None:
        link = whole_town.at("training_closed").link(OWNER, OPINION)
        answer = Visitor().post(link, {"overall": "good", "liked": "Le rythme."})
        assert answer.status == 422
        assert "Le rythme." in answer.body
        assert stores.feedback().list_of(session_of_town().id, Survey.AT_ONCE) == []

    def test_answered_it_says_thank_you(self, whole_town: Town) -> None:
        link = whole_town.at("training_closed").link(OWNER, OPINION)
        answer = Visitor().post(link, ANSWERED)
        assert answer.status == 303
        assert "Merci" in Visitor().get(answer.location).body

    def test_weeks_later_the_link_has_ended_and_sends_no_other(self, whole_town: Town) -> None:
        town = whole_town.at("training_closed")
        link = town.link(OWNER, OPINION)
        town.clock.wait(days=31)
        known = len(town.gate.letters)
        assert Visitor().post(link, ANSWERED).status == 410
        assert Visitor().post(f"{link}/lien").status == 200
        town.go_on()
        assert len(town.gate.letters) == known

    @pytest.mark.parametrize(("answers", "is_shown"), [(1, False), (2, False), (3, True)])
    def test_comments_are_held_back_until_three_have_answered(
        self, whole_town: Town, answers: int, is_shown: bool
    ) -> None:
        staff = whole_town.at("training_closed").visitors["quality_officer"]
        for number in range(answers):
            _answers(number)
        page = staff.get(RESULTS).body
        assert ("Commentaire 0" in page) is is_shown
        assert ("pour que personne ne soit reconnu" in page) is not is_shown
        assert len(page.encode()) < HTML_LIMIT

    def test_the_picture_says_the_same_as_the_tables(self, whole_town: Town) -> None:
        staff = whole_town.at("training_closed").visitors["quality_officer"]
        assert "Aucune réponse pour le moment" in staff.get(RESULTS).body
        _answers(0)
        for look in ("", "?avis=later", "?largeur=etroite&fond=sombre"):
            picture = staff.get(f"{RESULTS}/graphique.svg{look}")
            assert picture.headers["Content-Type"].startswith("image/svg+xml")
            assert picture.body.lstrip().startswith("<")


def _answers(number: int) -> None:
    """Somebody answers, with a comment."""
    one = replace(registration_of_town(), id=f"{registration_of_town().id}{number}")
    said = {**ANSWERED, "better": f"Commentaire {number}"}
    assert stores.feedback().add(one, Survey.AT_ONCE, said, stores.now())


def _query(**fields: str) -> str:
    return urlencode(fields)
