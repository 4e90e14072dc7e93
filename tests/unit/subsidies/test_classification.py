"""How long a classification is good, and when to remind of its end."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.office.periods import Period
from chalicelib.office.schemes import Validity
from chalicelib.subsidies.classification import Classification, NoValidity, expiry, reminder_due
from chalicelib.subsidies.repayment import Engagement

FIVE_YEARS = (Validity(5, Period(date(2010, 1, 1))),)
DAYS = (365, 180, 90, 30)
END = date(2028, 12, 31)


@pytest.mark.parametrize(
    ("decided_on", "expires_on"),
    [(date(2021, 9, 30), date(2026, 9, 30)), (date(2024, 2, 29), date(2029, 2, 28))],
)
def test_a_classification_is_good_for_five_years(decided_on: date, expires_on: date) -> None:
    assert expiry(decided_on, FIVE_YEARS) == expires_on


def test_a_day_without_a_known_validity_is_a_situation() -> None:
    with pytest.raises(NoValidity):
        expiry(date(2009, 12, 31), FIVE_YEARS)


def test_it_counts_from_its_decision_to_the_end_of_its_last_day() -> None:
    decided = Classification("C-1", date(2023, 12, 31), 3, 6, END)
    found = [decided.is_good(on) for on in (date(2023, 12, 30), date(2023, 12, 31), END, date(2029, 1, 1))]
    assert found == [False, True, True, False]
    assert decided.renewable_from(12) == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (date(2027, 12, 31), None),
        (date(2028, 1, 1), 365),
        (date(2028, 7, 3), 365),
        (date(2028, 7, 4), 180),
        (date(2028, 12, 1), 30),
        (END, 30),
        (date(2029, 1, 1), None),
    ],
)
def test_each_reminder_is_due_from_its_day_until_the_next(on: date, due: int | None) -> None:
    assert reminder_due(END, on, DAYS) == due


def test_a_missed_reminder_gives_way_to_the_next_one() -> None:
    assert reminder_due(END, date(2028, 12, 20), DAYS) == 30


@pytest.mark.parametrize(
    ("left_on", "cents"),
    [
        (date(2027, 3, 3), 24_000),
        (date(2028, 9, 1), 12_000),
        (date(2030, 3, 2), 22),
        (date(2030, 3, 3), 0),
        (date(2026, 1, 1), 24_000),
    ],
)
def test_who_leaves_early_gives_back_the_days_that_were_left(left_on: date, cents: int) -> None:
    assert Engagement(date(2027, 3, 3), 3).to_repay(24_000, left_on) == cents


def test_without_an_engagement_nothing_is_given_back() -> None:
    assert Engagement(date(2027, 3, 3), 0).to_repay(24_000, date(2027, 3, 3)) == 0


@given(
    st.dates(date(2024, 1, 1), date(2040, 1, 1)),
    st.integers(0, 20),
    st.integers(0, 10**8),
    st.dates(date(2020, 1, 1), date(2070, 1, 1)),
)
def test_nobody_gives_back_more_than_was_paid(begins_on: date, years: int, paid: int, left_on: date) -> None:
    assert 0 <= Engagement(begins_on, years).to_repay(paid, left_on) <= paid
