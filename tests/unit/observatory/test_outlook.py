"""What is booked is told as a share of the whole territory, beside a year before, and of too few not at all."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chalicelib.observatory.adding import added
from chalicelib.observatory.content import Row
from chalicelib.observatory.outlook import Booked, asking_month, booked_in, outlook_of
from chalicelib.observatory.primary import why_secret
from chalicelib.observatory.reports import ReportKind
from chalicelib.observatory.voices import Said
from tests.observatory import HOTEL, a_return, a_season_report, given
from tests.observatory_office import an_observatory_office

RULES = an_observatory_office().observatory_rules
RULE = RULES.secrecy[0]
MAY = 20 * 31
"""Unit-nights that each of the hotels has in May."""


def answers(*booked, month="2027-02", ahead="2027-05"):
    return [
        given(
            a_return(month=month, establishment=replace(HOTEL, id=f"h{number}")),
            said=Said(booked={ahead: nights}),
        )
        for number, nights in enumerate(booked)
    ]


def told(now, before=()):
    a_year_before = answers(*before, month="2026-02", ahead="2026-05")
    return outlook_of(booked_in([*answers(*now), *a_year_before]), "2027-02", RULE)


def test_the_share_is_of_all_that_there_is_beside_the_same_question_a_year_before():
    assert told((310, 310, 310), (186, 186, 186)) == (Row("Mai 2027", 50.0, 30.0, 20.0),)


def test_who_is_silent_is_in_no_sum():
    silent = given(a_return(month="2027-02", establishment=replace(HOTEL, id="silent")))
    found = booked_in([*answers(310, 310, 310), silent])
    assert found["2027-05"].stock == 3 * MAY


@pytest.mark.parametrize("now", [(310, 310), (600, 20, 20)])
def test_of_too_few_or_nearly_all_of_one_nothing_is_told(now):
    assert why_secret(now, RULE)
    assert told(now) == ()


def test_a_secret_year_before_is_no_comparison():
    assert told((310, 310, 310), (186, 186)) == (Row("Mai 2027", 50.0),)


def test_a_secret_month_beside_one_that_is_told_says_that_it_is_secret():
    booked = booked_in([*answers(310, 310, 310), *answers(5, ahead="2027-06")])
    assert outlook_of(booked, "2027-02", RULE)[1] == Row("Juin 2027", state="secret")


def test_nothing_booked_is_a_share_of_nought():
    assert told((0, 0, 0)) == (Row("Mai 2027", 0.0),)


def test_parts_of_the_territory_are_added_up():
    every = answers(310, 200, 100)
    assert added([booked_in(every[:1]), booked_in(every[1:])], Booked) == booked_in(every)


@pytest.mark.parametrize(
    ("created_at", "month"),
    [("2026-11-25", "2026-09"), ("2026-11-26", "2026-10"), ("2026-12-11", "2026-10")],
)
def test_a_season_ahead_is_told_with_the_answers_of_the_last_closed_month(created_at, month):
    at = datetime.fromisoformat(created_at).replace(hour=9, tzinfo=UTC)
    assert asking_month(a_season_report(kind=ReportKind.OPENING, created_at=at), RULES) == month


def test_a_bulletin_has_its_own_months_answers_and_a_season_that_is_over_none():
    assert asking_month(a_season_report(kind=ReportKind.BULLETIN, about="2027-03"), RULES) == "2027-03"
    assert asking_month(a_season_report(kind=ReportKind.CLOSING), RULES) == ""


def test_every_report_on_the_same_answers_tells_the_same_shares():
    """So that nothing can be subtracted: the opening of a season repeats what the bulletin said."""
    at = datetime(2026, 11, 28, 9, tzinfo=UTC)
    opening = a_season_report(kind=ReportKind.OPENING, created_at=at)
    bulletin = a_season_report(kind=ReportKind.BULLETIN, about="2026-10")
    booked = booked_in(answers(310, 310, 310, month="2026-10", ahead="2026-12"))
    shares = [outlook_of(booked, asking_month(one, RULES), RULE) for one in (opening, bulletin)]
    assert shares[0] == shares[1] != ()
