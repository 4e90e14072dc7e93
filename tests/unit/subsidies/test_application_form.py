"""The application for aid: what is asked of whom, and what goes together."""

from datetime import date
from typing import Any

import pytest

from chalicelib.subsidies.application_form import form_errors, subsidy_form
from chalicelib.subsidies.request import request_of
from tests.aid import aid_answers, an_aiding_office

TODAY = date(2027, 3, 3)
OFFICE = an_aiding_office()


def wrong(**answers: Any) -> list[str]:
    """The fields in which these answers are mistaken."""
    typed = {name: value for name, value in aid_answers(**answers).items() if value is not None}
    return [error.field for error in form_errors(typed, OFFICE, TODAY)]


def test_ordinary_answers_are_right() -> None:
    assert wrong() == []


@pytest.mark.parametrize(
    ("answers", "fields"),
    [
        ({"category": "guest_house", "capacity_units": 6, "registration_number": None}, ["capacity_units"]),
        (
            {"category": "guest_house", "capacity_persons": 16, "registration_number": None},
            ["capacity_persons"],
        ),
        ({"registration_number": None}, ["registration_number"]),
        ({"star_rating": 3}, ["classified_until"]),
        ({"has_linked_companies": "yes"}, ["linked_companies"]),
        ({"evaluator_name": None}, ["evaluator_name"]),
        ({"visit_ordered": "yes"}, ["visit_ordered_on"]),
        ({"has_public_aid": "yes"}, ["public_aids"]),
        ({"has_de_minimis": "yes"}, ["de_minimis_aids"]),
        ({"legal_nature": "company"}, ["siret", "legal_name"]),
        ({"agrees_truth": None}, ["agrees_truth"]),
        ({"commune": "38416", "postcode": "38160"}, ["commune"]),
        ({"excl_vat_cents": 0}, ["excl_vat_cents"]),
        ({"excl_vat_cents": -1}, ["excl_vat_cents"]),
        ({"incl_vat_cents": 19_999}, ["incl_vat_cents"]),
        ({"excl_vat_cents": 10**9, "incl_vat_cents": 10**9}, ["excl_vat_cents", "incl_vat_cents"]),
        ({"excluded_excl_vat_cents": 20_000}, ["excluded_excl_vat_cents"]),
        ({"quote_date": "2027-03-04"}, ["quote_date"]),
        ({"quote_date": "12/13/2027"}, ["quote_date"]),
        ({"visit_ordered": "yes", "visit_ordered_on": "2028-01-01"}, ["visit_ordered_on"]),
        ({"unit_count": 2}, ["other_registration_numbers"]),
        ({"unit_count": 1, "other_registration_numbers": "0116000000202"}, ["other_registration_numbers"]),
    ],
)
def test_each_mistake_is_named_at_its_field(answers: dict[str, Any], fields: list[str]) -> None:
    assert wrong(**answers) == fields


def test_several_rentals_in_one_file_are_each_named() -> None:
    answers = aid_answers(unit_count=3, other_registration_numbers="0116000000202, 0116000000303")
    assert form_errors(answers, OFFICE, TODAY) == []
    assert request_of(answers).units == ("0116000000101", "0116000000202", "0116000000303")


def test_a_hotel_is_known_by_its_siret() -> None:
    hotel = {
        "category": "hotel",
        "registration_number": None,
        "legal_nature": "company",
        "legal_name": "SARL",
    }
    answers = {k: v for k, v in aid_answers(**hotel, siret="73282932000074").items() if v is not None}
    assert form_errors(answers, OFFICE, TODAY) == []
    assert (request_of(answers).units, request_of(answers).siren) == (("73282932000074",), "732829320")


@pytest.mark.parametrize(("stars", "is_kept"), [(0, False), (2, True)])
def test_the_end_of_a_classification_counts_only_where_there_are_stars(stars: int, is_kept: bool) -> None:
    answers = aid_answers(star_rating=stars, classified_until="2029-05-31")
    assert ("classified_until" in subsidy_form().applicable(answers)) is is_kept


def test_rows_count_only_when_the_question_says_so() -> None:
    rows = {"public_aids": [{"giver": "Région", "cents": 5_000}]}
    assert request_of(aid_answers(has_public_aid="yes", **rows)).spending.other_public_aid == 5_000
    assert request_of(aid_answers(has_public_aid="no", **rows)).spending.other_public_aid == 0


def test_every_page_but_that_of_documents_has_questions() -> None:
    assert [page.key for page in subsidy_form().sections if not page.fields] == ["pieces"]
