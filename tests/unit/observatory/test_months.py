"""Months follow one another over years; figures are asked once a month has ended, and taken for some time."""

from datetime import date

import pytest

from chalicelib.observatory.months import asked_for, first_day, is_taken, last_day, month_of, moved


def test_a_month_has_a_first_and_a_last_day():
    assert (first_day("2028-02"), last_day("2028-02")) == (date(2028, 2, 1), date(2028, 2, 29))
    assert month_of(date(2027, 3, 31)) == "2027-03"


def test_months_follow_one_another_over_the_new_year():
    assert [moved("2027-01", by) for by in (-1, 0, 11, 12)] == ["2026-12", "2027-01", "2027-12", "2028-01"]


@pytest.mark.parametrize(
    ("on", "month"),
    [
        (date(2027, 4, 1), "2027-02"),
        (date(2027, 4, 2), "2027-02"),
        (date(2027, 4, 3), "2027-03"),
        (date(2027, 4, 30), "2027-03"),
        (date(2027, 1, 3), "2026-12"),
    ],
)
def test_last_month_is_asked_for_from_its_day_on(on: date, month: str):
    assert asked_for(on, opens_day=3) == month


@pytest.mark.parametrize(
    ("on", "taken"),
    [
        (date(2027, 3, 31), False),
        (date(2027, 4, 1), True),
        (date(2027, 4, 25), True),
        (date(2027, 4, 26), False),
    ],
)
def test_a_month_takes_figures_once_it_has_ended_and_until_it_is_closed(on: date, taken: bool):
    assert is_taken("2027-03", on, closes_days=25) is taken
