"""Whatever is typed: right answers come through the form unharmed. Wrong ones: `tests/unit/web/test_form_schemas.py`."""

import json
from urllib.parse import parse_qs, urlencode

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.partners.application_form import membership_form
from tests.harness.answers import answer, posted

FORM = membership_form()


def coherent(answers):
    """`answers` made to keep the rules between fields."""
    kept = dict(answers)
    if kept["category"] == "guest_house":
        kept |= {
            "capacity_units": min(5, kept["capacity_units"]),
            "capacity_persons": min(15, kept["capacity_persons"]),
        }
        kept["star_rating"] = 0
    return FORM.applicable(kept)


@st.composite
def applications(draw):
    due = {"consent_terms"}
    chosen = {}
    for field in FORM.fields:
        if field.required or field.conditional or field.name in due or draw(st.booleans()):
            chosen[field.name] = draw(answer(field))
    return coherent(chosen)


@given(applications())
def test_right_answers_come_back_unharmed_through_the_html_form(answers):
    parsed = FORM.parse(parse_qs(urlencode(posted(FORM.fields, answers), doseq=True)))
    assert parsed == answers
    assert FORM.errors(parsed) == []


@given(applications())
def test_right_answers_are_right_over_json_too(answers):
    assert FORM.validate_json(json.loads(json.dumps(answers))) == (answers, [])
