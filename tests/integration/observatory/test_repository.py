"""Monthly returns: one contract, on the fake and on DynamoDB."""

from dataclasses import replace

import pytest

from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import Message
from chalicelib.mail.repository import OutboxRepository
from chalicelib.observatory.figures import Guests
from chalicelib.observatory.mapping import return_from, return_item
from chalicelib.observatory.model import MonthClosed, Sold
from chalicelib.observatory.report_repository import ReportRepository
from chalicelib.observatory.reports import ReportEvent, change
from chalicelib.observatory.repository import ReturnRepository
from chalicelib.observatory.voices import Said, Voice
from tests.fakes.mail import FakeOutbox
from tests.fakes.observatory import FakeReports, FakeReturns
from tests.observatory import ASKED_AT, HOTEL, a_return, a_season_report, given

KEPT_MONTHS = 24
LINE = HistoryLine(ASKED_AT, "Cordée", "Chiffres demandés")
MAIL = Message("observatory/asked", HOTEL.email, "2027-03-hotel-1", "asked", {"name": "Claire"})


@pytest.fixture(params=["fake", "dynamodb"])
def returns(request):
    if request.param == "fake":
        return FakeReturns(FakeOutbox())
    request.getfixturevalue("tables")
    return ReturnRepository(OutboxRepository())


@pytest.fixture
def reports(returns):
    """The reports that are made of these returns."""
    if isinstance(returns, FakeReturns):
        return FakeReports(covered=returns.covered)
    return ReportRepository(OutboxRepository())


def _ask(returns, asked=None):
    return returns.ask(asked or a_return(), LINE, MAIL, KEPT_MONTHS)


def _find(returns):
    return returns.find("2027-03", HOTEL.commune, HOTEL.id)


def test_what_is_asked_is_found_as_it_was(returns):
    assert _ask(returns)
    assert _find(returns) == a_return()
    assert returns.list_history(a_return()) == [LINE]


def test_it_is_asked_once_and_its_mail_goes_once(returns):
    assert _ask(returns)
    assert not _ask(returns)
    assert len(returns.outbox.list_by_record(MAIL.record)) == 1


def test_what_is_given_is_found_as_it_was_with_both_lines(returns):
    _ask(returns)
    after = given(a_return())
    line = replace(LINE, who="Claire Martin", what="Chiffres donnés")
    returns.save(a_return(), after, line, [], KEPT_MONTHS)
    assert _find(returns) == after
    assert returns.list_history(after) == [LINE, line]


def test_days_are_found_as_they_were_given(returns):
    _ask(returns)
    by_day = {
        "2027-03-01": Sold.by_day([(20, 14), (0, 0), *[(20, 7)] * 5], Guests(90, 40)),
        "2027-03-08": Sold(140, 70),
    }
    returns.save(a_return(), given(a_return(), sold=by_day), LINE, [], KEPT_MONTHS)
    assert _find(returns).sold == by_day


def test_what_was_given_before_days_were_kept_has_none():
    item = return_item(given(a_return()), 0)
    del item.file["days"]
    assert return_from(item) == given(a_return())


def test_who_saves_what_has_changed_meanwhile_is_told_and_nothing_is_lost(returns):
    _ask(returns)
    first, second = given(a_return()), given(a_return(), origins={})
    returns.save(a_return(), first, LINE, [], KEPT_MONTHS)
    with pytest.raises(ChangedMeanwhile):
        returns.save(a_return(), second, LINE, [MAIL], KEPT_MONTHS)
    assert _find(returns) == first


def test_nobody_finds_the_return_of_another_month_commune_or_establishment(returns):
    _ask(returns)
    assert returns.find("2027-04", HOTEL.commune, HOTEL.id) is None
    assert returns.find("2027-03", "01160", HOTEL.id) is None
    assert returns.find("2027-03", HOTEL.commune, "hotel") is None


def test_the_returns_of_a_commune_are_those_of_the_month_and_no_lines(returns):
    other = replace(HOTEL, id="hotel-2", name="Hôtel du Lac")
    elsewhere = replace(HOTEL, id="hotel-3", commune="01160")
    for establishment in (HOTEL, other, elsewhere):
        asked = a_return(establishment=establishment)
        returns.ask(asked, LINE, None, KEPT_MONTHS)
    found = returns.list_of("2027-03", HOTEL.commune)
    assert sorted(one.establishment.id for one in found) == ["hotel-1", "hotel-2"]
    assert returns.list_of("2027-02", HOTEL.commune) == []


def test_own_returns_come_in_order_from_a_month_on_even_after_a_move(returns):
    moved = replace(HOTEL, commune="01160")
    for month, establishment in (("2027-03", moved), ("2027-01", HOTEL), ("2026-12", HOTEL)):
        returns.ask(a_return(month=month, establishment=establishment), LINE, None, KEPT_MONTHS)
    assert [one.month for one in returns.list_own(HOTEL.id, "2027-01")] == ["2027-01", "2027-03"]
    assert returns.list_own("hotel", "2026-01") == []


def test_returns_of_another_month_are_found_for_those_who_gave_one_then(returns):
    other = replace(HOTEL, id="hotel-2")
    for month, establishment in (("2027-03", HOTEL), ("2027-03", other), ("2027-02", HOTEL)):
        returns.ask(a_return(month=month, establishment=establishment), LINE, None, KEPT_MONTHS)
    found = returns.list_at(returns.list_of("2027-03", HOTEL.commune), "2027-02")
    assert found == {HOTEL.id: a_return(month="2027-02")}
    assert returns.list_at([], "2027-02") == {}


def test_who_gave_nothing_yet_is_counted_by_month(returns):
    for establishment in (HOTEL, replace(HOTEL, id="hotel-2")):
        returns.ask(a_return(establishment=establishment), LINE, None, KEPT_MONTHS)
    assert (returns.count_late("2027-03"), returns.count_late("2027-02")) == (2, 0)
    returns.save(a_return(), given(a_return()), LINE, [], KEPT_MONTHS)
    assert returns.count_late("2027-03") == 1


def test_what_was_asked_about_confirmed_and_said_beside_is_found_as_it_was(returns):
    _ask(returns)
    said = Said(Voice("hiver", "good", ("weather",), "Route coupée."), {"2027-05": 12})
    after = given(a_return(), questioned={"full": ASKED_AT}, confirmed_at=ASKED_AT, said=said)
    returns.save(a_return(), after, LINE, [], KEPT_MONTHS)
    assert _find(returns) == after


def _unasked(**changes):
    return a_return(version=0, **changes)


def test_figures_of_who_was_never_asked_are_kept_with_their_line_and_found_every_way(returns):
    after = given(_unasked())
    returns.give(_unasked(), after, LINE, KEPT_MONTHS)
    assert (_find(returns), after.version) == (after, 1)
    assert returns.list_history(after) == [LINE]
    assert returns.list_own(HOTEL.id, "2027-01") == returns.list_in("2027-03") == [after]
    assert not _ask(returns)


def test_figures_of_who_was_asked_meanwhile_are_not_taken_for_those_of_nobody(returns):
    _ask(returns)
    with pytest.raises(ChangedMeanwhile):
        returns.give(_unasked(), given(_unasked()), LINE, KEPT_MONTHS)
    assert _find(returns) == a_return()


def test_figures_of_a_return_that_changed_meanwhile_are_not_kept(returns):
    _ask(returns)
    returns.give(a_return(), given(a_return()), LINE, KEPT_MONTHS)
    with pytest.raises(ChangedMeanwhile):
        returns.give(a_return(), given(a_return(), origins={}), LINE, KEPT_MONTHS)
    assert _find(returns) == given(a_return())


def test_a_month_that_a_report_is_made_of_takes_no_figures_of_anybody(returns, reports):
    _ask(returns)
    reports.add(a_season_report(covered=("2026-03", "2027-03")), LINE)
    other = _unasked(establishment=replace(HOTEL, id="hotel-2"))
    for before in (a_return(), other, _unasked(month="2026-03")):
        with pytest.raises(MonthClosed):
            returns.give(before, given(before), LINE, KEPT_MONTHS)
    assert returns.list_of("2027-03", HOTEL.commune) == [a_return()]
    free = _unasked(month="2027-02")
    returns.give(free, given(free), LINE, KEPT_MONTHS)
    assert returns.list_covered(["2027-03", "2027-02", "2026-03"]) == {"2027-03", "2026-03"}
    assert returns.list_covered([]) == set()


def test_a_month_is_free_again_once_all_reports_that_are_made_of_it_are_dropped(returns, reports):
    begun = [a_season_report(key, covered=("2027-03",)) for key in ("r1", "r2")]
    assert all(reports.add(report, LINE) for report in begun)
    for number, report in enumerate(begun, 1):
        reports.save(change(report, ReportEvent.DROPPED, replace(LINE, reason="Non.")), [])
        assert returns.list_covered(["2027-03"]) == ({"2027-03"} if number == 1 else set())
    returns.give(_unasked(), given(_unasked()), LINE, KEPT_MONTHS)
    assert _find(returns).is_given


def test_a_report_that_is_not_begun_holds_no_month(returns, reports):
    reports.add(a_season_report(), LINE)
    assert not reports.add(a_season_report(covered=("2027-03",)), LINE)
    assert returns.list_covered(["2027-03"]) == set()


def test_the_returns_of_a_month_are_those_of_every_commune(returns):
    elsewhere = replace(HOTEL, id="hotel-3", commune="01160")
    for establishment in (HOTEL, elsewhere):
        returns.ask(a_return(establishment=establishment), LINE, None, KEPT_MONTHS)
    returns.save(a_return(), given(a_return()), LINE, [], KEPT_MONTHS)
    assert {one.establishment.id for one in returns.list_in("2027-03")} == {"hotel-1", "hotel-3"}
    assert returns.list_in("2027-02") == []


def test_somebody_gave_figures_or_nobody_did(returns):
    _ask(returns)
    assert not returns.has_figures(["2027-02", "2027-03"])
    returns.save(a_return(), given(a_return()), LINE, [], KEPT_MONTHS)
    assert returns.has_figures(["2027-02", "2027-03"])
    assert not returns.has_figures(["2027-02"])
    assert not returns.has_figures([])
