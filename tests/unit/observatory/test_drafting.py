"""A draft says what the sums say: rates, changes, a panel without small counts, weeks with their holidays, its method."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from chalicelib.adapters import school_holidays
from chalicelib.observatory.archive import cells_from, to_json
from chalicelib.observatory.content import from_json
from chalicelib.observatory.content import to_json as content_json
from chalicelib.observatory.days import is_day
from chalicelib.observatory.drafting import Draft, Source, draft
from chalicelib.observatory.effects import LocalEvent
from chalicelib.observatory.figures import tenths
from chalicelib.observatory.frames import Frames, frames_of_month
from chalicelib.observatory.model import MonthlyReturn, Sold
from chalicelib.observatory.parts import Part, read_part
from chalicelib.observatory.reports import Report, ReportKind, ReportStatus
from chalicelib.observatory.slices import slices_of_month
from tests.observatory import HOTEL, a_return, given
from tests.observatory_office import an_observatory_office

NOW = datetime(2027, 4, 26, 5, 0, tzinfo=UTC)
OFFICE = an_observatory_office()
REPORT = Report(
    "r1", "bulletin-2027-03", ReportKind.BULLETIN, "2027-03", "mars 2027", ReportStatus.GATHERING, NOW, NOW, 1,
    compared="mars 2026",
)  # fmt: skip
SECTORS = {"01210": "Haut-Jura", "01160": "Léman", "01281": "Léman"}


def _month(
    number: int, month: str, occupied: int, commune: str = "01210", **changes: object
) -> MonthlyReturn:
    """The return of one of some hotels: all open, so many of its 20 rooms sold each night."""
    hotel = replace(HOTEL, id=f"h{number}", commune=commune, **changes)
    sold = {one.id: Sold(20 * one.length_days, occupied * one.length_days) for one in slices_of_month(month)}
    return given(a_return(month=month, establishment=hotel), sold=sold, origins={"FR": 10, "CH": 10})


def _part(returns: list[MonthlyReturn], frames: Frames) -> Part:
    def read(month: str, commune: str) -> Iterable[MonthlyReturn]:
        return [one for one in returns if (one.month, one.establishment.commune) == (month, commune)]

    return read_part(SECTORS, frames, SECTORS, read)


def _draft(
    returns: list[MonthlyReturn],
    month: str = "2027-03",
    kind: ReportKind = ReportKind.BULLETIN,
    events: Sequence[LocalEvent] = (),
) -> Draft:
    frames = frames_of_month(month, school_holidays, events)
    source = Source(
        report=replace(REPORT, about=month, kind=kind),
        frames=frames,
        part=_part(returns, frames),
        office=OFFICE,
        rule=OFFICE.observatory_rules.secrecy_on(date(2027, 4, 26)),
        holidays=lambda day: (school_holidays.zones_on_holiday(day) or frozenset(), frozenset()),
        on=date(2027, 4, 26),
    )
    return draft(source, [], [])


MARCH = [_month(number, "2027-03", occupied) for number, occupied in enumerate((10, 12, 14))]
LAST_MARCH = [_month(number, "2026-03", 10) for number in range(3)]


def test_the_rate_is_on_top_with_its_change():
    content = _draft(MARCH + LAST_MARCH).content
    first = content.key_figures[0]
    assert (first.label, first.value, first.change) == ("Taux d’occupation", 60.0, 10.0)
    assert content.title == "Bulletin de mars 2027"


def test_each_week_has_its_rate_and_its_holidays():
    weeks = _draft(MARCH + LAST_MARCH).content.weeks
    assert [week.rate for week in weeks] == [60.0] * 5
    assert weeks[0].zones == ("B",)
    assert weeks[2].zones == ()
    assert weeks[1].before == 50.0


def test_the_panel_tells_no_small_count_apart():
    silent = a_return(establishment=replace(HOTEL, id="silent", category="campsite"))
    alone = _month(9, "2027-03", 5, category="hostel")
    panel = _draft([*MARCH, silent, alone]).content.panel
    assert (panel.asked, panel.given, panel.response_rate) == (5, 4, 80.0)
    assert {row.label: row.establishments for row in panel.rows} == {
        "Hôtel": "au moins 3", "Camping": "moins de 3", "Auberge collective": "moins de 3",
    }  # fmt: skip


def test_one_or_two_answers_of_the_whole_territory_are_not_counted_either():
    panel = _draft([*MARCH[:2], a_return(establishment=replace(HOTEL, id="silent"))]).content.panel
    assert (panel.asked, panel.given, panel.response_rate, panel.rows) == (3, None, None, ())


def test_a_season_ahead_shows_the_year_before_and_nothing_as_its_own():
    content = _draft(LAST_MARCH, kind=ReportKind.OPENING).content
    assert [(one.label.replace("\u00a0", " "), one.value) for one in content.key_figures] == [
        ("Taux d’occupation : mars 2026", 50.0)
    ]
    assert [(week.rate, week.before, week.state) for week in content.weeks] == [
        *[(None, 50.0, "open")] * 4, (None, None, "open"),
    ]  # fmt: skip
    assert content.tables[0].rows[0].before == 50.0


def test_a_season_ahead_keeps_the_year_before_as_secret_as_ever():
    content = _draft(LAST_MARCH[:2], kind=ReportKind.OPENING).content
    assert content.key_figures == ()
    assert {(week.before, week.state) for week in content.weeks[:4]} == {(None, "secret")}


def test_a_table_of_nothing_but_secrets_is_left_out():
    titles = [table.title for table in _draft(MARCH[:2]).content.tables]
    assert titles == []


def test_a_change_too_small_to_be_told_has_no_sign():
    assert [str(tenths(points)) for points in (Fraction(-1, 100), Fraction(-5, 100), Fraction(1, 100))] == [
        "0.0", "-0.1", "0.0",
    ]  # fmt: skip


def test_secret_rows_say_so_and_nothing_else():
    alone = [_month(number, "2027-03", 5, category="hostel") for number in (8, 9)]
    pitches = [_month(number, "2027-03", 7, category="campsite") for number in (4, 5, 6, 7)]
    content = _draft([*MARCH, *alone, *pitches]).content
    rows = {row.label: row for table in content.tables for row in table.rows}
    hostel = rows["Auberge collective"]
    assert (hostel.state, hostel.rate, hostel.before, hostel.change) == ("secret", None, None, None)


def test_an_empty_month_is_a_draft_without_figures_and_no_error():
    content = _draft([]).content
    assert content.key_figures == ()
    assert [week.state for week in content.weeks] == ["closed"] * 5
    assert content.panel.response_rate is None


def test_where_nobody_knows_the_holidays_the_method_says_so():
    content = _draft([_month(number, "2029-02", 10) for number in range(3)], "2029-02").content
    assert content.zones == ()
    assert any("vacances scolaires de cette période" in paragraph for paragraph in content.method)


def test_what_was_said_is_the_same_after_its_way():
    found = _draft(MARCH + LAST_MARCH)
    assert from_json(content_json(found.content)) == found.content


def _by_day(number: int, occupied: int) -> MonthlyReturn:
    one = _month(number, "2027-03", occupied)
    return replace(
        one,
        sold={key: Sold.by_day([(20, occupied)] * (sold.offered // 20)) for key, sold in one.sold.items()},
    )


FAIR = LocalEvent("fair", "Foire", date(2027, 3, 20), date(2027, 3, 20))


def test_what_was_made_known_of_days_is_found_again_with_its_slices():
    found = _draft([_by_day(number, 10 + number) for number in range(4)], events=[FAIR])
    assert "jour par jour" in found.content.effects[0].method
    days = [cell for cell in found.published if any(map(is_day, cell.period))]
    assert {cell.name.period.of for cell in days} == {"event_days", "comparable_days"}
    kinds = {kind for cell in found.published for kind in cell.kinds}
    again = cells_from(to_json(days), kinds, {"2027-03-15": 7})
    assert next((cell.kinds, cell.period) for cell in again) == (days[0].kinds, days[0].period)
    assert cells_from(to_json(days), kinds, {"2027-04-05": 7}) == []


def test_days_cost_no_other_figure():
    returns = [_by_day(number, 10) for number in range(3)] + [_month(3, "2027-03", 10)]
    without, found = _draft(returns), _draft(returns, events=[FAIR])
    assert found.content.weeks[0].rate == without.content.weeks[0].rate == 50.0
    assert found.content.key_figures == without.content.key_figures


def test_what_was_made_known_is_found_again_for_later_reports():
    found = _draft(MARCH)
    kinds = {kind for cell in found.published for kind in cell.kinds}
    days = {one.id: one.length_days for one in slices_of_month("2027-03")}
    again = cells_from(to_json(found.published), kinds, days)
    assert [(cell.kinds, cell.period) for cell in again] == [
        (one.kinds, one.period) for one in found.published
    ]
    assert cells_from(to_json(found.published), kinds, {"2027-05-01": 2}) == []
