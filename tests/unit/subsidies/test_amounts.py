"""The amounts of the real schemes, and what holds for all of them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.office.schemes import Scheme
from chalicelib.subsidies.amounts import Spending, after_failure, amount_of
from tests.unit.subsidies.schemes import WHOLE, A, B, C, a_scheme

MOST = 10_000_000


def _spending(excl_vat: int, incl_vat: int | None = None, **more: int) -> Spending:
    return Spending(excl_vat, excl_vat * 12 // 10 if incl_vat is None else incl_vat, True, **more)


@pytest.mark.parametrize(
    ("scheme", "spending", "granted", "cents"),
    [
        (A, _spending(25_000), 0, 20_000),
        (A, _spending(30_000), 0, 24_000),
        (A, _spending(42_000), 0, 24_000),
        (B, _spending(20_000), 0, 12_000),
        (B, _spending(23_333), 0, 14_000),
        (B, _spending(50_000), 0, 14_000),
        (B, _spending(20_000, other_public_aid=10_000), 0, 2_000),
        (C, _spending(7_500, 9_000), 0, 4_500),
        (C, _spending(7_500, 9_000), 18_000, 2_000),
        (B, _spending(30_000, excluded_excl_vat=10_000), 0, 12_000),
    ],
)
def test_the_amounts_of_the_real_schemes(
    scheme: Scheme, spending: Spending, granted: int, cents: int
) -> None:
    assert amount_of(scheme, spending, granted).cents == cents


def test_who_recovers_vat_is_helped_without_it() -> None:
    assert amount_of(WHOLE, Spending(15_000, 18_000, recovers_vat=True)).cents == 15_000
    assert amount_of(WHOLE, Spending(15_000, 18_000, recovers_vat=False)).cents == 18_000


def test_vat_weighs_on_what_is_excluded_as_on_the_whole() -> None:
    spending = Spending(20_000, 24_000, recovers_vat=False, excluded_excl_vat=5_000)
    assert amount_of(WHOLE, spending).cents == 18_000


def test_half_a_cent_is_rounded_up_once_at_the_end() -> None:
    assert amount_of(a_scheme(rate_percent=50), _spending(33_333)).cents == 16_667


def test_the_steps_tell_the_spending_and_every_term() -> None:
    steps = amount_of(B, _spending(20_000, other_public_aid=10_000)).steps
    assert [(step.label, step.cents) for step in steps] == [
        ("Dépense présentée", 20_000),
        ("60\u00a0% de la dépense retenue", 12_000),
        ("Plafond par dossier", 14_000),
        ("Reste du cumul des aides publiques (60\u00a0% de la dépense)", 2_000),
    ]


@pytest.mark.parametrize(("scheme", "left"), [(A, 0), (WHOLE, 10_001)])
def test_a_refused_classification_leaves_what_the_scheme_says(scheme: Scheme, left: int) -> None:
    assert after_failure(scheme, 20_001) == left


schemes = st.builds(
    a_scheme,
    rate_percent=st.integers(1, 100),
    base=st.sampled_from(["excl_vat", "incl_vat", "by_vat_status"]),
    eligible_ceiling_cents=st.none() | st.integers(0, MOST),
    file_ceiling_cents=st.none() | st.integers(0, MOST),
    owner_year_ceiling_cents=st.none() | st.integers(0, MOST),
    public_aid_cap_percent=st.none() | st.integers(1, 100),
)


@st.composite
def spendings(draw: st.DrawFn) -> Spending:
    excl_vat = draw(st.integers(1, MOST))
    return Spending(
        excl_vat,
        excl_vat + draw(st.integers(0, MOST)),
        draw(st.booleans()),
        draw(st.integers(0, excl_vat)),
        draw(st.integers(0, MOST)),
    )


@given(schemes, spendings(), st.integers(0, MOST))
def test_no_aid_goes_beyond_any_of_its_limits(scheme: Scheme, spending: Spending, granted: int) -> None:
    cents = amount_of(scheme, spending, granted).cents
    assert 0 <= cents <= spending.incl_vat
    for ceiling in (scheme.file_ceiling_cents, scheme.eligible_ceiling_cents):
        assert ceiling is None or cents <= ceiling
    if scheme.owner_year_ceiling_cents is not None:
        assert cents + granted <= max(granted, scheme.owner_year_ceiling_cents)
    if scheme.public_aid_cap_percent is not None and cents:
        most = Fraction(scheme.public_aid_cap_percent, 100) * spending.incl_vat
        assert cents + spending.other_public_aid <= most + Fraction(1, 2)


@given(schemes, spendings(), st.integers(0, MOST))
def test_the_smallest_term_shown_is_the_amount(scheme: Scheme, spending: Spending, granted: int) -> None:
    amount = amount_of(scheme, spending, granted)
    terms = [step.cents for step in amount.steps if not step.label.startswith("Dépense")]
    assert amount.cents == min(terms)
