"""Monthly returns: one contract, on the fake and on DynamoDB."""

from dataclasses import replace

import pytest

from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import Message
from chalicelib.mail.repository import OutboxRepository
from chalicelib.observatory.figures import Guests
from chalicelib.observatory.mapping import return_from, return_item
from chalicelib.observatory.model import Sold
from chalicelib.observatory.repository import ReturnRepository
from tests.fakes.mail import FakeOutbox
from tests.fakes.observatory import FakeReturns
from tests.observatory import ASKED_AT, HOTEL, a_return, given

KEPT_MONTHS = 24
LINE = HistoryLine(ASKED_AT, "Cordée", "Chiffres demandés")
MAIL = Message("observatory/asked", HOTEL.email, "2027-03-hotel-1", "asked", {"name": "Claire"})


@pytest.fixture(params=["fake", "dynamodb"])
def returns(request):
    if request.param == "fake":
        return FakeReturns(FakeOutbox())
    request.getfixturevalue("tables")
    return ReturnRepository(OutboxRepository())


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


def test_what_was_asked_about_and_confirmed_is_found_as_it_was(returns):
    _ask(returns)
    after = given(a_return(), questioned={"full": ASKED_AT}, confirmed_at=ASKED_AT)
    returns.save(a_return(), after, LINE, [], KEPT_MONTHS)
    assert _find(returns) == after
