import json
import re

import pytest

from chalicelib.partners.application_form import membership_form
from chalicelib.web.text_formats import typeset
from tests.unit.partners.applications import (
    FURNISHED,
    GUEST_HOUSE,
    HOTEL,
    LODGING_ONLY,
    RESTAURANT,
    without,
)

FORM = membership_form()
TEXT = json.dumps(FORM.api_schema()["allOf"], ensure_ascii=False)
FIELDS = """
legal_nature siret legal_name business_name category capacity_units capacity_persons star_rating
classified_until registration_number labels address postcode commune first_name last_name role email
phone website pack consent_terms consent_publication consent_newsletter
"""
LODGINGS = FORM.schema["x-groups"]["lodging"]["values"]


def told(answers):
    return {error.field: error.message for error in FORM.errors(answers)}


def test_the_form_asks_exactly_the_fields_of_the_specification():
    assert sorted(FORM.by_name) == sorted(FIELDS.split())


def test_the_person_comes_first_and_each_page_has_one_subject():
    pages = {section.key: [field.name for field in section.fields] for section in FORM.sections}
    assert list(pages) == ["vous", "structure", "activite", "adresse", "formule"]
    assert pages["vous"] == ["first_name", "last_name", "role", "email", "phone"]
    assert pages["formule"] == ["pack", "consent_terms", "consent_publication", "consent_newsletter"]


@pytest.mark.parametrize("answers", [HOTEL, RESTAURANT, FURNISHED, GUEST_HOUSE])
def test_right_answers_have_no_error_by_form_or_by_json(answers):
    assert told(answers) == {}
    assert FORM.validate_json(answers) == (FORM.applicable(answers), [])


@pytest.mark.parametrize("nature", ["company", "association", "public_body"])
def test_a_structure_gives_its_siret_and_its_legal_name(nature):
    answers = without(HOTEL, "siret", "legal_name") | {"legal_nature": nature}
    assert list(told(answers)) == ["siret", "legal_name"]


def test_an_individual_may_have_no_siret():
    assert told(without(HOTEL, "siret", "legal_name") | {"legal_nature": "individual"}) == {}


def test_without_a_legal_nature_the_siret_is_not_asked_yet():
    assert list(told(without(HOTEL, "siret", "legal_nature"))) == ["legal_nature"]


@pytest.mark.parametrize("category", LODGINGS)
def test_every_lodging_says_how_many_it_takes(category):
    answers = without(HOTEL, *LODGING_ONLY) | {"category": category}
    assert list(told(answers)) == ["capacity_units", "capacity_persons"]


@pytest.mark.parametrize("name", LODGING_ONLY)
def test_a_question_for_lodgings_is_refused_over_json_for_a_restaurant(name):
    value = FURNISHED[name]
    errors = FORM.validate_json(RESTAURANT | {name: value})[1]
    assert [error.field for error in errors] == [name]
    assert "laissez" in errors[0].message


def test_that_a_question_does_not_apply_is_told_before_anything_else_about_it():
    assert "laissez" in told(RESTAURANT | {"star_rating": 9})["star_rating"]


def test_questions_for_lodgings_are_dropped_from_the_form_of_a_restaurant():
    answers = FORM.parse(
        {name: [str(value)] for name, value in FURNISHED.items()} | {"category": ["restaurant"]}
    )
    assert not set(answers) & set(LODGING_ONLY)


def test_only_a_furnished_rental_has_a_registration_number():
    assert list(told(HOTEL | {"registration_number": "38416123456AB"})) == ["registration_number"]


@pytest.mark.parametrize("capacity", [{"capacity_units": 6}, {"capacity_persons": 16}])
def test_a_guest_house_has_at_most_five_rooms_and_fifteen_persons(capacity):
    errors = told(GUEST_HOUSE | capacity)
    assert list(errors) == list(capacity)
    assert "5 chambres" in errors.popitem()[1].replace("\u00a0", " ")


def test_a_guest_house_is_shown_the_way_to_its_own_qualification():
    errors = told(GUEST_HOUSE | {"star_rating": 3})
    assert list(errors) == ["star_rating"]
    assert "Chambre d’hôtes référence" in errors["star_rating"]
    assert told(GUEST_HOUSE | {"star_rating": 0}) == {}


def test_stars_have_an_end_and_no_stars_have_none():
    assert list(told(without(HOTEL, "classified_until"))) == ["classified_until"]
    assert told(without(HOTEL, "classified_until") | {"star_rating": 0}) == {}
    assert told(without(HOTEL, "classified_until", "star_rating")) == {}


@pytest.mark.parametrize("stars", [-1, 6, "3 étoiles"])
def test_stars_go_from_none_to_five(stars):
    assert list(told(HOTEL | {"star_rating": stars})) == ["star_rating"]


def test_no_consent_is_given_by_silence_and_only_the_terms_are_due():
    answers = without(HOTEL, "consent_terms")
    assert list(told(answers)) == ["consent_terms"]
    assert list(told(answers | {"consent_terms": False})) == ["consent_terms"]
    ticked = [f for f in FORM.section("formule").fields if f.type == "boolean"]
    shown = FORM.shown(FORM.section("formule"), {}, [])
    assert [row.value for group in shown for row in group.rows if row.field in ticked] == [False] * 3


def test_a_national_registration_number_is_accepted_with_a_warning():
    answers = FURNISHED | {"registration_number": "FRA384160000000001"}
    assert told(answers) == {}
    assert [warning.field for warning in FORM.warnings(answers)] == ["registration_number"]
    assert ("Numéro d’enregistrement", "FRA384160000000001 (à vérifier)") in FORM.as_text(answers)[2][1]


def test_a_furnished_rental_without_number_is_accepted_with_a_warning():
    answers = without(FURNISHED, "registration_number")
    assert told(answers) == {}
    assert [warning.field for warning in FORM.warnings(answers)] == ["registration_number"]
    assert FORM.warnings(HOTEL) == FORM.warnings({}) == []


def test_the_postcode_of_one_commune_is_not_mistaken_for_the_code_of_another():
    answers = FORM.parse({"postcode": ["01210"], "commune": ["01160"]})
    assert answers == {"postcode": "01210", "commune": "01160"}


def test_an_empty_form_asks_for_all_that_is_due_each_in_its_own_words():
    sentences = list(told({}).values())
    assert len(sentences) == len(set(sentences)) == 12
    assert all(re.match(r"(Indiquez|Choisissez|Cochez)", sentence) for sentence in sentences)


def test_every_question_that_may_be_due_has_its_own_words():
    due = [field for field in FORM.fields if field.required or field.conditional]
    assert not [field.name for field in due if field.required_message == "Répondez à cette question."]


def test_the_conditions_and_the_group_of_the_schema_name_the_same_lodgings():
    rule = FORM.schema["allOf"][1]["if"]["properties"]["category"]["enum"]
    assert sorted(rule) == sorted(FORM.schema["x-groups"]["lodging"]["values"])
    assert len(rule) == 8


def test_french_marks_have_their_spaces_throughout_the_schema():
    assert typeset(TEXT) == TEXT


def test_the_file_reads_in_french():
    lines = {label: text for _, rows in FORM.as_text(HOTEL) for label, text in rows}
    assert lines["Classement valable jusqu’au"] == "31\u00a0décembre 2028"
    assert lines["Classement officiel"] == "3\u00a0étoiles"
    assert lines["Numéro SIRET"] == "732\u00a0829\u00a0320\u00a000074"
    assert lines["Conditions acceptées"] == "Oui"
    assert lines["Lettre d’information"] == "Non"
    assert lines["Labels et marques"] == "Accueil Vélo"
