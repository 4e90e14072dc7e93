"""The form of a month: four figures a week, prefilled with what is known, each mistake told with its week."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given as supposing
from hypothesis import strategies as st

from chalicelib.observatory import entry_form
from chalicelib.observatory.figures import Guests
from chalicelib.observatory.model import MonthlyReturn, Sold
from chalicelib.observatory.slices import slices_of_month
from tests.observatory import HOTEL, MARCH, a_return, given

ASKED = a_return()
DWELLING = a_return(establishment=replace(HOTEL, category="furnished_rental", units=1, persons=6))
FIRST = "Du 1er au 7\u00a0mars 2027"


def typed(asked: MonthlyReturn = ASKED, **changes: Any) -> dict[str, list[str]]:
    """The month as somebody types it who sold nothing, with changes; None empties a field."""
    zero = {entry_form.field_name("occupied", one): 0 for one in slices_of_month(asked.month)}
    filled = {**entry_form.answers_of(asked), **zero, **changes}
    return {name: [str(value)] for name, value in filled.items() if value is not None}


def told(asked: MonthlyReturn = ASKED, **changes: Any) -> dict[str, str]:
    """The mistakes of that, by field."""
    answers = entry_form.entry_form(asked).parse(typed(asked, **changes))
    return {error.field: error.message for error in entry_form.errors(asked, answers)}


def test_all_units_are_open_each_night_until_somebody_says_otherwise():
    answers = entry_form.answers_of(ASKED)
    assert answers == {
        "offered_20270301": 140, "offered_20270308": 140, "offered_20270315": 140, "offered_20270322": 140,
        "offered_20270329": 60,
    }  # fmt: skip


def test_what_was_given_is_shown_as_it_was_and_what_was_not_said_stays_empty():
    answers = entry_form.answers_of(given(ASKED))
    assert (answers["nights_20270301"], answers["arrivals_20270301"], answers["FR"]) == (180, 90, 60)
    assert "nights_20270308" not in answers
    assert answers["offered_20270315"] == 0


def test_a_right_month_has_no_mistakes_and_a_closed_week_is_a_nought():
    assert told(offered_20270301=0) == {}


def test_what_is_due_is_told_with_its_week():
    assert told(offered_20270301=None, occupied_20270329=None) == {
        "offered_20270301": f"{FIRST}\u00a0: Indiquez ce que vous avez proposé, 0\u00a0si vous étiez fermé.",
        "occupied_20270329": "Du 29 au 31\u00a0mars 2027\u00a0: Indiquez ce que vous avez vendu, 0\u00a0s’il n’y avait personne.",
    }


@pytest.mark.parametrize("value", ["beaucoup", "-1", "1000001", "1,5", "٣", "1_0"])
def test_what_is_no_number_within_the_limits_is_told_and_kept_as_typed(value):
    found = told(occupied_20270301=value)
    assert list(found) == ["occupied_20270301"]
    assert found["occupied_20270301"].startswith(FIRST)


def test_more_than_there_is_is_told():
    assert told(offered_20270301=141)["offered_20270301"].startswith(f"{FIRST}\u00a0: Au plus 140")
    assert told(occupied_20270301=141)["occupied_20270301"].startswith(f"{FIRST}\u00a0: Au plus 140")


@pytest.mark.parametrize(
    ("said", "missing"),
    [("nights_20270301", "arrivals_20270301"), ("arrivals_20270301", "nights_20270301")],
)
def test_people_are_said_by_both_figures_or_by_none(said, missing):
    found = told(occupied_20270301=10, **{said: 12})
    assert found == {missing: f"{FIRST}\u00a0: {entry_form.BOTH_OR_NONE}"}


def test_mistakes_stand_in_the_order_of_the_form():
    found = told(occupied_20270329=61, occupied_20270301="beaucoup", offered_20270308=141)
    assert list(found) == ["occupied_20270301", "offered_20270308", "occupied_20270329"]


def test_one_dwelling_is_asked_for_nights_and_a_hotel_for_rooms():
    def labels(asked):
        return {
            entry_form.entry_form(asked).by_name[name].label
            for name in ("offered_20270301", "occupied_20270301")
        }

    assert labels(DWELLING) == {"Nuits proposées", "Nuits louées"}
    assert labels(ASKED) == {"Proposé", "Vendu"}


def test_how_a_week_is_counted_is_told_by_what_the_establishment_has():
    assert "20\u00a0chambres pendant 7\u00a0nuits, cela fait 140." in entry_form.counted_in(ASKED)
    assert entry_form.counted_in(DWELLING) == ""


def test_a_country_that_is_left_empty_says_nothing_and_a_nought_says_nobody():
    answers = entry_form.entry_form(ASKED).parse(typed(FR=12, CH=0))
    assert entry_form.origins_from(answers) == {"FR": 12, "CH": 0}


@st.composite
def sold(draw: st.DrawFn) -> dict[str, Sold]:
    """A month of the hotel that can be true."""
    found = {}
    for one in slices_of_month("2027-03"):
        offered = draw(st.integers(0, HOTEL.units * one.length_days))
        occupied = draw(st.integers(0, offered))
        nights = draw(st.integers(occupied, min(2 * occupied, HOTEL.persons * one.length_days)))
        guests = draw(st.none() | st.builds(Guests, st.just(nights), st.integers(0, nights)))
        found[one.id] = Sold(offered, occupied, guests)
    return found


@supposing(sold(), st.dictionaries(st.sampled_from(["FR", "CH", "XX"]), st.integers(0, 1_000_000)))
def test_what_is_given_comes_back_through_the_form_as_it_was(figures, origins):
    shown = entry_form.answers_of(given(ASKED, sold=figures, origins=origins))
    answers = entry_form.entry_form(ASKED).parse({name: [str(value)] for name, value in shown.items()})
    assert entry_form.errors(ASKED, answers) == []
    assert entry_form.sold_from(answers, ASKED.month) == figures
    assert entry_form.origins_from(answers) == origins


def test_a_month_that_was_half_known_is_asked_for_whole():
    assert set(MARCH) < {one.id for one in slices_of_month("2027-03")}
    assert "occupied_20270322" not in entry_form.answers_of(given(ASKED))
