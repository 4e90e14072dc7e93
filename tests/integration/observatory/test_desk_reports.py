"""Reports at the desk: what waits, the draft as it will be, the commentary, taking up, giving up; and for whom."""

from datetime import timedelta
from html import unescape

import pytest

from chalicelib.kernel.history import HistoryLine
from chalicelib.observatory import bootstrap
from chalicelib.observatory.reports import ReportEvent, ReportStatus, change
from tests.integration.observatory.house import at_the_desk, clock
from tests.observatory import a_season_report
from tests.unit.documents.report_samples import a_report

__all__ = ["clock"]
RE, RS = ReportEvent, ReportStatus
DIRECTOR, OFFICER = "claire.martin@val.example.org", "yann.legoff@val.example.org"
LIST = "/bureau/observatoire/bilans"
ONE = f"{LIST}/bilan-r1"


@pytest.fixture
def desk(clock):
    return at_the_desk(DIRECTOR)


def stands(clock, *events, key="r1"):
    """A report with a draft, after these events."""
    report = a_season_report(key, created_at=clock(), status_since=clock())
    bootstrap.reports().add(report, HistoryLine(clock(), "Cordée", "Bilan commencé"))
    bootstrap.report_files().keep_content(report.id, a_report())
    for event in events:
        changed = change(report, event, HistoryLine(clock(), "Claire Martin", event.value))
        bootstrap.reports().save(changed, [])
        report = changed.after
    return report


def now_of(report):
    return bootstrap.report_service().get(report.id)


def seen(report):
    return {"vu": str(report.version)}


def test_reports_are_listed_by_where_they_stand_what_is_late_first(desk, clock):
    stands(clock, RE.DRAFTED)
    stands(clock, RE.DRAFTED, RE.REVIEW_EXPIRED, key="r2")
    page = desk.get(LIST).body
    assert (
        page.index("Sans réponse") < page.index("bilan-r2") < page.index("À relire") < page.index("bilan-r1")
    )
    assert "Publiés" not in page


def test_an_office_without_reports_says_when_the_first_one_comes(desk):
    assert "Aucun bilan n’est commencé" in desk.get(LIST).body


@pytest.mark.parametrize("path", [LIST, ONE, f"{ONE}/projet", f"{ONE}/projet/graphique.svg?partie=semaines"])
def test_drafts_are_for_the_observatory_and_the_direction_alone(desk, clock, path):
    stands(clock, RE.DRAFTED)
    assert desk.get(path).status == 200
    assert at_the_desk(OFFICER).get(path).status == 403


@pytest.mark.parametrize("act", ["commentaire", "reprise", "abandon"])
def test_nobody_else_does_anything_to_them(clock, act):
    report = stands(clock, RE.DRAFTED)
    assert at_the_desk(OFFICER).post(f"{ONE}/{act}", motif="Non", commentaire="Non").status == 403
    assert now_of(report) == report


def test_the_draft_is_what_the_page_will_be_with_its_commentary_and_pictures(desk, clock):
    report = stands(clock, RE.DRAFTED)
    desk.post(f"{ONE}/commentaire", commentaire="Un hiver court.", **seen(report))
    page = desk.get(f"{ONE}/projet").body
    assert "Projet, à ne pas diffuser" in page
    assert "Un hiver court." in page
    assert f"{ONE}/projet/graphique.svg" in page
    assert "noindex" in page
    assert "bilan.pdf" not in page


def test_a_draft_that_is_not_written_yet_is_not_there(desk, clock):
    report = stands(clock)
    bootstrap.report_files().store.delete(f"reports/{report.id}/content")
    assert desk.get(f"{ONE}/projet").status == 404
    assert "Lire le projet" not in desk.get(ONE).body
    assert desk.get(f"{LIST}/bilan-ailleurs").status == 404


def test_a_commentary_is_kept_and_said_to_be(desk, clock):
    report = stands(clock, RE.DRAFTED)
    answer = desk.post(f"{ONE}/commentaire", commentaire="Un hiver court.\r\n\r\nMais plein.", **seen(report))
    assert answer.status == 303
    assert now_of(report).commentary == "Un hiver court.\n\nMais plein."
    page = desk.get(answer.headers["Location"].removeprefix("https://pro.example.org")).body
    assert "Le commentaire est enregistré" in page
    assert "Commentaire modifié" in page


def test_a_commentary_that_is_too_long_stays_where_it_was_typed(desk, clock):
    report, text = stands(clock, RE.DRAFTED), "é" * 3001
    answer = desk.post(f"{ONE}/commentaire", commentaire=text, **seen(report))
    assert answer.status == 422
    assert text in answer.body
    assert "Raccourcissez" in answer.body
    assert now_of(report) == report
    assert desk.post(f"{ONE}/commentaire", commentaire=text[1:], **seen(report)).status == 303


def test_of_two_who_comment_at_once_the_second_sees_both_and_chooses(desk, clock):
    report = stands(clock, RE.DRAFTED)
    desk.post(f"{ONE}/commentaire", commentaire="Le premier.", **seen(report))
    answer = desk.post(f"{ONE}/commentaire", commentaire="Le second.", **seen(report))
    assert answer.status == 422
    assert "Le premier." in answer.body
    assert "Le second." in answer.body
    assert now_of(report).commentary == "Le premier."
    desk.post(f"{ONE}/commentaire", commentaire="Le second.", **seen(now_of(report)))
    assert now_of(report).commentary == "Le second."


def test_a_commentary_that_comes_too_late_is_shown_to_be_copied(desk, clock):
    report = stands(clock, RE.DRAFTED, RE.REVIEWED)
    answer = desk.post(f"{ONE}/commentaire", commentaire="Trop tard.", **seen(report))
    assert answer.status == 422
    assert "Votre commentaire, non enregistré" in answer.body
    assert "Trop tard." in answer.body
    assert now_of(report) == report


def test_a_report_that_nobody_answered_is_read_again_once(desk, clock, monkeypatch):
    started = []
    service = bootstrap.report_service()
    monkeypatch.setattr(type(service.process), "start", lambda self, name, given: started.append(name))
    report = stands(clock, RE.DRAFTED, RE.REVIEW_EXPIRED)
    assert "Demander de nouveau la relecture" in desk.get(ONE).body
    for _ in range(2):
        assert desk.post(f"{ONE}/reprise").status == 303
    assert (now_of(report).status, started) == (RS.IN_REVIEW, ["r1-2"])


@pytest.mark.parametrize(
    "events", [(), (RE.DRAFTED,), (RE.DRAFTED, RE.REVIEWED), (RE.DRAFTED, RE.REVIEW_EXPIRED)]
)
def test_a_report_is_given_up_with_a_reason_and_its_sums_are_forgotten(desk, clock, events):
    report = stands(clock, *events)
    bootstrap.report_files().keep_part(report.id, 0, {})
    assert "Indiquez pourquoi" in unescape(desk.post(f"{ONE}/abandon", motif=" ").body)
    assert now_of(report) == report
    for _ in range(2):
        assert desk.post(f"{ONE}/abandon", motif="Trop peu de réponses.").status == 303
    assert (now_of(report).status, now_of(report).note) == (RS.DROPPED, "Trop peu de réponses.")
    assert bootstrap.report_files().store.list_under(f"reports/{report.id}/parts/") == []
    assert "Trop peu de réponses." in desk.get(ONE).body


def test_what_is_published_cannot_be_given_up_or_taken_up(desk, clock):
    report = stands(clock, RE.DRAFTED, RE.REVIEWED, RE.APPROVED, RE.PRINTED, RE.SENT)
    page = desk.get(ONE).body
    assert "Voir la page publique" in page
    assert "Abandonner" not in page
    assert {desk.post(f"{ONE}/abandon", motif="Non.").status, desk.post(f"{ONE}/reprise").status} == {409}
    assert now_of(report) == report


def test_the_front_page_says_what_is_late_to_whom_it_is_work(desk, clock):
    stands(clock, RE.DRAFTED, RE.REVIEW_EXPIRED)
    stands(clock, key="r2")
    assert "bilan-r1" in desk.get("/bureau").body
    assert "bilan-r2" not in desk.get("/bureau").body
    clock.at += timedelta(hours=25)
    page = at_the_desk(DIRECTOR).get("/bureau").body
    assert "Bilans en retard" in page
    assert "bilan-r2" in page
    assert "bilan-r1" not in at_the_desk(OFFICER).get("/bureau").body


def test_markup_in_a_commentary_or_a_reason_is_text(desk, clock):
    report = stands(clock, RE.DRAFTED)
    evil = "<script>alert(1)</script>"
    desk.post(f"{ONE}/commentaire", commentaire=evil, **seen(report))
    desk.post(f"{ONE}/abandon", motif=evil)
    for path in (ONE, f"{ONE}/projet"):
        page = desk.get(path).body
        assert evil not in page
        assert "&lt;script&gt;" in page
