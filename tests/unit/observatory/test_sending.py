"""A report goes once to each address, with their own position for who gave figures, and none for who did not."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from chalicelib.adapters import school_holidays
from chalicelib.mail.model import Message
from chalicelib.observatory.content import Content, KeyFigure, Row, Table, WeekRow
from chalicelib.observatory.frames import Frame, frames_of_month
from chalicelib.observatory.report_files import ReportFiles
from chalicelib.observatory.reports import Report, ReportKind, ReportStatus
from chalicelib.observatory.sending import BATCH, Reader, Sending
from tests.fakes.mail import FakeOutbox
from tests.fakes.observatory import FakeReturns
from tests.fakes.uploads import FakeFiles
from tests.observatory import HOTEL, a_return, given
from tests.observatory_office import an_observatory_office

NOW = datetime(2027, 6, 26, 5, 0, tzinfo=UTC)
REPORT = Report(
    "r1", "bilan-hiver", ReportKind.CLOSING, "2027-03", "Hiver", ReportStatus.SENDING, NOW, NOW, 1,
)  # fmt: skip
HOTELS = Table("categories", "Par type", rows=(Row("Hôtel", 61.0),))
CONTENT = Content(
    "season_end", "Bilan", "Pays de Gex", "du 1er au 31 mars 2027", "", "2027-06-26",
    key_figures=(KeyFigure("Taux d’occupation", 60.0, 3.0),), weeks=(WeekRow("semaine", 60.0),), tables=(HOTELS,),
)  # fmt: skip
PARTNERS = [Reader(HOTEL.email, "partner", HOTEL.id, "hotel"), Reader("boutique@example.org", "partner")]


@dataclass
class House:
    partners: list[Reader] = field(default_factory=lambda: list(PARTNERS))
    outbox: FakeOutbox = field(default_factory=FakeOutbox)
    content: Content = CONTENT

    def __post_init__(self) -> None:
        self.returns = FakeReturns(self.outbox)
        self.files = ReportFiles(FakeFiles())
        self.files.keep_content("r1", self.content)

    def list_readers(self) -> Iterable[Reader]:
        return self.partners

    @property
    def sending(self) -> Sending:
        def frame_of(report: Report) -> Frame:
            return frames_of_month(report.about, school_holidays).now

        def enqueue(message: Message) -> bool:
            return self.outbox.put_once(message, NOW)

        return Sending(self, self.returns, self.files, frame_of, enqueue, an_observatory_office, lambda: NOW)

    def sends(self, report: Report = REPORT) -> int:
        return sum(self.sending.send_batch(report, number) for number in self.sending.list_batches(report))

    def told(self) -> dict[str, Message]:
        return {mail.to: mail for mail in self.outbox.messages}


@pytest.fixture
def house() -> House:
    return House()


def test_partners_elected_members_and_the_press_are_told_once(house: House):
    assert house.sends() == 4
    assert house.sends() == 0
    assert {to: mail.context["audience"] for to, mail in house.told().items()} == {
        "cimes@example.org": "partner", "boutique@example.org": "partner",
        "nour.blanc@mairie.example.org": "elected", "redaction@gazette.example.org": "press",
    }  # fmt: skip


@pytest.mark.parametrize("kind", ReportKind)
def test_reports_of_every_kind_go_to_all_of_them(house: House, kind: ReportKind):
    assert house.sends(replace(REPORT, kind=kind)) == 4


def test_who_gave_figures_reads_their_position_beside_their_kind(house: House):
    one = given(a_return())
    house.returns.kept[one.id] = one
    house.sends()
    assert house.told()["cimes@example.org"].context["own"] == {
        "rate": "60,0\u00a0%",
        "kind": "Hôtel",
        "group": "61,0\u00a0%",
    }
    assert house.told()["boutique@example.org"].context["own"] == {}


def test_who_gave_nothing_has_no_position(house: House):
    house.returns.kept["2027-03-hotel-1"] = a_return()
    house.sends()
    assert house.told()["cimes@example.org"].context["own"] == {}


def test_a_secret_kind_is_not_told(house: House):
    secret = Table("categories", "Par type", rows=(Row("Hôtel", state="secret"),))
    house = House(content=replace(CONTENT, tables=(secret,)))
    one = given(a_return())
    house.returns.kept[one.id] = one
    house.sends()
    assert house.told()["cimes@example.org"].context["own"]["group"] == ""


def test_an_address_on_two_lists_is_told_as_a_partner(house: House):
    house.partners.append(Reader("REDACTION@gazette.example.org", "partner"))
    assert house.sends() == 4
    assert "redaction@gazette.example.org" not in house.told()


def test_many_are_told_in_batches_and_a_crash_in_the_middle_is_made_up_for(house: House):
    house.partners = [Reader(f"p{number:04d}@example.org", "partner") for number in range(2 * BATCH + 5)]
    batches = house.sending.list_batches(REPORT)
    assert batches == [0, 1, 2]
    house.sending.send_batch(REPORT, 0)
    assert house.sends() == BATCH + 5 + 2
    assert len(house.told()) == 2 * BATCH + 7
