"""Season reports: one contract, on the fake and on DynamoDB."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import Message
from chalicelib.mail.repository import OutboxRepository
from chalicelib.observatory.items import HEAD, ReportItem, report_key
from chalicelib.observatory.report_repository import ReportRepository
from chalicelib.observatory.reports import ReportEvent, ReportKind, ReportStatus, change
from tests.fakes.mail import FakeOutbox
from tests.fakes.observatory import FakeReports
from tests.observatory import ASKED_AT, a_season_report

RE, RS = ReportEvent, ReportStatus
LATER = ASKED_AT + timedelta(hours=1)
MAIL = Message("observatory/report", "cimes@example.org", "r1", "published", {"title": "Bilan"})


@pytest.fixture(params=["fake", "dynamodb"])
def reports(request):
    if request.param == "fake":
        return FakeReports(FakeOutbox())
    request.getfixturevalue("tables")
    return ReportRepository(OutboxRepository())


def a_line(what="Bilan commencé", at=ASKED_AT, reason=""):
    return HistoryLine(at, "Cordée", what, reason)


def begun(reports, key="r1", **changes):
    report = a_season_report(key, **changes)
    assert reports.add(report, a_line())
    return report


def goes(reports, report, *events, mails=(), at=LATER, **details):
    for event in events:
        changed = change(report, event, a_line(event.value, at, "Un motif."), **details)
        reports.save(changed, mails)
        report = changed.after
    return report


def test_what_is_added_is_found_as_it_was_by_its_identifier_and_by_its_address(reports):
    report = begun(reports)
    assert reports.find("r1") == reports.find_by_slug("bilan-r1") == report
    assert reports.list_history(report) == [a_line()]


@pytest.mark.parametrize("kind", ReportKind)
def test_each_kind_is_kept_with_what_was_said_of_it_and_when_it_was_published(reports, kind):
    told = {
        "commentary": "Un hiver court.\n\nMais plein.",
        "published_at": LATER,
        "compared": "",
        "note": "Non.",
    }
    report = begun(reports, kind=kind, round=2, run=3, **told)
    assert reports.find("r1") == report


def test_nobody_is_found_where_there_is_nothing(reports):
    begun(reports)
    assert reports.find("r") is None
    assert reports.find_by_slug("bilan-r") is None
    assert reports.list_in_status(RS.PUBLISHED) == []


def test_a_report_is_added_once_and_an_address_leads_to_one(reports):
    report = begun(reports)
    assert not reports.add(replace(report, subject="Autre chose"), a_line())
    assert not reports.add(replace(report, id="r2"), a_line())
    assert (reports.find("r1"), reports.find("r2")) == (report, None)


def test_a_change_is_kept_with_its_line_and_its_mails(reports):
    report = begun(reports)
    after = goes(reports, report, RE.DRAFTED, mails=[MAIL])
    assert reports.find("r1") == after
    assert (after.status, after.version) == (RS.IN_REVIEW, 2)
    assert reports.list_history(after) == [a_line(), a_line("drafted", LATER, "Un motif.")]
    assert len(reports.outbox.list_by_record("r1")) == 1


def test_who_saves_what_has_changed_meanwhile_is_told_and_writes_nothing(reports):
    report = begun(reports)
    after = goes(reports, report, RE.DRAFTED)
    with pytest.raises(ChangedMeanwhile):
        goes(reports, report, RE.DRAFTED, mails=[MAIL], at=LATER + timedelta(hours=1))
    assert reports.find("r1") == after
    assert len(reports.list_history(after)) == 2
    assert reports.outbox.list_by_record("r1") == []


def test_reports_are_listed_by_where_they_stand_the_last_first(reports):
    first, second = begun(reports), begun(reports, "r2")
    goes(reports, begun(reports, "r3"), RE.DRAFTED)
    first = goes(reports, first, RE.DRAFTED, RE.DROPPED)
    second = goes(reports, second, RE.DRAFTED, RE.DROPPED, at=LATER + timedelta(days=1))
    assert reports.list_in_status(RS.DROPPED) == [second, first]
    assert [one.id for one in reports.list_in_status(RS.GATHERING, RS.IN_REVIEW)] == ["r3"]


def test_all_reports_are_listed_in_the_order_in_which_they_were_begun_as_they_stand(reports):
    assert reports.list_all() == []
    second = begun(reports, "r2")
    first = begun(reports, "r1", created_at=ASKED_AT - timedelta(days=1), covered=("2027-03",))
    assert not reports.add(replace(first, id="r3"), a_line())
    after = goes(reports, second, RE.DRAFTED)
    assert reports.list_all() == [after, first]


def test_those_that_a_run_works_on_are_listed_once_they_are_still(reports):
    begun(reports)
    goes(reports, begun(reports, "r2"), RE.DRAFTED)
    goes(reports, begun(reports, "r3"), RE.DRAFTED, RE.REVIEW_EXPIRED, at=ASKED_AT)
    assert reports.list_in_progress(ASKED_AT) == ["r1"]
    assert reports.list_in_progress(LATER) == ["r1", "r2"]
    assert reports.list_in_progress(ASKED_AT - timedelta(seconds=1)) == []


def test_a_commentary_moves_nothing_but_the_version(reports):
    report = goes(reports, begun(reports), RE.DRAFTED)
    after = goes(reports, report, RE.COMMENTED, at=LATER + timedelta(days=1), commentary="Un hiver court.")
    assert reports.find("r1") == after
    assert (after.status_since, after.note) == (report.status_since, "Un motif.")


def test_a_run_is_counted_once_for_two_who_find_it_lost(reports):
    report = begun(reports)
    renewed = reports.renew_run(report)
    assert (renewed.run, renewed.version) == (2, 1)
    assert reports.find("r1") == renewed
    with pytest.raises(ChangedMeanwhile):
        reports.renew_run(report)


def test_a_report_that_moved_on_meanwhile_gets_no_other_run(reports):
    report = begun(reports)
    after = goes(reports, report, RE.DRAFTED)
    with pytest.raises(ChangedMeanwhile):
        reports.renew_run(report)
    assert reports.find("r1") == after


@pytest.mark.usefixtures("tables")
def test_a_report_that_was_taken_out_by_hand_stops_none_of_the_others():
    reports = ReportRepository(OutboxRepository())
    begun(reports, "r1")
    other = begun(reports, "r2", slug="bilan-r2")
    ReportItem(report_key("r1"), HEAD).delete()
    assert reports.list_all() == [other]
