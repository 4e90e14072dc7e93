"""Whatever is typed: right answers come through the form unharmed, wrong ones are kept and told."""

import json
from datetime import date
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from chalicelib.partners.application_form import membership_form
from chalicelib.web import formats
from chalicelib.web.form_parsing import clean
from chalicelib.web.form_text import typed
from tests.unit.partners.applications import FURNISHED, HOTEL

FORM = membership_form()
TEXT_FIELDS = [field for field in FORM.fields if field.type == "string"]
LODGINGS = sorted(FORM.schema["x-groups"]["lodging"]["values"])
HOSTILE = [
    "🏔️👩‍👩‍👧", "مرحبا بكم", "\u202eabc", "a\0b", "Jean\r\nBcc: x@example.fr", "<script>alert(1)</script>",
    "'; DROP TABLE x; --",
    "{{7*7}}", "${jndi:ldap://x}", "=1+1", "%00%0d%0a", "a\u2028b", "\ufeff", "\ud83d",
    "e\u0301" * 50, "﷽" * 300, "x" * 1_000_000, "9" * 1_000_000,
    "٣٤٥", "ﬀ", "İ", "\x7f", "-0", "1e999", "null",
]  # fmt: skip


def tidy_line(text):
    return formats.normalise("text-line", clean(text))


def tidy_phone(text):
    return formats.normalise("phone", text)


def reads_as_line(text):
    return formats.explain("text-line", text) is None


def siret(eight, four):
    siren = eight + luhn.calc_check_digit(eight)
    return siren + four + luhn.calc_check_digit(siren + four)


digits = st.text("0123456789", min_size=8, max_size=8).filter(lambda text: text not in ("35600000", "0" * 8))
letters = st.characters(categories=("Lu", "Ll", "Lo"))
written = st.characters(exclude_categories=("Cc", "Cs", "Cn"))
lines = st.text(written, min_size=1, max_size=30).map(tidy_line).filter(reads_as_line)
FORMATS = {
    "person-name": st.text(letters, min_size=1, max_size=30).map(clean),
    "text-line": lines,
    "email": st.from_regex(r"[a-z][a-z0-9]{0,20}@[a-z]{2,10}\.fr", fullmatch=True),
    "phone": st.from_regex(r"\+33[1-7][0-9]{8}", fullmatch=True).map(tidy_phone),
    "siret": st.builds(siret, digits, st.from_regex(r"[0-9]{4}", fullmatch=True)),
    "date": st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(str),
    "http-url": st.from_regex(r"https?://[a-z]{2,10}\.[a-z]{2,5}(/[a-z]{0,10})?", fullmatch=True),
    "registration-number": st.from_regex(r"(2A0|380)[0-9]{8}[0-9A-Z]{2}|FRA[0-9]{10}", fullmatch=True),
    "postcode": st.from_regex(r"[1-9][0-9]{4}", fullmatch=True),
    "insee": st.from_regex(r"[0-9]{5}|2[AB][0-9]{3}", fullmatch=True),
    None: st.from_regex(r"[a-z][a-z_-]{0,20}", fullmatch=True),
}


def answer(field):
    if field.type == "boolean":
        return st.just(True)
    if field.type == "array":
        return st.lists(st.sampled_from([c.value for c in field.choices]), unique=True, min_size=1)
    if field.type == "integer":
        low, high = (0, 5) if field.choices else (1, 5000)
        return st.integers(low, high)
    if field.choices:
        return st.sampled_from([choice.value for choice in field.choices])
    return FORMATS[field.format]


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


def urlencoded(answers):
    shown = {name: typed(FORM.by_name[name], value) for name, value in answers.items()}
    return urlencode({name: "true" if value is True else value for name, value in shown.items()}, doseq=True)


@given(applications())
def test_right_answers_come_back_unharmed_through_the_html_form(answers):
    parsed = FORM.parse(parse_qs(urlencoded(answers)))
    assert parsed == answers
    assert FORM.errors(parsed) == []


@given(applications())
def test_right_answers_are_right_over_json_too(answers):
    assert FORM.validate_json(json.loads(json.dumps(answers))) == (answers, [])


@given(st.sampled_from(FORM.fields), st.text(st.characters(), max_size=80))
def test_any_text_in_any_field_is_kept_and_never_raises(field, text):
    check_kept(field, text)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_text_in_any_field_is_kept_and_never_raises(text):
    for field in FORM.fields:
        check_kept(field, text)


def check_kept(field, text):
    raw = {name: [str(value)] for name, value in FURNISHED.items()} | {field.name: [text]}
    answers = FORM.parse(raw)
    errors = FORM.errors(answers)
    json.dumps([answers, [e.message for e in errors]], ensure_ascii=False).encode()
    FORM.as_text(answers)
    if field.type == "string" and clean(text) and field.name in answers:
        shown = str(typed(field, answers[field.name]))
        refused = field.name in {error.field for error in errors}
        assert shown == clean(text) or not refused


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_text_over_json_never_raises(text):
    for field in TEXT_FIELDS:
        answers, errors = FORM.validate_json(HOTEL | {field.name: text, text: text})
        json.dumps([answers, [[e.field, e.message] for e in errors]], ensure_ascii=False).encode()


@given(st.dictionaries(st.text(st.characters()), st.lists(st.text(st.characters()), max_size=3), max_size=8))
def test_a_body_of_any_shape_sets_only_fields_of_the_form(raw):
    assert set(FORM.parse(raw | {"status": ["active"], "amount_granted": ["1"]})) <= set(FORM.by_name)
