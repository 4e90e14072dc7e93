import json
import subprocess
import sys

import pytest

from chalicelib.kernel.errors import FieldError
from chalicelib.web.fields import Choice
from chalicelib.web.forms import Form

SCHEMA = {
    "type": "object",
    "properties": {
        "name": {"title": "Nom", "type": "string", "maxLength": 10, "format": "text-line", "x-section": "b"},
        "kind": {
            "title": "Type",
            "type": "string",
            "oneOf": [{"const": "inn", "title": "Auberge"}, {"const": "bar", "title": "Bar"}],
            "x-section": "a",
            "x-required-message": "Choisissez un type.",
        },
        "beds": {
            "title": "Lits",
            "type": "integer",
            "minimum": 1,
            "maximum": 1000,
            "x-section": "a",
            "x-applies-to": "inns",
        },
        "tags": {
            "title": "Marques",
            "type": "array",
            "items": {"oneOf": [{"const": "x", "title": "Ixe"}, {"const": "y", "title": "Igrec"}]},
            "uniqueItems": True,
            "x-section": "a",
        },
        "agreed": {"title": "D’accord", "type": "boolean", "x-section": "b"},
        "pack": {
            "title": "Formule",
            "type": "string",
            "x-section": "b",
            "x-choices": "packs",
            "x-kind": "radio",
            "x-waiting": "Choisissez d’abord le type.",
        },
    },
    "required": ["name", "kind"],
    "additionalProperties": False,
    "x-sections": [
        {"key": "b", "title": "Deuxième", "intro": "", "order": 2},
        {"key": "a", "title": "Première", "intro": "", "order": 1},
    ],
    "x-groups": {"inns": {"title": "Si vous logez", "field": "kind", "values": ["inn"]}},
}
PACKS = {"pack": [Choice("small", "Petite"), Choice("large", "Grande")]}


@pytest.fixture
def form():
    return Form(SCHEMA)


def test_sections_and_their_fields_come_in_the_order_of_the_form(form):
    assert [section.key for section in form.sections] == ["a", "b"]
    assert [field.name for field in form.fields] == ["kind", "beds", "tags", "name", "agreed", "pack"]
    assert form.section("b").title == "Deuxième"
    assert form.section("nowhere") is None


def test_the_kind_of_a_field_follows_from_its_type(form):
    kinds = {field.name: field.kind for field in form.fields}
    assert kinds == {
        "kind": "radio",
        "beds": "number",
        "tags": "checkboxes",
        "name": "text",
        "agreed": "checkbox",
        "pack": "radio",
    }


def test_typed_strings_become_typed_answers(form):
    raw = {
        "kind": ["inn"],
        "beds": ["1 200 "],
        "tags": ["y", "x", "y"],
        "agreed": ["on"],
        "name": ["  Chez  Zoe\u0301 "],
    }
    assert form.parse(raw) == {
        "kind": "inn",
        "beds": 1200,
        "tags": ["y", "x"],
        "agreed": True,
        "name": "Chez Zoé",
    }


def test_empty_and_blank_answers_are_absent(form):
    assert (
        form.parse({"kind": [""], "name": ["  \u200b"], "beds": [], "tags": [""], "agreed": ["false"]}) == {}
    )


def test_fields_the_form_does_not_ask_are_ignored(form):
    assert form.parse({"status": ["active"], "amount_granted": ["1"], "name": ["Zoé"]}) == {"name": "Zoé"}


@pytest.mark.parametrize("typed", ["douze", "1,5", "1_000", "1e3", "--1", "9" * 5000])
def test_a_number_that_does_not_convert_stays_as_it_was_typed_and_is_told(form, typed):
    answers = form.parse({"kind": ["inn"], "name": ["Zoé"], "beds": [typed]})
    assert answers["beds"] == typed
    assert form.errors(answers) == [FieldError("beds", "Ce champ doit être un nombre entier, par exemple 4.")]


def test_half_a_character_becomes_a_mark_that_is_refused(form):
    answers = form.parse({"kind": ["bar"], "name": ["Zo\ud83d"]})
    assert answers["name"] == "Zo\ufffd"
    assert "illisible" in form.errors(answers)[0].message


def test_fields_that_do_not_apply_are_dropped(form):
    assert "beds" not in form.parse({"kind": ["bar"], "beds": ["3"]})
    assert form.parse({"beds": ["3"]}) == {"beds": 3}


def test_an_unknown_deciding_answer_drops_nothing(form):
    assert form.parse({"kind": ["castle"], "beds": ["3"]}) == {"kind": "castle", "beds": 3}


def test_every_mistake_is_told_at_once_one_a_field_in_the_order_of_the_form(form):
    answers = form.parse({"kind": ["castle"], "beds": ["0"], "tags": ["z", "q"], "name": ["\0" * 12]})
    assert [error.field for error in form.errors(answers)] == ["kind", "beds", "tags", "name"]


def test_what_is_missing_is_asked_for_in_the_words_of_the_schema(form):
    assert form.errors({}) == [
        FieldError("kind", "Choisissez un type."),
        FieldError("name", "Répondez à cette question."),
    ]


def test_limits_are_told_with_their_numbers(form):
    answers = form.parse({"kind": ["inn"], "name": ["douze lettres"], "beds": ["1001"]})
    said = [error.message.replace("\u00a0", " ") for error in form.errors(answers)]
    assert said == [
        "Indiquez un nombre entier jusqu’à 1\u202f000.",
        "Raccourcissez cette réponse : 10 caractères au plus, vous en avez saisi 13.",
    ]


def test_one_page_can_be_checked_alone(form):
    assert [error.field for error in form.errors({}, sections=["b"])] == ["name"]


def test_a_page_that_comes_again_replaces_its_own_answers_only(form):
    answers = {"kind": "inn", "beds": 3, "tags": ["x"], "name": "Zoé", "agreed": True}
    revised = form.revised(answers, {"name": ["Léa"], "kind": ["bar"]}, form.section("b"))
    assert revised == {"kind": "inn", "beds": 3, "tags": ["x"], "name": "Léa"}


def test_choices_known_at_run_time_are_the_only_ones_accepted(form):
    answers = form.parse({"kind": ["bar"], "name": ["Zoé"], "pack": ["giant"]})
    assert form.errors(answers, PACKS) == [FieldError("pack", "Choisissez une réponse dans la liste.")]
    assert form.errors(answers | {"pack": "large"}, PACKS) == []
    assert form.errors(answers) == []


def test_errors_of_the_office_merge_in_the_order_of_the_form_and_the_first_list_wins(form):
    merged = form.in_order(
        [FieldError("name", "office")],
        [FieldError("", "all")],
        [FieldError("kind", "k"), FieldError("name", "form")],
    )
    assert merged == [FieldError("kind", "k"), FieldError("name", "office"), FieldError("", "all")]


def test_answers_read_as_french(form):
    answers = {"kind": "inn", "beds": 1200, "tags": ["x", "y"], "name": "Zoé", "pack": "large"}
    assert form.as_text(answers, PACKS) == [
        ("Première", [("Type", "Auberge"), ("Lits", "1\u202f200"), ("Marques", "Ixe, Igrec")]),
        ("Deuxième", [("Nom", "Zoé"), ("D’accord", "Non"), ("Formule", "Grande")]),
    ]


def test_numbers_that_only_a_register_can_confirm_are_told_and_shown_as_such():
    schema = {
        **SCHEMA,
        "properties": {
            "one": {"title": "Un", "type": "string", "format": "registration-number", "x-section": "a"},
            "all": {"title": "Tous", "type": "string", "format": "registration-numbers", "x-section": "b"},
        },
        "required": [],
        "x-groups": {},
    }
    form = Form(schema)
    answers = form.parse({"one": ["FRA 123"], "all": ["7505612345601 ; FRA 456"]})
    assert [error.field for error in form.warnings(answers)] == ["one", "all"]
    assert [lines for _, lines in form.as_text(answers)] == [
        [("Un", "FRA123 (à vérifier)")],
        [("Tous", "7505612345601, FRA456 (à vérifier)")],
    ]
    assert form.warnings(form.parse({"one": ["7505612345601"], "all": ["7505612345601"]})) == []


def test_what_does_not_apply_is_not_read_and_what_is_missing_says_so(form):
    lines = dict(form.as_text({"kind": "bar"})[0][1])
    assert lines == {"Type": "Bar", "Marques": "Non renseigné"}


def test_the_published_schema_keeps_standard_keywords_only(form):
    assert "x-" not in json.dumps(form.api_schema())
    assert form.api_schema()["additionalProperties"] is False


def test_the_file_of_a_form_is_read_once(tmp_path):
    path = tmp_path / "form.json"
    path.write_text(json.dumps(SCHEMA), encoding="utf-8")
    assert Form.load(path) is Form.load(path)


def test_importing_the_form_loads_no_heavy_library():
    heavy = ["jsonschema", "stdnum", "phonenumbers", "email_validator", "boto3", "chalice", "jinja2"]
    code = f"import sys, chalicelib.web.forms; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
