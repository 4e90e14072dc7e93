"""Figures that are possible and strange, until the establishment corrects or confirms them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.observatory.doubts import Doubt, doubts
from chalicelib.observatory.model import Sold
from chalicelib.observatory.slices import slices_of_month
from tests.observatory import ASKED_AT, a_return, given


def a_month(month="2027-03", sold_of_140=70, **more):
    """A month in which the hotel sold so much each week, of 140 where the week is whole."""
    sold = {
        one.id: Sold(20 * one.length_days, sold_of_140 * one.length_days // 7)
        for one in slices_of_month(month)
    }
    return given(a_return(month=month), sold=sold, **more)


def found(now, before=None, year_before=None, jump_percent=40):
    return [one.doubt for one in doubts(now, before, year_before, jump_percent)]


def test_ordinary_figures_are_not_doubted():
    assert found(a_month(), a_month("2027-02", 77), a_month("2026-03", 77)) == []


@pytest.mark.parametrize(("sold", "doubted"), [(126, False), (133, True), (14, False), (7, True)])
def test_a_rate_more_than_so_many_points_from_that_of_the_year_before_is_doubted(sold, doubted):
    before = a_month("2026-03", 70)
    assert found(a_month(sold_of_140=sold), year_before=before) == [Doubt.JUMP] * doubted


def test_the_sentence_quotes_both_rates():
    [one] = doubts(a_month(sold_of_140=133), None, a_month("2026-03", 70), 40)
    assert one.sentence == "Le taux du mois est de 95,0\u00a0%, contre 50,0\u00a0% en mars 2026."


def test_a_month_without_a_rate_is_no_jump():
    closed = given(a_return(), sold={"2027-03-01": Sold(0, 0)})
    assert found(closed, year_before=a_month("2026-03", 133)) == []
    assert found(a_month(sold_of_140=133), year_before=a_return(month="2026-03")) == []


def test_a_month_that_is_full_each_night_is_doubted():
    assert found(a_month(sold_of_140=140)) == [Doubt.FULL]
    assert found(a_month(sold_of_140=133)) == []


def test_the_same_nights_as_the_month_before_are_doubted_but_not_two_empty_months():
    assert found(a_month(sold_of_140=77), a_month("2027-02", 77)) == [Doubt.SAME]
    assert found(a_month(sold_of_140=0), a_month("2027-02", 0)) == []


def test_nobody_doubts_what_is_not_given():
    assert found(a_return(), a_month("2027-02"), a_month("2026-03")) == []


def test_what_was_asked_is_shown_until_it_is_corrected_or_confirmed():
    full = a_month(sold_of_140=140)
    asked = replace(full, questioned={Doubt.FULL: ASKED_AT})
    assert found(asked) == [Doubt.FULL]
    assert asked.awaits_answer(Doubt.FULL)
    corrected = replace(asked, given_at=ASKED_AT + timedelta(minutes=1))
    for answered in (corrected, replace(asked, confirmed_at=ASKED_AT)):
        assert found(answered) == []
        assert not answered.awaits_answer(Doubt.FULL)


def test_a_correction_before_the_question_is_no_answer_to_it():
    asked = a_month(sold_of_140=140, questioned={Doubt.FULL: ASKED_AT + timedelta(days=1)})
    assert found(asked) == [Doubt.FULL]
