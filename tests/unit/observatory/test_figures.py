"""Rates are of sums, changes are in points, closed is no rate: the vectors that the trade checks its figures by."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.observatory.figures import Guests, Occupancy, points, total

H1, H2, H3 = Occupancy(600, 600, 300), Occupancy(3000, 3000, 2400), Occupancy(300, 300, 150)
occupancies = st.builds(
    lambda stock, closed, free: Occupancy(stock + closed + free, stock + free, stock),
    *[st.integers(0, 10_000)] * 3,
)


def _percent(rate: Fraction | None) -> float | None:
    return None if rate is None else round(float(rate) * 100, 1)


def test_each_rate_is_its_own():
    assert [_percent(one.rate) for one in (H1, H2)] == [50.0, 80.0]


def test_the_rate_of_a_group_is_of_the_sums_and_no_mean_of_rates():
    assert _percent(total([H1, H2]).rate) == 75.0
    assert _percent(total([H1, H2, H3]).rate) == 73.1


def test_who_is_closed_counts_for_use_and_not_for_occupation():
    closed = Occupancy(stock=900, offered=0, occupied=0)
    both = H1 + closed
    assert (_percent(both.rate), _percent(both.use_rate)) == (50.0, 20.0)


def test_closed_is_no_rate_and_open_with_nobody_is_0():
    assert Occupancy(30, 0, 0).rate is None
    assert Occupancy(30, 0, 0).is_closed
    assert Occupancy(30, 30, 0).rate == 0


def test_a_change_is_told_in_points():
    assert points(Fraction(70, 100), Fraction(67, 100)) == 3
    assert points(Fraction(67, 100), Fraction(70, 100)) == -3
    assert points(None, Fraction(1, 2)) is None
    assert points(Fraction(1, 2), None) is None


def test_the_stay_is_nights_by_arrivals():
    assert (Guests(70, 20) + Guests(5, 10)).stay == Fraction(5, 2)
    assert Guests(0, 0).stay is None


@given(st.lists(occupancies), st.lists(occupancies))
def test_the_total_of_two_parts_is_the_total_of_all(some: list[Occupancy], others: list[Occupancy]):
    assert total(some) + total(others) == total([*some, *others])


@given(st.lists(occupancies, min_size=1))
def test_the_rate_of_a_group_lies_between_those_of_its_members(group: list[Occupancy]):
    rates = [one.rate for one in group if one.rate is not None]
    rate = total(group).rate
    assert (rate is None) == (not rates)
    assert rate is None or min(rates) <= rate <= max(rates)
