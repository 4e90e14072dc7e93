"""The report machine, really executed: parts, draft, review, the direction's approval, the document, the mails."""

from contextlib import suppress
from unittest import mock

import pytest

from chalicelib.adapters.step_functions import StepFunctionsProcess, StepFunctionsResumer
from chalicelib.decisions.bootstrap import decision_repository, decision_service
from chalicelib.decisions.model import AlreadyDecided, DecisionState
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.files import FileMissing
from chalicelib.mail.bootstrap import outbox
from chalicelib.observatory import bootstrap
from chalicelib.observatory.reports import ReportStatus
from chalicelib.uploads.bootstrap import files
from tests.report_office import REPORT, SLUG
from tests.workflows import report_stories
from tests.workflows.edges import edges_of, taken
from tests.workflows.executed import no_time_between_attempts
from tests.workflows.executed_reports import Executed, reporting_cloud
from tests.workflows.report_stories import reviewed
from tests.workflows.test_subsidies_award import ATTEMPTS
from tests.world import as_addressee

READERS = {"nour.blanc@mairie.example.org", "redaction@gazette.example.org"}
PARTS = 3


@pytest.fixture
def cloud():
    with reporting_cloud() as made:
        yield made


@pytest.fixture
def story(cloud):
    return Executed(*cloud)


@pytest.mark.parametrize("name", report_stories.STORIES)
def test_a_life_takes_the_kept_steps_when_its_machine_is_really_executed(story, name):
    report_stories.STORIES[name](story)
    assert story.steps() == report_stories.LIVES.by_file(name, "report_id")


def test_every_way_out_of_every_state_is_taken_in_some_life():
    states, lives = report_stories.LIVES.states(), report_stories.LIVES.kept()
    assert edges_of(states) - set().union(*(taken(states, steps) for steps in lives.values())) == set()


def test_every_part_of_the_territory_is_read_and_forgotten_once_it_is_drafted(story):
    story.begins()
    assert story.cloud.calls.count("read_report_part") == PARTS
    assert kept() == [f"reports/{REPORT}/content", f"reports/{REPORT}/published"]


def test_everybody_is_told_once_in_batches_and_the_addresses_are_forgotten(story):
    reviewed(story).says("accept")
    assert story.cloud.calls.count("send_report_batch") == len(READERS)
    assert told() == sorted(READERS)
    assert story.cloud.invoke("list_report_recipients", {"report_id": REPORT})["batches"] == [0, 1]
    story.cloud.invoke("send_report_batch", {"report_id": REPORT, "batch": 1})
    assert told() == sorted(READERS)


def test_a_published_report_has_its_commentary_its_document_and_its_address(story):
    reviewed(story).says("accept")
    report = bootstrap.report_service().get_by_slug(SLUG)
    assert (report.status, report.published_at) == (ReportStatus.PUBLISHED, story.clock())
    assert bootstrap.report_files().content(REPORT).commentary == ("Un motif.",)
    assert files().get(f"printed/{REPORT}/report.pdf")


def test_nothing_is_public_or_printed_before_the_direction_says_so(story):
    reviewed(story)
    assert bootstrap.reports().list_in_status(*ReportStatus) == [story.report]
    assert not story.report.is_public
    with pytest.raises(FileMissing):
        files().get(f"printed/{REPORT}/report.pdf")


def test_the_history_says_who_did_what(story):
    reviewed(story).says("accept")
    lines = bootstrap.reports().list_history(story.report)
    assert [line.what for line in lines] == [
        "Bilan commencé", "Projet de bilan prêt", "Bilan relu, transmis à la direction",
        "Publication approuvée", "Bilan publié", "Bilan envoyé à tous",
    ]  # fmt: skip
    assert [line.who for line in lines[2:4]] == ["Claire Martin"] * 2


def test_who_reads_it_again_sees_why_it_was_sent_back(story):
    reviewed(story).says("send_back")
    assert (story.report.status, story.report.round, story.report.note) == (
        ReportStatus.IN_REVIEW, 2, "Un motif.",
    )  # fmt: skip
    assert any(line["reason"] == "Un motif." for line in story.pending().question.dossier["history"])


def test_a_report_that_is_dropped_closes_its_question_and_its_run(story):
    decision = story.begins().pending()
    story.is_dropped()
    assert decision_repository().find(decision.id).state is DecisionState.WITHDRAWN
    assert (story.report.status, story.ends()) == (ReportStatus.DROPPED, "SUCCEEDED")
    assert told() == []


def test_a_second_answer_is_told_the_first_and_changes_nothing(story):
    decision = reviewed(story).pending()
    story.says("drop")
    with pytest.raises(AlreadyDecided):
        decision_service().answer(decision.id, as_addressee(decision), "accept", "")
    assert story.report.status is ReportStatus.DROPPED


@pytest.mark.parametrize("event", ["reviewed", "review_expired", "approved", "sent_back", "dropped"])
def test_an_event_of_a_round_before_changes_nothing(story, event):
    before = reviewed(story).says("send_back").report
    heard = {"report_id": REPORT, "event": event, "round": 1}
    assert story.cloud.invoke("record_report_event", heard)["status"] == "in_review"
    assert story.report == before


def test_a_part_that_cannot_be_read_ends_the_run_and_another_reads_all(story):
    story.cloud.faults["read_report_part"] = [ChangedMeanwhile("encore")] * ATTEMPTS * PARTS
    with no_time_between_attempts():
        story.begins(rests=False)
        assert story.ends() == "FAILED"
    assert story.report.status is ReportStatus.GATHERING
    story.cloud.faults.clear()
    assert story.is_reconciled().report.status is ReportStatus.IN_REVIEW
    assert story.report.run == 2


def test_a_printer_that_is_out_of_order_holds_the_report_back_and_the_next_run_prints_it(story):
    reviewed(story)
    story.cloud.faults["print_report"] = [RuntimeError("no paper")]
    story.says("accept")
    assert (story.report.status, story.ends()) == (ReportStatus.PRINTING, "FAILED")
    assert told() == []
    assert story.is_reconciled().report.status is ReportStatus.PUBLISHED
    assert told() == sorted(READERS)


def test_a_batch_that_was_not_told_is_told_by_the_next_run_and_the_others_are_not_told_twice(story):
    reviewed(story)
    story.cloud.faults["send_report_batch"] = [RuntimeError("throttled")]
    story.says("accept")
    assert story.report.status is ReportStatus.SENDING
    assert story.report.is_public
    assert story.is_reconciled().report.status is ReportStatus.PUBLISHED
    assert told() == sorted(READERS)


def test_a_report_that_waits_for_another_too_long_is_tried_again_later(story):
    story.waits_for_another().meanwhile.clear()
    with no_time_between_attempts():
        story.begins(rests=False)
        assert story.ends() == "FAILED"
    bootstrap.report_service().drop(
        bootstrap.report_service().get("other"), "Claire Martin", "Calcul bloqué."
    )
    assert story.is_reconciled().report.status is ReportStatus.IN_REVIEW


def test_a_crash_between_the_write_and_the_start_is_repaired_by_the_reconciler(story):
    lost = mock.patch.object(StepFunctionsProcess, "start", side_effect=ConnectionError)
    with lost, suppress(ConnectionError):
        story.begins(rests=False)
    assert story.is_reconciled().pending().question.step == "report_review"
    assert story.report.run == 1


def test_a_crash_between_the_answer_and_the_resume_is_repaired_by_the_sweep(story):
    story.begins()
    lost = mock.patch.object(StepFunctionsResumer, "succeed", side_effect=ConnectionError)
    with lost, suppress(ConnectionError):
        story.says("submit")
    assert story.report.status is ReportStatus.IN_REVIEW
    assert story.is_swept().report.status is ReportStatus.AWAITING_APPROVAL


def kept():
    """The keys of what is kept of the report."""
    return [file.key for file in files().list_under(f"reports/{REPORT}/")]


def told():
    """Who got a mail about the report, once for each mail."""
    found = [mail.message for mail in outbox().list_by_record(REPORT)]
    return sorted(one.to for one in found if one.template == "observatory/report")
