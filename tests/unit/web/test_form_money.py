"""Amounts in a form: typed in euros, kept in cents, told in euros."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.errors import FieldError
from chalicelib.kernel.french import french_money
from chalicelib.runtime.templating import environment
from tests.harness.sample_form import RIGHT, SAMPLE
from tests.unit.web.test_form_template import Elements
from tests.unit.web.test_public_formats import plain

LOWEST, HIGHEST = 100, 500_000


def said(typed):
    answers = SAMPLE.parse({"quote": [typed]})
    return answers.get("quote"), [plain(e.message) for e in SAMPLE.errors(answers, sections=["cost"])]


@given(st.integers(LOWEST, HIGHEST))
def test_every_amount_in_range_comes_back_as_it_is_read(cents):
    assert said(french_money(cents)) == (cents, [])


@pytest.mark.parametrize("typed", ["1 234,50", "1234.5", "1 234,50 €", "1.234,50", "1\u202f234,50\u00a0€"])
def test_typed_euros_become_cents(typed):
    assert said(typed) == (123_450, [])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0,99", "Indiquez un montant à partir de 1,00 €."),
        ("0", "Indiquez un montant à partir de 1,00 €."),
        ("5 000,01", "Indiquez un montant jusqu’à 5 000,00 €."),
        ("123456789", "Indiquez un montant jusqu’à 5 000,00 €."),
    ],
)
def test_bounds_are_told_in_euros(typed, sentence):
    assert said(typed)[1] == [sentence]


@pytest.mark.parametrize("typed", ["1.234", "1,234", "12,345", "1,2.3", "-5", "douze", "9" * 400])
def test_what_does_not_read_stays_as_typed_with_the_mend(typed):
    kept, sentences = said(typed)
    assert kept == typed
    assert len(sentences) == 1
    assert "nombre entier" not in sentences[0]


def test_a_missing_amount_is_asked_for_in_the_words_of_the_schema():
    assert said("") == (None, ["Indiquez le montant du devis."])


def test_an_amount_reads_with_its_unit():
    lines = dict(SAMPLE.as_text(RIGHT)[0][1])
    assert lines["Montant du devis"] == "1\u202f234,50\u00a0€"
    assert dict(SAMPLE.as_text({"quote": "1.234"})[0][1])["Montant du devis"] == "1.234"


def shown(answers, errors=()):
    macro = environment().get_template("web/form.html").module.form_section
    return str(macro(SAMPLE, SAMPLE.section("cost"), answers, errors))


def test_the_field_shows_the_amount_with_its_unit_to_who_sees_and_who_does_not():
    html = shown({"quote": 123_450})
    typed = Elements(html).inputs("quote")[0]
    assert (typed["value"], typed["inputmode"], typed["type"]) == ("1234,50", "decimal", "text")
    assert '<label for="champ-quote">Montant du devis<span class="sr"> en euros</span></label>' in html
    assert '<span class="suffix" aria-hidden="true">€</span>' in html


def test_what_was_mistyped_comes_back_in_the_field():
    answers = SAMPLE.parse({"quote": ["1.234"]})
    html = shown(answers, SAMPLE.errors(answers, sections=["cost"]))
    assert Elements(html).inputs("quote")[0]["value"] == "1.234"
    assert "se lit de deux façons" in html


@pytest.mark.parametrize("value", ["1 234,50", 1234.5, True, None, [1], {}, 10**15])
def test_over_json_an_amount_is_a_whole_number_of_cents(value):
    _, errors = SAMPLE.validate_json(RIGHT | {"quote": value})
    sentence = "Ce champ doit être un nombre entier de centimes, par exemple 123450 pour 1234,50 euros."
    assert [(e.field, plain(e.message)) for e in errors] == [("quote", sentence)]


def test_over_json_bounds_hold_in_cents():
    assert SAMPLE.validate_json(RIGHT | {"quote": HIGHEST})[1] == []
    _, errors = SAMPLE.validate_json(RIGHT | {"quote": HIGHEST + 1})
    assert errors == [FieldError("quote", "Indiquez un montant jusqu’à 5\u202f000,00\u00a0€.")]
    assert SAMPLE.validate_json(RIGHT | {"quote": -1})[1][0].field == "quote"


def test_the_published_schema_says_that_an_amount_is_in_cents():
    quote = SAMPLE.api_schema()["properties"]["quote"]
    assert plain(quote["description"]) == "Hors taxes. En centimes d’euro, 123450 pour 1 234,50 €."
    assert (quote["type"], quote["minimum"], quote["maximum"]) == ("integer", LOWEST, HIGHEST)
    assert (
        "En centimes"
        in SAMPLE.api_schema()["properties"]["grants"]["items"]["properties"]["amount"]["description"]
    )
