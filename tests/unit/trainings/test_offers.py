"""How long a freed seat is kept: 48 hours, 24 near the date, and never into the last three."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.trainings.offers import offer_until
from tests.training import training_rules

STARTS = datetime(2027, 5, 4, 7, tzinfo=UTC)
RULES = training_rules()


def until(**before) -> datetime | None:
    """Until when an offer holds that is made so long before the beginning."""
    return offer_until(STARTS, STARTS - timedelta(**before), RULES)


@pytest.mark.parametrize(
    ("before", "hours"),
    [
        (timedelta(days=30), 48),
        (timedelta(days=3, seconds=1), 48),
        (timedelta(days=3), 24),
        (timedelta(days=2), 24),
        (timedelta(hours=27), 24),
        (timedelta(hours=26), 23),
        (timedelta(hours=4), 1),
    ],
)
def test_an_offer_holds_for_the_time_of_the_office_shorter_near_the_date(before, hours):
    made_at = STARTS - before
    assert offer_until(STARTS, made_at, RULES) == made_at + timedelta(hours=hours)


def test_no_offer_is_made_in_the_last_three_hours_nor_after_the_beginning():
    assert until(hours=3, seconds=1) == STARTS - timedelta(hours=3)
    for before in (timedelta(hours=3), timedelta(hours=1), timedelta(0), timedelta(days=-1)):
        assert offer_until(STARTS, STARTS - before, RULES) is None


def test_the_hours_are_those_of_the_office_file():
    rules = training_rules(offer_hours=12, short_offer_hours=6, short_offer_within_days=1, last_offer_hours=1)
    made_at = STARTS - timedelta(days=2)
    assert offer_until(STARTS, made_at, rules) == made_at + timedelta(hours=12)
    assert offer_until(STARTS, STARTS - timedelta(days=1), rules) == STARTS - timedelta(hours=18)
    assert offer_until(STARTS, STARTS - timedelta(hours=2), rules) == STARTS - timedelta(hours=1)


def test_hours_are_real_ones_when_the_clocks_change():
    """Two days over the night of 28 March 2027 are 47 hours on the wall, and 48 hours for an answer."""
    starts = datetime(2027, 5, 4, 7, tzinfo=UTC)
    made_at = datetime(2027, 3, 27, 9, tzinfo=UTC)
    assert offer_until(starts, made_at, RULES) == datetime(2027, 3, 29, 9, tzinfo=UTC)
