"""A provider's file is kept for those who are meant, once, and never over what establishments said unless asked to."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from chalicelib.observatory.gathering import Gathering
from chalicelib.observatory.importable import COVERED, NOT_OVER, TOO_OLD
from chalicelib.observatory.importing import NOT_COUNTED, Importing, Plan, Verdict
from chalicelib.observatory.model import MonthClosed, MonthlyReturn, Sold, Source
from chalicelib.observatory.naming import Named
from chalicelib.observatory.reading.reading import read_figures
from chalicelib.observatory.slices import slices_of_month
from chalicelib.observatory.wording import BROUGHT, IMPORTED_ANEW
from tests.fakes.mail import FakeOutbox
from tests.fakes.observatory import FakeReturns
from tests.figure_files import by_week, csv_file
from tests.observatory import HOTEL
from tests.observatory_office import an_observatory_office

LAKE = replace(HOTEL, id="hotel-2", name="Hôtel du Lac", email="lac@example.org")
GITE = replace(HOTEL, id="gite", name="Gîte", email="gite@example.org", commune="01281")
ALL = (HOTEL, LAKE, GITE)


def sold(occupied: int = 5) -> dict[str, Sold]:
    return {one.id: Sold(20 * one.length_days, occupied) for one in slices_of_month("2027-03")}


def file_of(*names: str, occupied: int = 5, month: str = "2027-03") -> bytes:
    rows = by_week({one.id: Sold(20 * one.length_days, occupied) for one in slices_of_month(month)})
    return csv_file([["Établissement", *rows[0]], *([name, *row] for name in names for row in rows[1:])])


def lines_of(month: str) -> int:
    """The first line of the second lodging of a file."""
    return 2 + len(slices_of_month(month))


@dataclass
class House:
    now: datetime = datetime(2027, 4, 3, 7, 0, tzinfo=UTC)
    steps: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.returns = FakeReturns(FakeOutbox())
        office = an_observatory_office(entry_closes_days=25)
        self.gathering = Gathering(self, self.returns, lambda: office, lambda: self.now)
        named = [Named(one.id, (one.name,)) for one in ALL]
        self.importing = Importing(
            self.gathering, self.returns, lambda: named, self.list_active, lambda: office, lambda: self.now
        )
        self.gathering.ask_due()

    def list_active(self) -> tuple:
        return ALL

    def plan(self, content: bytes) -> Plan:
        return self.importing.plan(read_figures(content))

    def keep(self, content: bytes, *, replaces: bool = False, steps=()) -> tuple[int, int, int]:
        going = iter([*steps, *([False] if steps else [])])
        goes_on = (lambda: next(going)) if steps else (lambda: True)
        kept = self.importing.keep(self.plan(content), "Claire (Source)", replaces=replaces, goes_on=goes_on)
        return kept.now, kept.left, kept.changed

    def of(self, one=HOTEL) -> MonthlyReturn:
        return self.gathering.get("2027-03", one.commune, one.id)


@pytest.fixture
def house() -> House:
    return House()


def _told(plan: Plan) -> list[tuple[int, str, str]]:
    return [(one.line, one.who, one.sentence.partition(".")[0]) for one in plan.problems]


def test_the_months_of_a_file_are_kept_for_who_is_meant(house: House):
    assert house.keep(file_of("hôtel des cimes", "GITE")) == (2, 0, 0)
    kept = house.of()
    assert (kept.sold, kept.source, kept.given_by) == (sold(), Source.PROVIDER, "Claire (Source)")
    assert house.of(GITE).sold == sold()
    assert not house.of(LAKE).is_given


def test_the_same_file_again_changes_nothing(house: House):
    house.keep(file_of("Hôtel des Cimes"))
    before = house.of()
    assert [one.verdict for one in house.plan(file_of("Hôtel des Cimes")).takings] == [Verdict.SAME]
    assert house.keep(file_of("Hôtel des Cimes")) == (0, 0, 0)
    assert house.of() == before


def test_a_file_that_corrects_an_earlier_one_is_kept(house: House):
    house.keep(file_of("Hôtel des Cimes"))
    assert house.keep(file_of("Hôtel des Cimes", occupied=6)) == (1, 0, 0)
    assert house.of().sold == sold(6)


@pytest.mark.parametrize("source", [Source.TYPED, Source.FILE])
def test_what_an_establishment_said_stays_unless_the_office_wants_it_replaced(house: House, source: Source):
    house.gathering.give(house.of(), sold(1), {"CH": 3}, "Claire Martin", source)
    assert house.keep(file_of("Hôtel des Cimes")) == (0, 0, 0)
    assert house.of().sold == sold(1)
    assert house.keep(file_of("Hôtel des Cimes"), replaces=True) == (1, 0, 0)
    assert (house.of().sold, house.of().origins) == (sold(), {"CH": 3})


def test_broken_off_it_goes_on_where_it_stopped(house: House):
    content = file_of(*(one.name for one in ALL))
    assert house.keep(content, steps=[True]) == (2, 1, 0)
    assert house.keep(content) == (1, 0, 0)
    assert all(house.of(one).version == 2 for one in ALL)


def test_time_that_is_up_at_once_still_keeps_one(house: House):
    assert (
        house.importing.keep(
            house.plan(file_of(*(one.name for one in ALL))), "Claire", replaces=False, goes_on=lambda: False
        ).now
        == 1
    )


def test_who_gave_figures_between_the_page_and_the_button_is_not_overwritten(house: House):
    plan = house.plan(file_of("Hôtel des Cimes", "Gîte"))
    house.gathering.give(house.of(), sold(1), {}, "Claire Martin")
    kept = house.importing.keep(plan, "Claire", replaces=False, goes_on=lambda: True)
    assert (kept.now, kept.left, kept.changed) == (1, 0, 1)
    assert house.of().sold == sold(1)


def test_lines_of_nobody_are_named_and_the_others_kept(house: House):
    content = file_of("Hôtel", "Hôtel des Cimes")
    assert _told(house.plan(content)) == [
        (2, "Hôtel", "Aucun hébergement partenaire n’a cette référence, ce SIRET ou ce nom")
    ]
    assert house.keep(content) == (1, 0, 0)


def test_who_is_named_in_two_ways_is_not_kept(house: House):
    content = file_of("Hôtel des Cimes", "HOTEL DES CIMES", "hotel des cimes")
    assert house.keep(content) == (0, 0, 0)
    assert len(house.plan(content).problems) == 2


def test_what_cannot_be_true_is_not_kept(house: House):
    assert house.keep(file_of("Hôtel des Cimes", occupied=999)) == (0, 0, 0)
    assert house.plan(file_of("Hôtel des Cimes", occupied=999)).problems[0].who == "Hôtel des Cimes"


def test_who_was_never_asked_for_a_month_gets_a_return_of_it(house: House):
    house.returns.kept.pop(f"2027-03-{LAKE.id}")
    assert house.keep(file_of("Hôtel du Lac")) == (1, 0, 0)
    kept = house.of(LAKE)
    assert (kept.establishment, kept.sold, kept.version, kept.source) == (LAKE, sold(), 1, Source.PROVIDER)


def test_figures_of_past_years_are_kept_and_their_line_says_where_they_came_from(house: House):
    assert house.keep(file_of("Hôtel du Lac", month="2026-03")) == (1, 0, 0)
    kept = house.gathering.get("2026-03", LAKE.commune, LAKE.id)
    (line,) = house.returns.list_history(kept)
    assert (line.who, line.what) == ("Claire (Source)", BROUGHT)
    assert house.keep(file_of("Hôtel du Lac", month="2026-03", occupied=6)) == (1, 0, 0)
    assert house.returns.list_history(kept)[-1].what == IMPORTED_ANEW


def test_a_lodging_whose_file_says_too_little_is_told(house: House):
    house.returns.kept.clear()
    house.importing = replace(house.importing, panel=lambda: [replace(GITE, commune="38000")])
    assert _told(house.plan(file_of("Gîte"))) == [
        (2, "Gîte", f"{NOT_COUNTED.partition('.')[0]}"),
    ]


@pytest.mark.parametrize(
    ("month", "why"),
    [("2027-04", NOT_OVER), ("2025-03", TOO_OLD.format(24)), ("2026-03", COVERED)],
)
def test_lines_of_a_month_that_takes_no_figures_are_named_with_the_reason(house: House, month: str, why: str):
    house.returns.covered["2026-03"].add("bulletin")
    plan = house.plan(file_of("Hôtel des Cimes", "Gîte", month=month))
    assert (plan.refused, plan.takings, plan.problems) == ({month: why}, [], [])
    assert [(one.line, one.who) for one in plan.refused_lines] == [
        (2, "Hôtel des Cimes"),
        (lines_of(month), "Gîte"),
    ]
    assert {one.sentence.partition("\u00a0: ")[2] for one in plan.refused_lines} == {why}


@pytest.mark.parametrize("month", ["2025-04", "2026-02"])
def test_months_that_are_kept_still_and_in_no_report_take_figures(house: House, month: str):
    assert house.keep(file_of("Hôtel des Cimes", month=month)) == (1, 0, 0)


def test_a_report_that_begins_between_the_page_and_the_button_keeps_its_months_as_they_are(house: House):
    plan = house.plan(file_of("Hôtel des Cimes", "Gîte"))
    house.returns.covered["2027-03"].add("bulletin")
    kept = house.importing.keep(plan, "Claire", replaces=False, goes_on=lambda: True)
    assert (kept.now, kept.left, kept.changed) == (0, 0, 2)
    assert not house.of().is_given


def test_an_establishment_itself_gives_no_figures_of_a_closed_month(house: House):
    house.now = datetime(2027, 4, 27, 7, 0, tzinfo=UTC)
    with pytest.raises(MonthClosed):
        house.gathering.give(house.of(), sold(), {}, "Claire Martin", Source.FILE)
    assert house.keep(file_of("Hôtel des Cimes")) == (1, 0, 0)


def test_who_is_no_partner_any_more_is_still_found_by_the_name_of_then(house: House):
    house.importing = replace(house.importing, lodgings=list)
    assert house.keep(file_of("Gîte")) == (1, 0, 0)


def test_without_a_column_that_names_them_nobody_is_meant(house: House):
    plan = house.plan(csv_file(by_week(sold())))
    assert _told(plan) == [(2, "", "Le nom de l’établissement manque")]
