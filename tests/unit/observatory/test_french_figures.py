"""Rates and points as French writes them."""

import pytest

from chalicelib.observatory.french_figures import (
    change_in_words,
    french_percent,
    french_points,
    rate_in_words,
)


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (62.4, "62,4\u00a0%"),
        (70, "70,0\u00a0%"),
        (0, "0,0\u00a0%"),
        (62.45, "62,5\u00a0%"),
        (100.0, "100,0\u00a0%"),
    ],
)
def test_a_rate_has_one_decimal_and_a_space_that_does_not_break(percent, words):
    assert french_percent(percent) == words


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (3.1, "+3,1\u00a0points"),
        (-0.4, "−0,4\u00a0point"),
        (1.9, "+1,9\u00a0point"),
        (-2, "−2,0\u00a0points"),
        (1.96, "+2,0\u00a0points"),
        (0, "0,0\u00a0point"),
        (-0.04, "0,0\u00a0point"),
    ],
)
def test_a_change_has_its_sign_and_is_several_from_two_on(points, words):
    assert french_points(points) == words


def test_what_is_not_there_is_told_in_words_and_never_as_a_number():
    assert rate_in_words(None, "secret") == "secret"
    assert rate_in_words(None, "closed") == "fermé"
    assert rate_in_words(None) == change_in_words(None) == "–"
    assert rate_in_words(62.4, "secret") == "secret", "whatever came along with it"
