import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.errors import FieldError
from chalicelib.web.forms import Form
from tests.unit.web.test_forms import PACKS, SCHEMA

FORM = Form(SCHEMA)
UNKNOWN = "Ce champ est inconnu\u00a0: retirez-le ou vérifiez son nom dans le schéma."
NOT_A_NUMBER = "Ce champ doit être un nombre entier, par exemple 4."
DEEP: list = []
for _ in range(100_000):
    DEEP = [DEEP]


def test_a_right_document_gives_answers_and_no_error():
    document = {"kind": "inn", "beds": 3.0, "tags": ["x"], "name": " Zoé ", "agreed": False, "pack": "small"}
    assert FORM.validate_json(document, PACKS) == (document | {"name": "Zoé", "beds": 3}, [])


@pytest.mark.parametrize("document", [None, 1, "x", [], [[]], True, 1.5])
def test_what_is_no_object_is_told_for_the_whole_request(document):
    answers, errors = FORM.validate_json(document)
    assert answers == {}
    assert [error.field for error in errors] == [""]


@pytest.mark.parametrize(
    "value",
    ["3", True, None, 1.5, [3], {}, 10**5000, float("inf"), float("nan"), -(10**15), DEEP],
    ids=lambda v: type(v).__name__,
)
def test_what_is_no_whole_number_is_named(value):
    _, errors = FORM.validate_json({"kind": "inn", "name": "Zoé", "beds": value})
    assert errors == [FieldError("beds", NOT_A_NUMBER)]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", 5, "Ce champ doit être un texte."),
        ("name", None, "Ce champ doit être un texte."),
        ("name", DEEP, "Ce champ doit être un texte."),
        ("agreed", "true", "Ce champ doit être vrai ou faux (true ou false)."),
        ("agreed", 1, "Ce champ doit être vrai ou faux (true ou false)."),
        ("tags", "x", "Ce champ doit être une liste de textes."),
        ("tags", [DEEP], "Ce champ doit être une liste de textes."),
        ("tags", ["x"] * 1000, "Ce champ doit être une liste de textes."),
    ],
)
def test_a_wrong_type_is_named_at_its_field(field, value, said):
    _, errors = FORM.validate_json({"kind": "bar", "name": "Zoé", field: value})
    assert errors == [FieldError(field, said)]


def test_unknown_fields_are_refused_by_name():
    _, errors = FORM.validate_json({"kind": "bar", "name": "Zoé", "status": "active"})
    assert errors == [FieldError("status", UNKNOWN)]


def test_a_flood_of_unknown_fields_is_told_shortly():
    _, errors = FORM.validate_json(
        {"kind": "bar", "name": "Zoé"} | {"k" * 1000 + str(n): n for n in range(5000)}
    )
    assert len(errors) <= 20
    assert all(len(error.field) <= 80 for error in errors)


def test_a_null_byte_is_refused_with_a_sentence():
    _, errors = FORM.validate_json({"kind": "bar", "name": "Zo\0é"})
    assert "illisible" in errors[0].message


def test_repeated_tags_are_told():
    _, errors = FORM.validate_json({"kind": "bar", "name": "Zoé", "tags": ["x", "x"]})
    assert errors == [FieldError("tags", "Cochez chaque réponse une seule fois.")]


def test_a_field_that_does_not_apply_is_left_to_the_schema():
    answers, errors = FORM.validate_json({"kind": "bar", "name": "Zoé", "beds": 3})
    assert (answers["beds"], errors) == (3, [])


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters()), inner, max_size=4),
    max_leaves=12,
)


@given(ANY_JSON | st.dictionaries(st.sampled_from(list(SCHEMA["properties"])), ANY_JSON))
def test_json_of_any_shape_never_raises_and_every_error_can_be_sent(document):
    answers, errors = FORM.validate_json(document, PACKS)
    json.dumps([answers, [[error.field, error.message] for error in errors]], ensure_ascii=False).encode()
    assert all(error.message for error in errors)
