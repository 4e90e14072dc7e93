"""Beside each figure stand that of the year before, and the one that somebody gave meanwhile."""

from chalicelib.observatory import entry_form
from chalicelib.observatory.entry_page import weeks_of_page, year_before
from chalicelib.observatory.figures import Guests
from chalicelib.observatory.model import Sold
from chalicelib.observatory.slices import slices_of_month
from tests.observatory import a_return, given

ASKED = a_return()
LAST_YEAR = given(a_return(month="2026-03"), sold={"2026-03-02": Sold(140, 91, Guests(1200, 90))})


def hints(own=(), standing=None, **typed):
    weeks = weeks_of_page(
        entry_form.entry_form(ASKED), {**entry_form.answers_of(ASKED), **typed}, (), own, standing or {}
    )
    shown = {row.field.name: row.field.hint for week in weeks for row in week.fields if row.field.hint}
    return shown, [week.intro for week in weeks]


def test_a_mistake_says_its_week_in_the_list_and_not_again_at_its_field():
    answers = entry_form.answers_of(ASKED)
    errors = entry_form.errors(ASKED, answers)
    weeks = weeks_of_page(entry_form.entry_form(ASKED), answers, errors, (), {})
    at_fields = [row.error for week in weeks for row in week.fields if row.error]
    assert len(at_fields) == len(errors) == 5
    assert at_fields == [error.message.partition("\u00a0: ")[2] for error in errors]


def test_a_week_is_compared_with_the_same_days_of_the_week_a_year_before():
    pairs = {one.id: year_before(one).id for one in slices_of_month("2027-03")}
    assert pairs["2027-03-01"] == "2026-03-02"
    assert pairs["2027-03-29"] == "2026-03-30"


def test_last_years_figures_stand_beside_the_fields_with_their_days():
    shown, intros = hints([LAST_YEAR])
    assert shown == {
        "offered_20270301": "L’an dernier\u00a0: 140",
        "occupied_20270301": "L’an dernier\u00a0: 91",
        "nights_20270301": "L’an dernier\u00a0: 1\u202f200",
        "arrivals_20270301": "L’an dernier\u00a0: 90",
    }
    assert intros[0] == "En gris, vos chiffres du 2 au 8\u00a0mars 2026."


def test_without_a_year_before_nothing_stands_there():
    assert hints()[0] == {}
    assert hints([a_return(month="2026-03")])[0] == {}


def test_what_somebody_gave_meanwhile_stands_where_it_differs():
    standing = entry_form.answers_of(given(ASKED, origins={}))
    shown, _ = hints((), standing, occupied_20270301=90, offered_20270301=140, nights_20270308=80)
    assert shown["occupied_20270301"] == "Enregistré\u00a0: 98."
    assert "offered_20270301" not in shown
    assert shown["nights_20270308"] == "Enregistré\u00a0: rien."
