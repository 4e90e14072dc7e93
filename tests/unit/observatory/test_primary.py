"""Fewer than three is secret, and so is what one establishment makes nearly all of; 85 % exactly is not."""

from datetime import date

import pytest

from chalicelib.observatory.primary import Secret, why_secret
from chalicelib.office.observatory import SecrecyRule
from chalicelib.office.periods import Period

RULE = SecrecyRule(Period(date(2026, 1, 1)))


@pytest.mark.parametrize(
    ("shares", "why"),
    [
        ([], Secret.TOO_FEW),
        ([300], Secret.TOO_FEW),
        ([300, 2400], Secret.TOO_FEW),
        ([300, 2400, 150], None),
        ([300, 2700, 150], Secret.DOMINATED),
        ([850, 100, 50], None),
        ([851, 100, 49], Secret.DOMINATED),
        ([0, 0, 0], None),
        ([1, 0, 0], Secret.DOMINATED),
    ],
)
def test_what_is_secret(shares: list[int], why: Secret | None):
    assert why_secret(shares, RULE) == why


def test_the_office_may_be_stricter():
    strict = SecrecyRule(RULE.period, minimum_units=5, dominance_percent=50)
    assert why_secret([10, 10, 10, 10], strict) is Secret.TOO_FEW
    assert why_secret([51, 20, 20, 5, 4], strict) is Secret.DOMINATED
    assert why_secret([50, 20, 20, 5, 5], strict) is None
