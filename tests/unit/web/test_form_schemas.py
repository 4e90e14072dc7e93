"""What holds for every form of the house, made from its schema alone: a new schema is tested by being there."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.web import amounts, formats
from chalicelib.web.form_parsing import clean
from chalicelib.web.form_rows import ADD, REMOVE
from tests.harness.answers import answer, posted
from tests.harness.sample_form import SAMPLE
from tests.harness.schemas import FORMS, HOSTILE, inputs

KEYWORDS = {
    "x-section", "x-sections", "x-groups", "x-applies-to", "x-choices", "x-kind", "x-short", "x-hint", "x-waiting",
    "x-required-message", "x-missing-warning", "x-message", "x-autocomplete", "x-inputmode",
    "x-row-title", "x-add", "x-when",
}  # fmt: skip
KINDS = {
    "text", "email", "tel", "url", "number", "date", "textarea", "select", "radio", "checkbox", "checkboxes", "hidden",
    "money", "rows",
}  # fmt: skip
IN_ROWS = KINDS - {"rows", "checkboxes", "hidden", "radio"}
ALL = FORMS | {"sample": SAMPLE}
every_form = pytest.mark.parametrize("form", ALL.values(), ids=list(ALL))


def examples(form):
    """The answers that the schema itself gives as examples."""
    given = {
        name: node["examples"][0] for name, node in form.schema["properties"].items() if "examples" in node
    }
    return form.applicable(given)


def asked(form):
    """Every question, those of the rows included."""
    return [each for field in form.fields for each in (field, *field.columns)]


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
        "a misspelt keyword says nothing (chalicelib/web/form_schema.py)"
    )
    assert {field.format for field in asked(form)} - {None} - set(formats.FORMATS) == set(), (
        "an unknown format"
    )
    assert {field.kind for field in asked(form)} - KINDS == set(), "an unknown kind"
    assert {field.when for field in asked(form)} <= {"", "past", "future"}, "x-when"


@every_form
def test_an_amount_is_a_number_of_cents_with_bounds(form):
    amounts = [field for field in asked(form) if field.is_money]
    without = [f.name for f in amounts if f.type != "integer" or f.minimum is None or f.maximum is None]
    assert without == [], "x-kind money: type integer, minimum and maximum in cents"
    assert [field.name for field in amounts if field.minimum < 0] == [], "nobody can type a negative amount"


@every_form
def test_rows_are_objects_of_simple_questions(form):
    columns = [column for field in form.fields for column in field.columns]
    assert [column.name for column in columns if column.kind not in IN_ROWS] == [], (
        "a select reads better in rows"
    )
    assert [column.name for column in columns if column.source or column.group] == [], "not known in rows"
    assert [field.name for field in form.fields if field.has_rows and not field.columns] == [], "items"


@every_form
def test_a_name_is_not_taken_for_that_of_a_row_or_a_button(form):
    names = [field.name for field in asked(form)]
    assert [name for name in names if "-" in name or name in (ADD, REMOVE)] == []


@every_form
def test_every_question_stands_on_a_page_and_every_page_has_one(form):
    pages = {section.key for section in form.sections if section.holds == "questions"}
    assert {field.section for field in form.fields} ^ pages == set(), "x-section and x-sections"


@every_form
def test_every_question_that_may_be_due_has_words_of_its_own(form):
    due = [field for field in asked(form) if field.required or field.conditional]
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
    chosen = [field for field in asked(form) if field.choices or field.source or field.format == "date"]
    free = [field for field in asked(form) if field.type == "string" and field not in chosen]
    assert [field.name for field in free if field.maxlength is None] == [], "maxLength"


@every_form
@given(data=st.data())
def test_right_answers_come_back_unharmed_through_the_page_and_over_json(form, data):
    field = data.draw(st.sampled_from([each for each in form.fields if not each.source]))
    answers = {field.name: data.draw(answer(field))}
    assert form.parse(posted(form.fields, answers)) == answers
    read, errors = form.validate_json(json.loads(json.dumps(answers)))
    assert read == answers
    mine = (field.name, f"{field.name}-")
    found = [*errors, *form.errors(answers)]
    assert [error for error in found if error.field == mine[0] or error.field.startswith(mine[1])] == []


@every_form
@given(data=st.data(), text=st.text(st.characters(), max_size=80))
def test_any_text_in_any_field_is_kept_and_never_raises(form, data, text):
    check_kept(form, *data.draw(st.sampled_from(list(inputs(form)))), text)


@every_form
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_text_in_any_field_is_kept_and_never_raises(form, text):
    for name, field in inputs(form):
        check_kept(form, name, field, text)


def check_kept(form, name, field, text):
    answers = form.parse(posted(form.fields, examples(form)) | {name: [text]})
    errors = form.errors(answers)
    json.dumps([answers, [e.message for e in errors]], ensure_ascii=False).encode()
    form.as_text(answers)
    kept = posted(form.fields, answers).get(name, [""])[0]
    is_text = field.type == "string" or (field.is_money and amounts.cents(clean(text)) is None)
    if is_text and clean(text) and kept:
        refused = name in {error.field for error in errors}
        assert kept == clean(text) or not refused


@every_form
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_text_over_json_never_raises(form, text):
    for field in form.fields:
        rows = [{column.name: text} | {text: text} for column in field.columns]
        for value in (text, rows or [text]):
            answers, errors = form.validate_json(examples(form) | {field.name: value, text: text})
            json.dumps([answers, [[e.field, e.message] for e in errors]], ensure_ascii=False).encode()


@every_form
@given(
    raw=st.dictionaries(st.text(st.characters()), st.lists(st.text(st.characters()), max_size=3), max_size=8)
)
def test_a_body_of_any_shape_sets_only_fields_of_the_form(form, raw):
    assert set(form.parse(raw | {"status": ["active"], "amount_granted": ["1"]})) <= set(form.by_name)
