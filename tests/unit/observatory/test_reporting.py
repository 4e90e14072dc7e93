"""A report is begun once, moves by events, and what comes late or twice changes nothing."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.kernel.history import HistoryLine
from chalicelib.observatory.reporting import ReportService
from chalicelib.observatory.reports import (
    MOVES,
    OutOfStep,
    Report,
    ReportEvent,
    ReportStatus,
    ReportUnknown,
    change,
)
from tests.fakes.observatory import FakeReports
from tests.fakes.process import FakeProcess
from tests.observatory_office import an_observatory_office

RE, RS = ReportEvent, ReportStatus


@dataclass
class House:
    now: datetime = datetime(2027, 6, 26, 5, 0, tzinfo=UTC)
    reports: FakeReports = field(default_factory=FakeReports)
    process: FakeProcess = field(default_factory=FakeProcess)

    @property
    def service(self) -> ReportService:
        return ReportService(self.reports, self.process, an_observatory_office, lambda: self.now)

    def begun(self) -> Report:
        self.service.begin_due()
        return self.service.get_by_slug("bilan-hiver-2026-2027")

    def goes(self, report: Report, *events: ReportEvent) -> Report:
        for event in events:
            report = self.service.record(report.id, event, self.line())
        return report

    def line(self, who: str = "Marc Favre", reason: str = "") -> HistoryLine:
        return HistoryLine(self.now, who, "fait", reason)


@pytest.fixture
def house() -> House:
    return House()


def test_what_is_due_is_begun_once_and_started(house: House):
    first = house.service.begin_due()
    assert first == len(house.process.runs) > 1
    house.now += timedelta(hours=3)
    assert house.service.begin_due() == 0
    assert house.begun().status is RS.GATHERING


def test_the_whole_way_to_publication(house: House):
    report = house.goes(house.begun(), RE.DRAFTED, RE.REVIEWED, RE.APPROVED)
    assert not report.is_public
    assert report.published_at is None
    report = house.goes(report, RE.PRINTED)
    assert (report.is_public, report.published_at) == (True, house.now)
    assert house.goes(report, RE.SENT).status is RS.PUBLISHED


def test_what_the_direction_sends_back_is_reviewed_in_a_new_round(house: House):
    report = house.goes(house.begun(), RE.DRAFTED, RE.REVIEWED, RE.SENT_BACK)
    assert (report.status, report.round, report.run) == (RS.IN_REVIEW, 2, 1)
    late = house.service.record(report.id, RE.REVIEWED, house.line(), in_round=1)
    assert late.status is RS.IN_REVIEW


def test_what_comes_twice_changes_nothing(house: House):
    report = house.goes(house.begun(), RE.DRAFTED)
    assert house.goes(report, RE.DRAFTED) == report
    assert len(house.reports.list_history(report)) == 2


def test_silence_ends_and_is_taken_up_by_a_run_of_its_own(house: House):
    report = house.goes(house.begun(), RE.DRAFTED, RE.REVIEW_EXPIRED)
    assert (report.status, report.is_in_progress) == (RS.OVERDUE, False)
    taken = house.service.take_up(report, "Nour Blanc")
    assert (taken.status, taken.round, taken.run) == (RS.IN_REVIEW, 2, 2)
    assert house.process.inputs[taken.run_name] == {"report_id": report.id}


def test_a_commentary_is_kept_while_it_is_in_review_only(house: House):
    report = house.goes(house.begun(), RE.DRAFTED)
    said = house.service.comment(report, "Un hiver court.", "Nour Blanc")
    assert said.commentary == "Un hiver court."
    assert house.service.comment(said, "Un hiver court.", "Nour Blanc") is said
    with pytest.raises(OutOfStep):
        house.service.comment(house.goes(said, RE.REVIEWED), "Autre chose.", "Nour Blanc")


def test_a_report_is_dropped_with_a_reason_and_never_published(house: House):
    report = house.goes(house.begun(), RE.DRAFTED)
    dropped = house.service.drop(report, "Marc Favre", "Trop peu de réponses.")
    assert (dropped.status, dropped.note) == (RS.DROPPED, "Trop peu de réponses.")
    assert house.goes(dropped, RE.APPROVED).status is RS.DROPPED


def test_nothing_published_is_ever_taken_back():
    public = [(status, event) for status, event in MOVES if status in {RS.SENDING, RS.PUBLISHED}]
    assert public == [(RS.SENDING, RE.SENT)]


def test_who_asks_for_an_unknown_one_is_told(house: House):
    with pytest.raises(ReportUnknown):
        house.service.get_by_slug("bilan-ete-1999")
    with pytest.raises(OutOfStep):
        change(house.begun(), RE.SENT, house.line())
