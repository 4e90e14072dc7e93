"""The form of a session: what keeps it from being published, each mistake named at its field."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.trainings.session_form import (
    NO_NUMBER,
    OVERLAP,
    PAST,
    TOO_MANY,
    TURNED,
    choices_of,
    described,
    session_errors,
    session_form,
)
from tests.training import OF_A_TRAINING_ACTION, a_training_office, session_answers

TODAY = date(2027, 3, 3)
OFFICE = a_training_office()


def row(on="2027-05-04", begins="09:00", ends="12:30"):
    return {"on": on, "begins": begins, "ends": ends}


def errors(office=OFFICE, on=TODAY, **answers):
    """The mistakes by their fields."""
    return {one.field: one.message for one in session_errors(session_answers(**answers), office, on)}


def test_ordinary_answers_are_right():
    assert errors() == {}


class TestDates:
    def test_a_day_that_is_past_is_named(self):
        assert errors(half_days=[row("2027-03-02"), row()]) == {"half_days-0-on": PAST}

    def test_today_is_not_past(self):
        assert errors(half_days=[row("2027-03-03")]) == {}

    @pytest.mark.parametrize("ends", ["08:59", "09:00"])
    def test_an_end_that_does_not_come_after_the_beginning_is_named(self, ends):
        assert errors(half_days=[row(ends=ends)]) == {"half_days-0-ends": TURNED}

    def test_of_two_half_days_that_overlap_the_later_one_is_named_in_whichever_row_it_stands(self):
        early, late = row(ends="12:30"), row(begins="12:29", ends="17:00")
        assert errors(half_days=[early, late]) == {"half_days-1-begins": OVERLAP}
        assert errors(half_days=[late, early]) == {"half_days-0-begins": OVERLAP}

    def test_the_same_half_day_twice_overlaps(self):
        assert errors(half_days=[row(), row()]) == {"half_days-1-begins": OVERLAP}

    def test_one_may_begin_when_the_other_ends_or_at_the_same_hour_of_another_day(self):
        assert errors(half_days=[row(), row(begins="12:30", ends="17:00"), row("2027-05-05")]) == {}

    def test_a_half_day_within_a_long_one_is_named(self):
        inside = [row(ends="18:00"), row(begins="10:00", ends="11:00"), row(begins="12:00", ends="13:00")]
        assert errors(half_days=inside) == {"half_days-1-begins": OVERLAP}

    def test_rows_keep_their_number_beside_one_that_does_not_read(self):
        wrong = errors(half_days=[row("demain"), row("2027-03-02")])
        assert list(wrong) == ["half_days-0-on", "half_days-1-on"]
        assert wrong["half_days-1-on"] == PAST

    @pytest.mark.parametrize("rows", [None, []])
    def test_a_session_has_a_half_day_at_least(self, rows):
        assert list(errors(half_days=rows)) == ["half_days"]

    def test_in_the_night_of_the_changing_clocks_hours_are_those_on_the_wall(self):
        assert errors(half_days=[row("2027-03-28", "00:30", "05:00")]) == {}
        assert errors(half_days=[row("2027-10-31", "02:30", "02:00")]) == {"half_days-0-ends": TURNED}


class TestSeats:
    def test_a_minimum_over_the_seats_is_named_with_both_numbers(self):
        assert errors(seats=3, minimum=4) == {"minimum": TOO_MANY.format(minimum=4, seats=3)}
        assert errors(seats=4, minimum=4) == {}

    @pytest.mark.parametrize(
        ("answers", "fields"),
        [
            ({"seats": 0}, ["seats"]),
            ({"seats": None, "minimum": 3}, ["seats"]),
            ({"minimum": -1}, ["minimum"]),
            ({"per_structure": -1}, ["per_structure"]),
            ({"audience": "partners_first"}, ["partners_first_days"]),
        ],
    )
    def test_numbers_have_their_bounds(self, answers, fields):
        assert list(errors(**answers)) == fields


class TestTrainingActions:
    def test_without_an_activity_number_the_office_holds_none(self):
        office = a_training_office(activity_number="")
        assert errors(office, kind="training_action") == {"kind": NO_NUMBER}
        assert errors(office) == {}

    def test_with_one_it_does(self):
        assert errors(kind="training_action") == {}

    def test_they_tell_how_one_learns_is_assessed_and_gets_in(self):
        untold = dict.fromkeys(OF_A_TRAINING_ACTION)
        found = errors(kind="training_action", **untold)
        assert list(found) == ["methods", "assessment", "access_terms"]
        assert found["access_terms"] == "Dites comment on accède à la formation, et dans quel délai."
        assert errors(**untold) == {}

    def test_a_form_that_becomes_one_of_a_workshop_drops_what_only_they_tell(self):
        kept = session_form().applicable(session_answers() | OF_A_TRAINING_ACTION)
        assert not OF_A_TRAINING_ACTION.keys() & kept.keys()


class TestPlaceAndPeople:
    @pytest.mark.parametrize(
        ("answers", "fields"),
        [
            ({"place_name": None, "place_address": None}, ["place_name", "place_address"]),
            ({"mode": "remote", "place_name": None, "place_address": None}, ["video_link"]),
            ({"trainer_kind": "external", "trainer_email": None}, ["trainer_email"]),
            ({"theme": "cuisine"}, ["theme"]),
            ({"in_charge": "somebody"}, ["in_charge"]),
            ({"communes": ["38416"]}, ["communes"]),
            ({"kind": "party"}, ["kind"]),
        ],
    )
    def test_each_mistake_is_named_at_its_field(self, answers, fields):
        assert list(errors(**answers)) == fields

    def test_every_mistake_is_named_at_once_in_the_order_of_the_form(self):
        found = errors(title=None, half_days=[row("2027-03-02")], seats=1, minimum=2, in_charge=None)
        assert list(found) == ["title", "half_days-0-on", "minimum", "in_charge"]


def test_the_office_file_gives_the_choices():
    choices = choices_of(OFFICE)
    assert [choice.label for choice in choices["theme"]] == ["Numérique", "Accueil"]
    assert [choice.label for choice in choices["communes"]] == ["Ferney-Voltaire", "Lélex", "Ornex"]
    assert [choice.value for choice in choices["in_charge"]] == ["claire", "yann", "noa"]


def test_the_answers_are_told_with_the_names_of_themes_people_and_hours():
    told = dict(row for _, rows in described(session_answers(), OFFICE) for row in rows)
    assert (told["Thème"], told["Personne chargée de la session"]) == ("Numérique", "Yann Le Goff")


def test_in_charge_is_somebody_who_may_open_the_page_of_a_session():
    [claire, yann, noa] = OFFICE.people
    office = replace(OFFICE, people=(claire, yann, replace(noa, roles=("accounting",))))
    choices = choices_of(office)
    assert [choice.value for choice in choices["in_charge"]] == ["claire", "yann"]
    assert [choice.value for choice in choices["accessibility"]] == ["claire", "yann", "noa"]
    assert list(errors(office, in_charge="noa")) == ["in_charge"]
