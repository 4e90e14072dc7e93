"""What holds for every form of the house, made from its schema alone: a new schema is tested by being there."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.web import formats
from chalicelib.web.form_parsing import clean
from chalicelib.web.form_text import typed
from tests.harness.schemas import FORMS, HOSTILE

KEYWORDS = {
    "x-section", "x-sections", "x-groups", "x-applies-to", "x-choices", "x-kind", "x-short", "x-hint", "x-waiting",
    "x-required-message", "x-missing-warning", "x-message", "x-autocomplete", "x-inputmode",
}  # fmt: skip
KINDS = {
    "text", "email", "tel", "url", "number", "date", "textarea", "select", "radio", "checkbox", "checkboxes", "hidden",
}  # fmt: skip
every_form = pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))


def examples(form):
    """The answers that the schema itself gives as examples."""
    given = {
        name: node["examples"][0] for name, node in form.schema["properties"].items() if "examples" in node
    }
    return form.applicable(given)


def keywords(node):
    if isinstance(node, list):
        return {word for each in node for word in keywords(each)}
    if not isinstance(node, dict):
        return set()
    here = {name for name in node if name.startswith("x-")}
    return here | {word for each in node.values() for word in keywords(each)}


@every_form
def test_a_schema_uses_the_words_that_somebody_reads(form):
    assert keywords(form.schema) - KEYWORDS == set(), (
        "a misspelt keyword says nothing (chalicelib/web/fields.py)"
    )
    assert {field.format for field in form.fields} - {None} - set(formats.FORMATS) == set(), (
        "an unknown format"
    )
    assert {field.kind for field in form.fields} - KINDS == set(), "an unknown kind"


@every_form
def test_every_question_stands_on_a_page_and_every_page_has_one(form):
    pages = {section.key for section in form.sections}
    assert {field.section for field in form.fields} ^ pages == set(), "x-section and x-sections"


@every_form
def test_every_question_that_may_be_due_has_words_of_its_own(form):
    due = [field for field in form.fields if field.required or field.conditional]
    without = [field.name for field in due if field.required_message == "Répondez à cette question."]
    assert without == [], "x-required-message"


@every_form
def test_every_example_is_a_right_answer(form):
    answers = examples(form)
    assert answers, "give the questions some examples: the tests of this file answer with them"
    wrong = {error.field: error.message for error in form.errors(answers) if error.field in answers}
    assert wrong == {}


@every_form
def test_nobody_can_type_without_end(form):
    chosen = [field for field in form.fields if field.choices or field.source or field.format == "date"]
    free = [field for field in form.fields if field.type == "string" and field not in chosen]
    assert [field.name for field in free if field.maxlength is None] == [], "maxLength"


@every_form
@given(data=st.data(), text=st.text(st.characters(), max_size=80))
def test_any_text_in_any_field_is_kept_and_never_raises(form, data, text):
    check_kept(form, data.draw(st.sampled_from(form.fields)), text)


@every_form
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_text_in_any_field_is_kept_and_never_raises(form, text):
    for field in form.fields:
        check_kept(form, field, text)


def check_kept(form, field, text):
    raw = {name: [str(value)] for name, value in examples(form).items()} | {field.name: [text]}
    answers = form.parse(raw)
    errors = form.errors(answers)
    json.dumps([answers, [e.message for e in errors]], ensure_ascii=False).encode()
    form.as_text(answers)
    if field.type == "string" and clean(text) and field.name in answers:
        shown = str(typed(field, answers[field.name]))
        refused = field.name in {error.field for error in errors}
        assert shown == clean(text) or not refused


@every_form
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_text_over_json_never_raises(form, text):
    for field in form.fields:
        answers, errors = form.validate_json(examples(form) | {field.name: text, text: text})
        json.dumps([answers, [[e.field, e.message] for e in errors]], ensure_ascii=False).encode()


@every_form
@given(
    raw=st.dictionaries(st.text(st.characters()), st.lists(st.text(st.characters()), max_size=3), max_size=8)
)
def test_a_body_of_any_shape_sets_only_fields_of_the_form(form, raw):
    assert set(form.parse(raw | {"status": ["active"], "amount_granted": ["1"]})) <= set(form.by_name)
