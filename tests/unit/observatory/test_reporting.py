"""A report is begun once, moves by events, and what comes late or twice changes nothing."""

from dataclasses import dataclass, field, replace
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
from tests.fakes.mail import FakeOutbox
from tests.fakes.observatory import FakeReports, FakeReturns
from tests.fakes.process import FakeProcess
from tests.observatory import a_return, given
from tests.observatory_office import a_season, an_observatory_office

RE, RS = ReportEvent, ReportStatus


@dataclass
class House:
    now: datetime = datetime(2027, 6, 26, 5, 0, tzinfo=UTC)
    reports: FakeReports = field(default_factory=FakeReports)
    returns: FakeReturns = field(default_factory=lambda: FakeReturns(FakeOutbox()))
    process: FakeProcess = field(default_factory=FakeProcess)

    def __post_init__(self) -> None:
        self.reports.covered = self.returns.covered
        for month in ("2026-07", "2027-01", "2027-04", "2027-05"):
            self.gives(month)

    def gives(self, month: str) -> None:
        one = given(a_return(month=month))
        self.returns.kept[one.id] = one

    @property
    def slugs(self) -> set[str]:
        """The addresses of the reports that were begun."""
        return {one.slug for one in self.reports.list_all()}

    @property
    def service(self) -> ReportService:
        return ReportService(
            self.reports, self.returns, self.process, an_observatory_office, lambda: self.now
        )

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


def test_a_report_about_which_nobody_gave_anything_is_not_begun(house: House):
    house.returns.kept.clear()
    assert house.service.begin_due() == 0
    house.gives("2027-04")
    house.service.begin_due()
    assert house.slugs == {"bilan-hiver-2026-2027", "bulletin-2027-04"}


def test_what_a_season_promises_is_told_once_there_are_figures_of_the_season_before(house: House):
    house.returns.kept.clear()
    house.gives("2027-05")
    house.service.begin_due()
    assert "ouverture-ete-2027" not in house.slugs
    house.gives("2026-08")
    house.service.begin_due()
    assert "ouverture-ete-2027" in house.slugs


def test_a_report_holds_the_months_that_it_is_made_of_until_it_is_dropped(house: House):
    report = house.begun()
    assert house.returns.list_covered(["2025-12", "2026-12", "2027-05", "2027-06", "2028-01"]) == {
        "2025-12", "2026-12", "2027-05",
    }  # fmt: skip
    for one in house.reports.list_all():
        house.service.drop(one, "Marc Favre", "Trop peu de réponses.")
    assert house.returns.list_covered(report.covered) == set()


def test_a_month_is_held_as_long_as_one_report_is_made_of_it(house: House):
    house.service.drop(house.begun(), "Marc Favre", "Trop peu de réponses.")
    assert house.returns.list_covered(["2027-01", "2027-05"]) == {"2027-05"}


def test_what_a_season_promises_waits_until_the_months_before_it_take_no_figures():
    seasons = [
        a_season("ailes-2025", "shoulder", "Ailes 2025", "2025-05-20", "2026-06-30"),
        a_season("ailes-2026", "shoulder", "Ailes 2026", "2026-07-20", "2026-08-31"),
    ]
    office = an_observatory_office(seasons=seasons)
    house = House(datetime(2026, 7, 10, 5, 0, tzinfo=UTC))
    house.gives("2026-06")
    service = replace(house.service, office=lambda: office)
    assert service.begin_due() == 0
    house.now += timedelta(days=17)
    assert service.begin_due() > 0


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
