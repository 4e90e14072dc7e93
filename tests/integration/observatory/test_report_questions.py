"""The question about a report says what its text is for, and takes as much of it as the desk does."""

from html import unescape

import pytest

from chalicelib.decisions.bootstrap import decision_service
from chalicelib.decisions.messages import reminder_mail, request_mail
from chalicelib.decisions.model import Addressee, DecisionState
from chalicelib.kernel.history import HistoryLine
from chalicelib.observatory import bootstrap, report_questions
from chalicelib.observatory.reports import MOST_LETTERS, ReportStatus
from tests.integration.observatory.house import at_the_desk, clock
from tests.observatory import a_season_report
from tests.unit.mail.letters import letter_of

__all__ = ["clock"]
DIRECTOR = "claire.martin@val.example.org"


def asked(clock, write, status) -> str:
    """The page of the question at the desk."""
    report = a_season_report(status=status, created_at=clock(), status_since=clock())
    line = HistoryLine(clock(), "Cordée", "Bilan commencé")
    question = write(report_questions.ReportCase(report, [], bootstrap.office(), [line], clock()))
    decision = decision_service().open(question.question, question.addressee, "token")
    return f"/bureau/decisions/{decision.id}"


@pytest.fixture
def desk(clock):
    return at_the_desk(DIRECTOR)


@pytest.mark.parametrize(
    ("write", "status", "label"),
    [
        (report_questions.review, ReportStatus.IN_REVIEW, "Commentaire de l’office, ou motif"),
        (report_questions.approval, ReportStatus.AWAITING_APPROVAL, "Motif"),
    ],
)
def test_its_page_names_no_applicant(desk, clock, write, status, label):
    page = desk.get(asked(clock, write, status)).body
    assert f'<label for="champ-reason">{label}</label>' in page
    assert 'maxlength="3000"' in page
    assert "emandeur" not in page


@pytest.mark.parametrize(
    ("write", "status", "title"),
    [
        (report_questions.review, ReportStatus.IN_REVIEW, "relecture"),
        (report_questions.approval, ReportStatus.AWAITING_APPROVAL, "publication"),
    ],
)
def test_its_mails_name_the_report_by_its_title_alone(clock, write, status, title):
    decision = decision_service().get(asked(clock, write, status).rpartition("/")[2])
    asking, again = (
        letter_of(mail(decision, Addressee("Claire Martin", DIRECTOR), clock(), "asked"), bootstrap.office())
        for mail in (request_mail, reminder_mail)
    )
    named = f"{title} ({decision.question.subject_name})"
    assert asking.subject.endswith(f"\u00a0: {named}")
    assert again.subject.endswith(f"(rappel)\u00a0: {named}")
    assert "le dossier est résumé" in asking.text
    assert "Le dossier l’attend depuis" in again.text


def test_a_commentary_longer_than_at_the_desk_stays_on_the_page_to_be_shortened(desk, clock):
    path = asked(clock, report_questions.review, ReportStatus.IN_REVIEW)
    answer = desk.post(path, outcome="submit", reason="à" * (MOST_LETTERS + 1))
    assert answer.status == 422
    assert "3\u202f000\u00a0caractères au plus" in unescape(answer.body)
    assert "à" * (MOST_LETTERS + 1) in answer.body
    assert decision_service().get(path.rpartition("/")[2]).state is DecisionState.PENDING


def test_ends_of_lines_count_once_as_in_the_browser(desk, clock, monkeypatch):
    path = asked(clock, report_questions.review, ReportStatus.IN_REVIEW)
    said = []
    monkeypatch.setattr(type(decision_service()), "settle", lambda self, decided, line: said.append(decided))
    assert desk.post(path, outcome="submit", reason="\r\n".join(["à"] * (MOST_LETTERS // 2))).status == 303
    assert said[0].answer.reason == "\n".join(["à"] * (MOST_LETTERS // 2))


def test_who_gives_a_report_up_without_a_word_is_told_what_is_missing(desk, clock):
    path = asked(clock, report_questions.review, ReportStatus.IN_REVIEW)
    answer = desk.post(path, outcome="drop", reason="  ")
    assert answer.status == 422
    assert "pourquoi ce bilan est abandonné" in unescape(answer.body)
