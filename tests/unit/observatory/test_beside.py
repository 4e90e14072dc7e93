"""What stands beside one's own figures was published before: weeks of the territory, the kind's rate of the season."""

from dataclasses import dataclass, field, replace

from chalicelib.kernel.files import FileMissing
from chalicelib.observatory.beside import MOST_REPORTS, Beside, Group, Position
from chalicelib.observatory.content import Row, Table, WeekRow
from chalicelib.observatory.model import Sold
from chalicelib.observatory.reports import ReportKind
from tests.observatory import a_return, a_season_report, given
from tests.observatory_office import an_observatory_office
from tests.unit.documents.report_samples import a_bare_report

FIRST, SECOND = "semaine du 1er au 7\u00a0mars 2027", "semaine du 8 au 14\u00a0mars 2027"
HOTELS = Table("categories", "Par type", "", (Row("Hôtel", 61.2), Row("Camping", state="secret")))
WINTER = an_observatory_office().observatory_rules.season("hiver-2026-2027")
OWN = [given(a_return(), sold={"2027-03-01": Sold(140, 98), "2027-05-03": Sold(140, 0)})]


@dataclass
class House:
    kept: dict = field(default_factory=dict)
    read: list = field(default_factory=list)

    def publish(self, kind, about, *weeks, tables=()):
        report = a_season_report(f"{kind}-{about}", kind=kind, about=about)
        content = replace(a_bare_report(), weeks=weeks, tables=tables)
        self.kept[report.id] = (report, content)

    def list_published(self):
        return [report for report, _ in self.kept.values()]

    def content(self, report_id):
        self.read.append(report_id)
        if self.kept[report_id][1] is None:
            raise FileMissing
        return self.kept[report_id][1]

    def of(self, month="2027-03"):
        return Beside(self, self, an_observatory_office).of(month)


def test_weeks_come_from_the_bulletins_of_the_months_and_from_the_season():
    house = House()
    house.publish(ReportKind.BULLETIN, "2027-03", WeekRow(FIRST, 60.0))
    house.publish(ReportKind.CLOSING, "hiver-2026-2027", WeekRow(SECOND, 50.0))
    assert {label: week.rate for label, week in house.of().weeks.items()} == {FIRST: 60.0, SECOND: 50.0}


def test_what_one_report_hides_and_another_tells_is_told():
    house = House()
    house.publish(ReportKind.CLOSING, "hiver-2026-2027", WeekRow(FIRST, state="secret"))
    house.publish(ReportKind.BULLETIN, "2027-03", WeekRow(FIRST, 60.0))
    assert house.of().weeks[FIRST].rate == 60.0


def test_at_most_three_reports_are_read_and_none_of_other_months():
    house = House()
    for month in ("2027-03", "2027-02", "2027-01", "2026-12"):
        house.publish(ReportKind.BULLETIN, month)
    house.publish(ReportKind.CLOSING, "hiver-2026-2027")
    house.publish(ReportKind.CLOSING, "automne-2026")
    house.publish(ReportKind.OPENING, "printemps-2027")
    house.of()
    assert house.read == ["closing-hiver-2026-2027", "bulletin-2027-03", "bulletin-2027-02"]
    assert len(house.read) == MOST_REPORTS


def test_where_nothing_is_published_there_is_nothing():
    assert House().of() == Group()


def test_a_report_that_cannot_be_read_keeps_nobody_from_ones_own_figures():
    house = House()
    house.publish(ReportKind.BULLETIN, "2027-03")
    house.kept["bulletin-2027-03"] = (house.kept["bulletin-2027-03"][0], None)
    assert house.of() == Group()


def test_ones_own_rate_of_the_season_stands_beside_that_of_ones_kind():
    house = House()
    house.publish(ReportKind.CLOSING, "hiver-2026-2027", tables=(HOTELS,))
    found = house.of().position_of(OWN, "hotel")
    assert found == Position("Hiver 2026-2027", "70,0\u00a0%", "Hôtel", "61,2\u00a0%")


def test_without_both_rates_there_is_no_position():
    group = Group({}, WINTER, HOTELS.rows)
    assert group.position_of(OWN, "campsite") is None
    assert group.position_of([], "hotel") is None
    assert group.position_of([a_return()], "hotel") is None
    assert Group({}, None, HOTELS.rows).position_of(OWN, "hotel") is None
