"""A report is read part by part, drafted one after the other, and never says what an earlier one lets anybody compute."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.adapters import school_holidays
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.files import FileMissing
from chalicelib.observatory.content import Answer, Row, Satisfaction
from chalicelib.observatory.covering import months_of
from chalicelib.observatory.making import Making
from chalicelib.observatory.method import BOOKED, VOICES
from chalicelib.observatory.model import MonthlyReturn, Sold
from chalicelib.observatory.report_files import ReportFiles
from chalicelib.observatory.reports import Report, ReportKind, ReportStatus
from chalicelib.observatory.slices import slices_of_month
from chalicelib.observatory.voices import Said, Voice
from chalicelib.office.observatory import NoObservatory
from tests.fakes.mail import FakeOutbox
from tests.fakes.observatory import FakeReports, FakeReturns
from tests.fakes.uploads import FakeFiles
from tests.observatory import HOTEL, a_return, given
from tests.observatory_office import an_observatory_office

NOW = datetime(2027, 6, 26, 5, 0, tzinfo=UTC)


def _report(about: str, kind: ReportKind = ReportKind.BULLETIN, **changes: object) -> Report:
    made = Report(
        id=f"id-{about}", slug=f"slug-{about}", kind=kind, about=about, subject=about, status=ReportStatus.GATHERING,
        status_since=NOW, created_at=NOW, office_version=1,
        covered=months_of(kind, about, an_observatory_office().observatory_rules).all,
    )  # fmt: skip
    return replace(made, **changes)


@dataclass
class House:
    store: FakeFiles = field(default_factory=FakeFiles)
    reports: FakeReports = field(default_factory=FakeReports)
    returns: FakeReturns = field(default_factory=lambda: FakeReturns(FakeOutbox()))

    @property
    def files(self) -> ReportFiles:
        return ReportFiles(self.store)

    @property
    def making(self) -> Making:
        return Making(
            self.returns, self.reports, self.files, school_holidays, lambda day: frozenset(), list, an_observatory_office,
            lambda: NOW,
        )  # fmt: skip

    def sold(self, number: int, month: str, occupied: int, commune: str = "01210") -> MonthlyReturn:
        hotel = replace(HOTEL, id=f"h{number}", commune=commune)
        sold = {
            one.id: Sold(20 * one.length_days, occupied * one.length_days) for one in slices_of_month(month)
        }
        one = given(a_return(month=month, establishment=hotel), sold=sold)
        self.returns.kept[one.id] = one
        return one

    def drafted(self, report: Report) -> Report:
        self.reports.kept[report.id] = report
        for number in self.making.part_numbers():
            self.making.read_part(report, number)
        self.making.draft(report)
        self.reports.kept[report.id] = replace(report, status=ReportStatus.IN_REVIEW)
        return report


@pytest.fixture
def house() -> House:
    return House()


def test_a_month_is_drafted_from_all_parts(house: House):
    for number, commune in enumerate(["01210", "01160", "01281"]):
        house.sold(number, "2027-05", 10, commune)
    report = house.drafted(_report("2027-05"))
    content = house.files.content(report.id)
    assert content.panel.given == 3
    assert content.key_figures[0].value == 50.0


def test_a_season_is_drafted_beside_the_one_before(house: House):
    for number in range(3):
        for month, occupied in (("2027-01", 12), ("2026-01", 10)):
            house.sold(number, month, occupied)
    report = _report("hiver-2026-2027", ReportKind.CLOSING, compared="Hiver 2025-2026")
    content = house.files.content(house.drafted(report).id)
    assert (content.key_figures[0].value, content.key_figures[0].change) == (60.0, 10.0)


def test_nothing_is_drafted_before_every_part_is_read(house: House):
    with pytest.raises(FileMissing):
        house.making.draft(_report("2027-05"))


def test_steps_that_run_again_write_the_same(house: House):
    for number in range(3):
        house.sold(number, "2027-05", 10)
    report = house.drafted(_report("2027-05"))
    before = dict(house.store.files)
    house.drafted(report)
    assert dict(house.store.files) == before


def test_drafts_come_one_after_the_other(house: House):
    first, second = _report("2027-04"), _report("2027-05")
    for one in (first, second):
        house.reports.kept[one.id] = one
        for number in house.making.part_numbers():
            house.making.read_part(one, number)
    with pytest.raises(ChangedMeanwhile):
        house.making.draft(second)
    house.drafted(first)
    house.making.draft(second)


class LaggingReports(FakeReports):
    """Its index knows of nothing yet."""

    def list_in_status(self, *statuses: ReportStatus) -> list[Report]:
        return []


def test_an_index_that_lags_behind_lets_no_draft_pass_over_another():
    house = House(reports=LaggingReports())
    first, second = _report("2027-04"), _report("2027-05", created_at=NOW - timedelta(seconds=1))
    house.reports.kept = {first.id: first}
    with pytest.raises(ChangedMeanwhile):
        house.drafted(second)


def test_an_index_that_lags_behind_hides_no_report_from_the_next_one():
    found = []
    for reports in (FakeReports(), LaggingReports()):
        house = House(reports=reports)
        for month, hotels in (("2026-12", 4), ("2027-01", 2), ("2027-02", 4)):
            for number in range(hotels):
                house.sold(number, month, 10)
        for month in ("2026-12", "2027-02"):
            house.drafted(_report(month))
        season = house.drafted(_report("hiver-2026-2027", ReportKind.CLOSING))
        found.append(house.files.content(season.id))
    assert found[0] == found[1]


def test_a_report_is_made_of_the_months_that_it_holds_and_of_no_other(house: House):
    """The office file may have moved the season since the report was begun."""
    for number in range(3):
        for month in ("2027-01", "2027-02"):
            house.sold(number, month, 10)
    report = _report("hiver-2026-2027", ReportKind.CLOSING, covered=("2027-01",))
    content = house.files.content(house.drafted(report).id)
    assert {
        week.state for week in content.weeks if "février 2027" in week.label and "janvier" not in week.label
    } == {"closed"}


def test_no_file_of_a_draft_names_an_establishment(house: House):
    for number in range(2):
        house.sold(number, "2027-05", 10)
    report = house.drafted(_report("2027-05"))
    for name in ("content", "published"):
        assert "h0" not in json.dumps(house.store.files[f"reports/{report.id}/{name}"][0].decode())
    house.files.forget_people(report.id)
    assert not [key for key in house.store.files if "/parts/" in key]


def test_a_season_that_left_the_office_file_is_told(house: House):
    with pytest.raises(NoObservatory, match="plus dans le fichier"):
        house.making.read_part(_report("hiver-1999", ReportKind.CLOSING), 0)


def test_the_season_says_nothing_that_its_bulletins_let_anybody_compute(house: House):
    """Two hotels of three are open in one month: what is hidden in its bulletin stays hidden in the season's report."""
    for month in ("2026-12", "2027-01", "2027-02"):
        for number in range(4 if month != "2027-01" else 2):
            house.sold(number, month, 10)
    for month in ("2026-12", "2027-02"):
        house.drafted(_report(month))
    season = house.drafted(_report("hiver-2026-2027", ReportKind.CLOSING))
    content = house.files.content(season.id)
    january = [
        week for week in content.weeks if "janvier 2027" in week.label and "décembre" not in week.label
    ]
    assert {week.state for week in january} == {"secret"}


def test_a_bulletin_says_what_is_booked_already_and_a_season_how_it_was(house: House):
    for number in range(3):
        for month, said in (
            ("2027-05", Said(Voice("hiver-2026-2027", "good", ("weather",)), {"2027-07": 310})),
            ("2026-05", Said(booked={"2026-07": 186})),
        ):
            one = house.sold(number, month, 10)
            house.returns.kept[one.id] = replace(one, said=said)
    bulletin = house.files.content(house.drafted(_report("2027-05")).id)
    assert bulletin.outlook == (Row("Juillet 2027", 50.0, 30.0, 20.0),)
    assert bulletin.satisfaction == Satisfaction()
    season = _report("hiver-2026-2027", ReportKind.CLOSING, compared="Hiver 2025-2026")
    content = house.files.content(house.drafted(season).id)
    assert (content.satisfaction.answers, content.outlook) == (3, ())
    assert content.satisfaction.rows[1] == Answer("Bonne", 3)
    assert content.satisfaction.reasons == (Answer("La météo", 3),)
    assert [bulletin.method.count(BOOKED), content.method.count(VOICES)] == [1, 1]
    assert [bulletin.method.count(VOICES), content.method.count(BOOKED)] == [0, 0]
