"""Of a report that was given up no file is kept; of one that is published all are."""

from datetime import timedelta

import pytest

from chalicelib.kernel.history import HistoryLine
from chalicelib.observatory.forgetting import LATELY, Forgetting
from chalicelib.observatory.report_files import ReportFiles
from chalicelib.observatory.reports import Report, ReportStatus
from tests.fakes.observatory import FakeReports
from tests.fakes.uploads import FakeFiles
from tests.observatory import ASKED_AT, a_season_report


class House:
    def __init__(self) -> None:
        self.now = ASKED_AT
        self.reports, self.store = FakeReports(), FakeFiles()
        self.files = ReportFiles(self.store)
        self.forgetting = Forgetting(self.reports, self.files, lambda: self.now)

    def has(self, key: str, status: ReportStatus) -> Report:
        report = a_season_report(key, status=status)
        self.reports.add(report, HistoryLine(ASKED_AT, "Cordée", "Bilan commencé"))
        self.files.keep_part(key, 0, {})
        self.files.keep_published(key, [])
        return report


@pytest.fixture
def house() -> House:
    return House()


def test_the_files_of_a_dropped_report_are_forgotten_once(house: House):
    house.has("r1", ReportStatus.DROPPED)
    house.now += timedelta(minutes=5)
    assert house.forgetting.forget_dropped() == 1
    assert house.store.files == {}
    assert house.forgetting.forget_dropped() == 0


def test_what_a_late_run_wrote_after_that_is_forgotten_too(house: House):
    house.has("r1", ReportStatus.DROPPED)
    house.forgetting.forget_dropped()
    house.files.keep_published("r1", [])
    assert house.forgetting.forget_dropped() == 1
    assert house.store.files == {}


@pytest.mark.parametrize("status", [one for one in ReportStatus if one is not ReportStatus.DROPPED])
def test_what_any_other_report_says_is_kept(house: House, status: ReportStatus):
    house.has("r1", status)
    house.has("r10", ReportStatus.DROPPED)
    assert house.forgetting.forget_dropped() == 1
    assert sorted(house.store.files) == ["reports/r1/parts/0", "reports/r1/published"]


def test_reports_that_were_dropped_long_ago_are_not_looked_at_again(house: House):
    house.has("r1", ReportStatus.DROPPED)
    house.now += LATELY
    assert house.forgetting.forget_dropped() == 0
