"""The form of a month by day: a line for each day, what is known filled in, each mistake told with its day."""

from typing import Any

from hypothesis import given as supposing
from hypothesis import strategies as st

from chalicelib.observatory import day_form, entry_form
from chalicelib.observatory.entry_page import weeks_of_page
from chalicelib.observatory.entry_ways import BY_DAY, BY_WEEK, other, way_called, way_of
from chalicelib.observatory.figures import Guests
from chalicelib.observatory.model import MonthlyReturn, Sold
from chalicelib.observatory.slices import slices_of_month
from tests.observatory import HOTEL, a_return, given

ASKED = a_return()
FIRST, FIRST_WEEK = "Lundi 1er\u00a0mars 2027", "Du 1er au 7\u00a0mars 2027"
WHOLE = {
    one.id: Sold.by_day([(20, 14)] * one.length_days, Guests(20 * one.length_days, 9))
    for one in slices_of_month("2027-03")
}


def typed(asked: MonthlyReturn = ASKED, **changes: Any) -> dict[str, list[str]]:
    """The month as somebody types it who sold nothing, with changes; None empties a field."""
    days = [day for one in slices_of_month(asked.month) for day in one.days]
    zero = {day_form.day_field("occupied", day): 0 for day in days}
    filled = {**day_form.answers_of(asked), **zero, **changes}
    return {name: [str(value)] for name, value in filled.items() if value is not None}


def told(**changes: Any) -> dict[str, str]:
    """The mistakes of that, by field."""
    answers = day_form.day_form(ASKED).parse(typed(**changes))
    return {error.field: error.message for error in day_form.errors(ASKED, answers)}


def test_all_units_are_open_each_night_until_somebody_says_otherwise():
    answers = day_form.answers_of(ASKED)
    assert len(answers) == 31
    assert set(answers.values()) == {20}
    assert "offered_jour_20270301" in answers


def test_a_right_month_has_no_mistakes():
    assert told() == {}


def test_mistakes_are_told_with_their_day():
    assert told(offered_jour_20270301=21) == {
        "offered_jour_20270301": f"{FIRST}\u00a0: Au plus 20, c’est votre capacité pendant 1\u00a0jour."
    }
    assert told(occupied_jour_20270301=None)["occupied_jour_20270301"].startswith(f"{FIRST}\u00a0: Indiquez")
    assert list(told(occupied_jour_20270302="trois", occupied_jour_20270331=21)) == [
        "occupied_jour_20270302", "occupied_jour_20270331",
    ]  # fmt: skip


def test_of_empty_days_the_first_of_each_week_is_told_and_no_other_keeps_its_week_from_being_taken():
    empty = {f"occupied_jour_202703{day:02d}": None for day in (2, 3, 5, 9)}
    found = told(**empty, occupied_jour_20270304=21)
    assert list(found) == ["occupied_jour_20270302", "occupied_jour_20270304", "occupied_jour_20270309"]


def test_people_are_still_told_of_by_week():
    found = told(occupied_jour_20270301=10, nights_20270301=12)
    assert found == {"arrivals_20270301": f"{FIRST_WEEK}\u00a0: {entry_form.BOTH_OR_NONE}"}
    found = told(occupied_jour_20270301=10, nights_20270301=5, arrivals_20270301=5)
    assert list(found) == ["nights_20270301"]


def test_the_form_has_a_line_for_each_day_and_the_people_of_each_week():
    form = day_form.day_form(ASKED)
    weeks = weeks_of_page(form, day_form.answers_of(ASKED), (), (), {})
    assert [len(week.lines) for week in weeks[:5]] == [8, 8, 8, 8, 4]
    assert (weeks[0].lines[0].title, weeks[4].lines[2].title) == ("lun.\u00a01er", "mer.\u00a031")
    assert [cell.field.label for cell in weeks[0].lines[0].cells] == [
        "Proposé, lundi 1er\u00a0mars", "Vendu, lundi 1er\u00a0mars",
    ]  # fmt: skip
    assert [cell.field.name for cell in weeks[0].lines[7].cells] == ["nights_20270301", "arrivals_20270301"]
    assert weeks[0].fields == ()
    assert weeks[5].fields
    assert not weeks[5].lines


def test_what_somebody_gave_meanwhile_stands_on_its_day():
    standing = day_form.answers_of(given(ASKED, sold=WHOLE))
    week = weeks_of_page(day_form.day_form(ASKED), day_form.answers_of(ASKED), (), (), standing)[0]
    assert week.lines[0].cells[1].field.hint == "Enregistré\u00a0: 14."


pairs = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda both: (max(both), min(both)))
months = st.fixed_dictionaries(
    {
        one.id: st.lists(pairs, min_size=one.length_days, max_size=one.length_days).map(Sold.by_day)
        for one in slices_of_month("2027-03")
    }
)


@supposing(months)
def test_what_is_given_comes_back_through_the_form_as_it_was(figures):
    shown = day_form.answers_of(given(ASKED, sold=figures, origins={}))
    answers = day_form.day_form(ASKED).parse({name: [str(value)] for name, value in shown.items()})
    assert day_form.errors(ASKED, answers) == []
    assert day_form.sold_from(answers, ASKED.month) == figures


@supposing(months)
def test_days_add_up_to_their_weeks(figures):
    by_day = day_form.answers_of(given(ASKED, sold=figures, origins={}))
    assert day_form.to_weeks(by_day, ASKED) == entry_form.answers_of(given(ASKED, sold=figures, origins={}))


def test_weeks_say_nothing_of_days_but_where_all_are_alike():
    answers = {
        "offered_20270301": 140,
        "occupied_20270301": 98,
        "offered_20270308": 0,
        "occupied_20270308": 0,
        "FR": 3,
    }
    answers |= {
        "offered_20270315": 139,
        "occupied_20270315": 140,
        "nights_20270301": 180,
        "arrivals_20270301": 90,
    }
    found = day_form.from_weeks(answers, ASKED)
    assert {name: value for name, value in found.items() if not name.startswith(("offered", "occupied"))} == {
        "FR": 3, "nights_20270301": 180, "arrivals_20270301": 90,
    }  # fmt: skip
    assert [found.get(f"offered_jour_202703{day}") for day in ("01", "08", "15")] == [20, 0, None]
    assert [found.get(f"occupied_jour_202703{day}") for day in ("01", "08", "15")] == [None, 0, 20]


def test_days_that_are_no_numbers_make_no_week():
    answers = {**day_form.answers_of(given(ASKED, sold=WHOLE)), "occupied_jour_20270302": "trois"}
    del answers["offered_jour_20270308"]
    found = day_form.to_weeks(answers, ASKED)
    assert "occupied_20270301" not in found
    assert "offered_20270308" not in found
    assert (found["offered_20270301"], found["occupied_20270308"], found["nights_20270301"]) == (140, 98, 140)


def test_the_form_is_as_the_figures_were_given_until_somebody_wants_the_other():
    assert way_of(given(ASKED, sold=WHOLE)) is BY_DAY
    assert way_of(given(ASKED)) is way_of(ASKED) is BY_WEEK
    assert (way_called("jour"), way_called("semaine"), way_called("?")) == (BY_DAY, BY_WEEK, BY_WEEK)
    assert (other(BY_DAY), other(BY_WEEK)) == (BY_WEEK, BY_DAY)
    assert HOTEL.units == 20
