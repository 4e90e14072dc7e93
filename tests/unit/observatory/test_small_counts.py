"""Nobody finds a count of one or two, even by trying every count that this program would have told the same way."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.observatory.small_counts import OVER, UNDER, beside_sum, is_small

COUNTS = st.lists(st.integers(0, 6), min_size=1, max_size=4)
SHARED = st.lists(st.integers(0, 3), min_size=1, max_size=5)


def possible(counts: list[int]) -> list[tuple[int, ...]]:
    """Whatever has the same sum and would be told the same: all that somebody can know who reads the program too."""
    told, total = beside_sum(counts), sum(counts)
    every = product(range(total + 1), repeat=len(counts))
    return [one for one in every if sum(one) == total and beside_sum(one) == told]


@given(COUNTS | SHARED)
def test_a_small_count_cannot_be_computed_from_its_sum_and_the_other_rows(counts):
    if not beside_sum(counts):
        return
    known = possible(counts)
    for number, count in enumerate(counts):
        assert not is_small(count) or len({one[number] for one in known}) > 1


@given(COUNTS)
def test_no_small_count_is_told(counts):
    assert not {"1", "2"} & set(beside_sum(counts))


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([3, 12], ["3", "12"]),
        ([], []),
        ([12, 2, 5], ["12", UNDER, OVER]),
        ([12, 0, 5], ["12", UNDER, OVER]),
        ([3, 1], [OVER, UNDER]),
        ([2, 2], []),
        ([0], []),
    ],
)
def test_a_row_of_three_or_more_is_kept_back_with_what_is_small(counts, told):
    assert beside_sum(counts) == told
