"""Fractions of a cent are rounded once, half a cent away from zero."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.money import half_up


@pytest.mark.parametrize(
    ("fraction", "cents"),
    [
        (Fraction(0), 0),
        (Fraction(1, 2), 1),
        (Fraction(3, 2), 2),
        (Fraction(5, 2), 3),
        (Fraction(-1, 2), -1),
        (Fraction(-5, 2), -3),
        (Fraction(149, 100), 1),
        (Fraction(-149, 100), -1),
        (Fraction(1, 3), 0),
        (Fraction(2, 3), 1),
        (Fraction(80, 100) * 29_999, 23_999),
        (Fraction(10**30 + 1, 2), 5 * 10**29 + 1),
    ],
)
def test_half_a_cent_goes_away_from_zero(fraction, cents):
    assert half_up(fraction) == cents


@given(st.fractions())
def test_it_is_never_more_than_half_a_cent_away_and_the_same_below_zero(fraction):
    assert abs(half_up(fraction) - fraction) <= Fraction(1, 2)
    assert half_up(-fraction) == -half_up(fraction)


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_it_rounds_as_the_decimal_module_does(thousandths):
    exact = Decimal(thousandths) / 1000
    assert half_up(Fraction(thousandths, 1000)) == exact.quantize(Decimal(1), ROUND_HALF_UP)
