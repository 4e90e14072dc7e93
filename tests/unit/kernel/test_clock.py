from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.clock import PARIS, iso, paris_day, utc_now

moments = st.datetimes(timezones=st.sampled_from([UTC, PARIS]))


def test_now_is_aware_and_in_utc():
    assert utc_now().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2027, 3, 27, 23, 30, tzinfo=UTC), date(2027, 3, 28)),
        (datetime(2027, 3, 28, 21, 59, 59, tzinfo=UTC), date(2027, 3, 28)),
        (datetime(2027, 3, 28, 22, 0, tzinfo=UTC), date(2027, 3, 29)),
        (datetime(2027, 10, 31, 22, 59, 59, tzinfo=UTC), date(2027, 10, 31)),
        (datetime(2027, 10, 31, 23, 0, tzinfo=UTC), date(2027, 11, 1)),
        (datetime(2028, 2, 28, 23, 0, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_the_day_is_the_one_in_paris(at, day):
    assert paris_day(at) == day


@given(moments, moments)
def test_the_order_of_texts_is_the_order_of_time(one, other):
    assert (iso(one) < iso(other)) == (one.astimezone(UTC) < other.astimezone(UTC))
    assert datetime.fromisoformat(iso(one)) == one.astimezone(UTC)
