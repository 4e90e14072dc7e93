"""The form by which a structure registers people."""

import pytest

from chalicelib.trainings.model import Person
from chalicelib.trainings.plan import plan_of
from chalicelib.trainings.registering import Newcomer
from chalicelib.trainings.registration_form import (
    TWICE,
    described,
    newcomers_in,
    person_in,
    registration_errors,
    registration_form,
)
from tests.training import a_structure, session_answers
from tests.training_world import World, newcomer

HOTEL = a_structure()


def person(first_name="Camille", last_name="Durand", **more):
    return {"first_name": first_name, "last_name": last_name, **more}


def answers(*people, **more):
    given = {"participants": list(people) or [person()], "accepts_terms": True, **more}
    return {name: value for name, value in given.items() if value is not None}


def errors(typed):
    return {one.field: one.message for one in registration_errors(registration_form(), typed, HOTEL)}


def test_ordinary_answers_are_right():
    assert errors(answers(person(), person("Hugo"), level="beginner")) == {}


@pytest.mark.parametrize(
    "again", [person(), person("CAMILLE", "durand"), person("Camille", "Durand", email="other@example.org")]
)
def test_the_same_person_on_two_rows_is_named_on_the_second(again):
    assert errors(answers(person(), person("Hugo"), again)) == {"participants-2-last_name": TWICE}


def test_three_times_the_same_person_is_named_twice():
    found = errors(answers(person(), person(), person()))
    assert list(found) == ["participants-1-last_name", "participants-2-last_name"]


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        (answers(accepts_terms=None), ["accepts_terms"]),
        (answers(accepts_terms=False), ["accepts_terms"]),
        ({"accepts_terms": True}, ["participants"]),
        (answers(person(last_name="")), ["participants-0-last_name"]),
        (answers({}, {}), ["participants-0-first_name", "participants-0-last_name",
                           "participants-1-first_name", "participants-1-last_name"]),
        (answers(person(email="camille")), ["participants-0-email"]),
        (answers(person(status="boss")), ["participants-0-status"]),
        (answers(*(person(f"Personne {letter}") for letter in "abcdefghijk")), ["participants"]),
        (answers(level="expert"), ["level"]),
    ],
)  # fmt: skip
def test_each_mistake_is_named_at_its_field(typed, fields):
    assert list(errors(typed)) == fields


def test_what_is_no_list_of_people_is_a_mistake_and_no_accident():
    for rows in ("Camille", ["Camille"], [None], {"0": person()}):
        assert errors({"participants": rows, "accepts_terms": True})


def test_each_person_comes_with_what_was_asked_of_all_and_of_each_and_their_needs_apart():
    typed = answers(
        person(status="owner", needs="Boucle magnétique.", email="camille@example.org", function="Gérante"),
        person("Hugo", phone="+33612345678", diet="Végétarien."),
        level="beginner", expectations="Retoucher.", funding="faf", funding_number="AGF-2027-118", image_right=True,
    )  # fmt: skip
    shared = {
        "level": "beginner", "expectations": "Retoucher.", "funding": "faf", "funding_number": "AGF-2027-118",
        "image_right": True,
    }  # fmt: skip
    assert newcomers_in(typed) == [
        Newcomer(
            Person("Camille", "Durand", "camille@example.org", function="Gérante"),
            {**shared, "status": "owner"},
            {"needs": "Boucle magnétique."},
        ),
        Newcomer(Person("Hugo", "Durand", phone="+33612345678"), shared, {"diet": "Végétarien."}),
    ]


def test_a_row_that_says_little_is_a_person_of_few_words():
    assert person_in({"first_name": "Camille"}) == Person("Camille", "")


def test_a_registration_is_told_without_what_the_person_needs():
    world = World()
    new = newcomer("Camille Durand", answers={"level": "beginner"}, needs={"needs": "Boucle magnétique."})
    [applied] = world.applies(world.published(), new)
    told = str(described(applied.registration))
    assert "Camille" in told
    assert "Je débute" in told
    assert "Boucle" not in told


class TestWhatIsAsked:
    def test_a_diet_is_asked_where_a_meal_is_served_only(self):
        for serves_meal in (True, False):
            form = registration_form(plan_of(session_answers(serves_meal=serves_meal)))
            columns = [column.name for column in form.by_name["participants"].columns]
            assert ("diet" in columns) is serves_meal

    def test_who_pays_is_asked_where_there_is_something_to_pay(self):
        for cents in (0, 15_000):
            form = registration_form(plan_of(session_answers(price_cents=cents)))
            assert ("funding" in form.by_name) is ("funding_number" in form.by_name) is bool(cents)
