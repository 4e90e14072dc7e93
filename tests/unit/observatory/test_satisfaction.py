"""Answers about a season are counted so that none and no two of them are told apart, by no sum either."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.observatory.content import Answer, Satisfaction
from chalicelib.observatory.satisfaction import satisfaction_of
from chalicelib.observatory.small_counts import is_small
from chalicelib.observatory.wording import RATING_WORDS

COUNTS = st.lists(st.integers(0, 6), min_size=4, max_size=4)


def of_ratings(*counts):
    return satisfaction_of(dict(zip(RATING_WORDS, counts, strict=True)))


@given(COUNTS)
def test_a_small_count_cannot_be_computed_from_anything_that_is_told(counts):
    told = of_ratings(*counts)
    if told == Satisfaction():
        return
    around = [{max(0, count - 1), count, count + 1} for count in counts]
    alike = [one for one in product(*around) if of_ratings(*one) == told]
    for number, count in enumerate(counts):
        assert not is_small(count) or len({one[number] for one in alike}) > 1


def test_how_many_answered_is_their_sum_where_no_count_is_small():
    assert of_ratings(12, 20, 0, 4).answers == 36
    assert of_ratings(12, 20, 1, 4).answers is None


def test_small_counts_are_not_told_and_noughts_are():
    assert of_ratings(12, 20, 2, 0).rows == (
        Answer("Très bonne", 12), Answer("Bonne", 20), Answer("Moyenne"), Answer("Mauvaise", 0),
    )  # fmt: skip


@pytest.mark.parametrize("counts", [(0, 0, 0, 0), (2, 2, 2, 2)])
def test_of_few_answers_nothing_is_told(counts):
    assert of_ratings(*counts) == Satisfaction()


def test_reasons_stand_in_the_order_of_the_form_without_those_that_nobody_gave():
    found = satisfaction_of({"good": 9, "other": 5, "weather": 3, "prices": 1})
    assert found.reasons == (Answer("La météo", 3), Answer("Les prix"), Answer("Une autre raison", 5))
