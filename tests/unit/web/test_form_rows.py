"""Rows that people add and take away: what a page posts, what is kept, told and shown."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from chalicelib.kernel.errors import FieldError
from chalicelib.runtime.templating import environment
from chalicelib.web.form_rows import ROWS_READ, Place
from tests.harness.sample_form import GRANT, RIGHT, SAMPLE
from tests.unit.web.test_form_template import HOSTILE, Elements
from tests.unit.web.test_public_formats import plain

SECTION = SAMPLE.section("grants")
OTHER = {"given_on": "2024-11-02", "giver": "other", "amount": 20_000}
HALF = {"given_on": "2024-11-02", "amount": "deux cents"}


def raw(**rows):
    """The fields of a page: `grants=[{...}, ...]` as `grants-0-...`, `grants-1-...`."""
    return {
        f"{name}-{number}-{column}": [text]
        for name, filled in rows.items()
        for number, row in enumerate(filled)
        for column, text in row.items()
    }


FIRST = {"given_on": "12/03/2025", "giver": "region", "amount": "1 500,00 €"}
SECOND = {"given_on": "02/11/2024", "giver": "other", "amount": "200"}


def told(answers, **how):
    return {e.field: plain(e.message) for e in SAMPLE.errors(RIGHT | answers, **how)}


# What is typed


def test_rows_are_read_in_order_as_their_columns_are():
    assert SAMPLE.parse(raw(grants=[FIRST, SECOND])) == {"grants": [GRANT, OTHER]}


def test_rows_stand_in_the_order_of_their_numbers_whatever_was_sent_first_and_holes_close():
    sent = {"grants-10-amount": ["10"], "grants-2-amount": ["2"], "grants-0-amount": ["0,50"]}
    assert SAMPLE.parse(sent) == {"grants": [{"amount": 50}, {"amount": 200}, {"amount": 1000}]}


def test_wholly_empty_rows_are_dropped():
    empty = {"given_on": "", "giver": "", "amount": " \u200b"}
    assert SAMPLE.parse(raw(grants=[empty, SECOND, empty])) == {"grants": [OTHER]}
    assert SAMPLE.parse(raw(grants=[empty])) == {}


def test_half_typed_rows_are_kept_as_they_were_typed():
    typed = {"given_on": "02/11/2024", "amount": "deux cents", "giver": ""}
    assert SAMPLE.parse(raw(grants=[typed])) == {"grants": [HALF]}


def test_a_page_that_comes_again_without_rows_has_none():
    assert SAMPLE.revised(RIGHT, raw(rooms=[{"name": "Vercors"}]), SECTION) == {
        "quote": 123_450, "rooms": [{"name": "Vercors"}],
    }  # fmt: skip


# The two buttons


@pytest.mark.parametrize(("number", "left"), [(0, [OTHER]), (1, [GRANT]), (7, [GRANT, OTHER])])
def test_the_row_whose_button_was_pressed_is_taken_away(number, left):
    pressed = {"retirer": [f"grants-{number}"]}
    assert SAMPLE.parse(raw(grants=[FIRST, SECOND]) | pressed) == {"grants": left}


def test_a_row_is_counted_as_the_page_showed_it_empty_ones_included():
    typed = raw(grants=[{"amount": ""}, FIRST, SECOND]) | {"retirer": ["grants-1"]}
    assert SAMPLE.parse(typed) == {"grants": [OTHER]}


def test_a_row_of_another_question_stays():
    typed = raw(grants=[FIRST], rooms=[{"name": "Vercors"}]) | {"retirer": ["rooms-0"]}
    assert SAMPLE.parse(typed) == {"grants": [GRANT]}


@pytest.mark.parametrize(
    "pressed", ["grants", "grants-", "grants--1", "grants-0-amount", "grants-00", "grants-٠", "grants-1000", "-0", "", "x" * 9999]
)  # fmt: skip
def test_another_value_of_that_button_takes_nothing_away(pressed):
    assert SAMPLE.parse(raw(grants=[FIRST]) | {"retirer": [pressed]}) == {"grants": [GRANT]}


def test_which_button_was_pressed():
    added, removed = SAMPLE.edited_rows({"ajouter": ["grants"]}), SAMPLE.edited_rows({"retirer": ["rooms-1"]})
    assert (added.field.name, added.is_added) == ("grants", True)
    assert (removed.field.name, removed.is_added) == ("rooms", False)


@pytest.mark.parametrize(
    "fields",
    [
        {}, {"quote": ["1"]}, {"ajouter": [""]}, {"ajouter": []}, {"ajouter": ["quote"]}, {"ajouter": ["nothing"]},
        {"retirer": ["quote-0"]}, {"retirer": ["grants"]}, {"retirer": ["nothing-0"]}, {"ajouter": ["grants-0"]},
    ],
)  # fmt: skip
def test_a_page_that_is_saved_otherwise_is_checked(fields):
    assert SAMPLE.edited_rows(fields) is None


def test_the_page_is_shown_again_where_the_person_goes_on():
    added, removed = (
        SAMPLE.edited_rows({"ajouter": ["grants"]}),
        SAMPLE.edited_rows({"retirer": ["grants-1"]}),
    )
    answers = {"grants": [GRANT, OTHER]}
    assert (
        added.shown_at("/demande/aides", answers) == "/demande/aides?ajouter=grants#champ-grants-2-given_on"
    )
    assert added.shown_at("/demande/aides", {}) == "/demande/aides?ajouter=grants#champ-grants-0-given_on"
    assert added.shown_at("/demande/aides", {"grants": [GRANT] * 3}) == "/demande/aides#champ-grants"
    assert removed.shown_at("/demande/aides", answers) == "/demande/aides#champ-grants"


# What is wrong


def test_right_rows_have_no_mistake():
    assert SAMPLE.errors(RIGHT) == []
    assert SAMPLE.errors(RIGHT | {"grants": [GRANT, OTHER]}) == []


def test_what_is_missing_in_a_row_is_asked_for_with_its_number():
    assert told({"grants": [GRANT, {"note": "Foyer"}]}) == {
        "grants-1-given_on": "Aide 2 : indiquez la date.",
        "grants-1-giver": "Aide 2 : choisissez qui a donné cette aide.",
        "grants-1-amount": "Aide 2 : indiquez le montant.",
    }


def test_what_is_wrong_in_a_row_is_told_as_elsewhere_with_its_number():
    wrong = {"given_on": "31/02/2025", "giver": "queen", "amount": "1.234", "note": "x" * 21}
    assert told({"grants": [wrong, GRANT | {"amount": 500_001}]}) == {
        "grants-0-given_on": "Aide 1 : vérifiez la date : « 31/02/2025 » n’existe pas dans le calendrier.",
        "grants-0-giver": "Aide 1 : choisissez une réponse dans la liste.",
        "grants-0-amount": "Aide 1 : ce montant se lit de deux façons : "
        "écrivez-le sans séparateur de milliers, 1234 ou 1,23.",
        "grants-0-note": "Aide 1 : raccourcissez cette réponse : 20 caractères au plus, vous en avez saisi 21.",
        "grants-1-amount": "Aide 2 : indiquez un montant jusqu’à 5 000,00 €.",
    }


def test_a_row_too_many_is_refused_with_a_sentence_and_kept():
    four = SAMPLE.parse(raw(grants=[FIRST] * 4))
    assert len(four["grants"]) == 4
    assert told(four) == {"grants": "Gardez 3 lignes au plus : vous en avez rempli 4, retirez les autres."}


def test_rows_that_are_due_are_asked_for_at_the_question():
    assert [(e.field, e.message) for e in SAMPLE.errors({"quote": 200})] == [
        ("rooms", "Décrivez au moins une chambre.")
    ]


def test_rows_without_a_title_of_their_own_are_lines():
    assert told({"rooms": [{"name": "Vercors"}, {"beds": 0}]}) == {
        "rooms-1-name": "Ligne 2 : nommez-la.",
        "rooms-1-beds": "Ligne 2 : indiquez un nombre entier à partir de 1.",
    }


def test_mistakes_stand_in_the_order_of_the_form_row_by_row():
    answers = {
        "grants": [{"amount": 0}, *[GRANT] * 9, {"note": "\0"}, {}], "rooms": [{"beds": "x"}], "agreed": "?", "iban": "x",
    }  # fmt: skip
    assert [error.field for error in SAMPLE.errors(answers)] == [
        "quote", "iban", "grants", "grants-0-given_on", "grants-0-giver", "grants-0-amount",
        "grants-10-given_on", "grants-10-giver", "grants-10-amount", "grants-10-note",
        "grants-11-given_on", "grants-11-giver", "grants-11-amount", "rooms-0-name", "rooms-0-beds", "agreed",
    ]  # fmt: skip


def test_one_page_can_be_checked_alone_with_its_rows():
    answers = {"grants": [{"amount": 0}]}
    assert {e.field for e in SAMPLE.errors(answers, sections=["cost"])} == {"quote"}
    assert "grants-0-amount" in {e.field for e in SAMPLE.errors(answers, sections=["grants"])}


@pytest.mark.parametrize("name", ["grants", "grants-0", "grants-0-amount", "grants-7-unknown"])
def test_a_mistake_in_a_row_belongs_to_the_page_of_its_question(name):
    assert SAMPLE.section_key(name) == "grants"
    assert SAMPLE.section_key("quote") == "cost"
    assert SAMPLE.section_key("unknown-0") == SAMPLE.section_key("") == ""


def test_rules_of_the_office_find_their_place_among_the_rows():
    merged = SAMPLE.in_order(
        [FieldError("grants-1-amount", "office")],
        [FieldError("rooms", "r"), FieldError("grants-1-amount", "form"), FieldError("grants-0-note", "n")],
    )
    assert [(e.field, e.message) for e in merged] == [
        ("grants-0-note", "n"), ("grants-1-amount", "office"), ("rooms", "r"),
    ]  # fmt: skip


# Past and future


def test_dates_are_compared_with_the_day_that_is_given():
    answers = {"grants": [GRANT | {"given_on": "2027-03-04"}], "visit_on": "2027-03-02"}
    assert told(answers, on=date(2027, 3, 3)) == {
        "visit_on": "Cette date est déjà passée : vérifiez l’année.",
        "grants-0-given_on": "Aide 1 : cette date est dans le futur : vérifiez l’année.",
    }
    assert told(answers) == {}


def test_today_is_neither_too_late_nor_too_early():
    answers = {"grants": [GRANT | {"given_on": "2027-03-03"}], "visit_on": "2027-03-03"}
    assert told(answers, on=date(2027, 3, 3)) == {}


def test_a_date_that_does_not_read_is_told_as_such():
    assert "calendrier" in told({"visit_on": "31/02/2020"}, on=date(2027, 3, 3))["visit_on"]


def test_over_json_dates_are_compared_too():
    _, errors = SAMPLE.validate_json(RIGHT | {"visit_on": "2027-03-02"}, on=date(2027, 3, 3))
    assert [error.field for error in errors] == ["visit_on"]


# How it reads


def test_a_row_reads_as_a_line():
    lines = dict(SAMPLE.as_text(RIGHT | {"grants": [GRANT, OTHER | {"note": "Foyer"}]})[1][1])
    assert (
        plain(lines["Aides déjà reçues"])
        == "12/03/2025, Région, 1 500,00 € ;\n02/11/2024, Autre, 200,00 €, Foyer"
    )
    assert lines["Chambres"] == "Chartreuse, 2"


def test_half_a_row_reads_as_far_as_it_goes_and_none_says_so():
    lines = dict(SAMPLE.as_text({"grants": [HALF]})[1][1])
    assert lines["Aides déjà reçues"] == "02/11/2024, deux cents"
    assert lines["Chambres"] == "Non renseigné"


# How a page shows it


def page(answers, errors=(), one_more=""):
    module = environment().get_template("web/form.html").module
    return str(module.form_section(SAMPLE, SECTION, answers, errors, {}, one_more))


def names(html):
    return [attrs["name"] for tag, attrs in Elements(html).found if tag in ("input", "select")]


def buttons(html):
    found = [attrs for tag, attrs in Elements(html).found if tag == "button"]
    return [(attrs.get("name"), attrs.get("value")) for attrs in found]


def test_without_rows_the_page_shows_an_empty_one():
    assert [name for name in names(page({})) if name.startswith("grants")] == [
        "grants-0-given_on", "grants-0-giver", "grants-0-amount", "grants-0-note",
    ]  # fmt: skip


def test_the_page_shows_the_rows_that_are_filled_and_one_more_where_it_is_asked_for():
    answers = {"grants": [GRANT, OTHER]}
    assert "grants-1-amount" in names(page(answers))
    assert "grants-2-amount" not in names(page(answers))
    assert "grants-2-amount" in names(page(answers, one_more="grants"))
    assert "grants-2-amount" not in names(page(answers, one_more="rooms"))
    assert names(page(answers, one_more="<nothing>")) == names(page(answers))


def test_a_full_list_says_so_instead_of_offering_another_row():
    full = page({"grants": [GRANT] * 3}, one_more="grants")
    assert "grants-3-amount" not in names(full)
    assert ("ajouter", "grants") not in buttons(full)
    assert "3&nbsp;lignes au plus" in full


def test_all_rows_are_shown_when_there_are_too_many_so_that_they_can_be_taken_away():
    assert ("retirer", "grants-4") in buttons(page({"grants": [GRANT] * 5}))


def test_every_row_can_be_taken_away_and_the_enter_key_presses_none_of_them():
    assert buttons(page({"grants": [GRANT, OTHER]})) == [
        (None, None),
        ("retirer", "grants-0"),
        ("retirer", "grants-1"),
        ("ajouter", "grants"),
        ("retirer", "rooms-0"),
        ("ajouter", "rooms"),
    ]


def test_a_page_without_rows_has_no_hidden_button():
    module = environment().get_template("web/form.html").module
    assert buttons(str(module.form_section(SAMPLE, SAMPLE.section("cost"), {}))) == []


def test_what_a_row_holds_is_typed_again_as_people_type_it():
    html = page({"grants": [GRANT, HALF]})
    value = {attrs["name"]: attrs["value"] for tag, attrs in Elements(html).found if tag == "input"}
    assert value["grants-0-amount"] == "1500,00"
    assert value["grants-0-given_on"] == "2025-03-12"
    assert value["grants-1-amount"] == "deux cents"
    assert '<option value="region" selected>' in html


def test_every_mistake_has_a_link_that_leads_to_it_and_its_place_names_it():
    answers = {"grants": [HALF, {}] + [GRANT] * 2}
    errors = [*SAMPLE.errors(answers, sections=["grants"]), FieldError("grants-2", "Une ligne de trop.")]
    found = Elements(page(answers, errors)).found
    ids = {attrs.get("id") for _, attrs in found}
    links = {attrs["href"].removeprefix("#") for tag, attrs in found if tag == "a"}
    assert links == {f"champ-{error.field}" for error in errors}
    assert links <= ids
    referred = " ".join(attrs.get("aria-describedby", "") for _, attrs in found).split()
    assert {f"champ-{error.field}-erreur" for error in errors} <= set(referred) <= ids
    assert len([attrs["id"] for _, attrs in found if "id" in attrs]) == len(ids - {None})


def test_only_what_a_filled_row_may_lack_is_optional():
    html = page({})
    assert html.count("(facultatif)") == len(["the grants", "their note", "the beds of a room", "agreed"])
    assert " required" not in html


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_a_row_adds_no_element_and_no_attribute(text):
    def shape(typed):
        row = {"given_on": typed, "amount": typed, "note": typed}
        return Elements(page({"grants": [row]}, [FieldError("grants-0-amount", typed)])).shape()

    assert shape(text) == shape("Zoé")


# JSON


def over_json(**changes):
    return {e.field: plain(e.message) for e in SAMPLE.validate_json(RIGHT | changes)[1]}


def test_right_rows_are_right_over_json():
    assert SAMPLE.validate_json(RIGHT) == (RIGHT, [])


def test_unknown_keys_and_wrong_types_in_a_row_are_named():
    assert over_json(grants=[GRANT, GRANT | {"status": "x", "amount": "200,00", "giver": 1}]) == {
        "grants-1-giver": "Aide 2 : ce champ doit être un texte.",
        "grants-1-amount": "Aide 2 : ce champ doit être un nombre entier de centimes, "
        "par exemple 123450 pour 1234,50 euros.",
        "grants-1-status": "Aide 2 : ce champ est inconnu : retirez-le ou vérifiez son nom dans le schéma.",
    }


@pytest.mark.parametrize(
    "value", ["x", 1, {}, {"0": GRANT}, [GRANT, 1], ["x"], [[GRANT]], [None], [{}] * 101]
)
def test_what_is_no_list_of_objects_is_told_at_the_question(value):
    assert over_json(grants=value) == {"grants": "Ce champ doit être une liste d’objets, un par ligne."}


def test_an_empty_row_over_json_is_a_row_that_lacks_everything():
    assert set(over_json(grants=[{}])) == {"grants-0-given_on", "grants-0-giver", "grants-0-amount"}


def test_rows_too_many_over_json_are_told():
    assert list(over_json(grants=[GRANT] * 4)) == ["grants"]


def test_nothing_is_descended_into_within_a_row():
    deep: list = []
    for _ in range(100_000):
        deep = [deep]
    assert set(over_json(grants=[GRANT | {"note": deep, "x": deep}])) == {"grants-0-note", "grants-0-x"}


def test_the_published_schema_has_rows_as_arrays_of_objects_and_standard_keywords_only():
    schema = SAMPLE.api_schema()
    Draft202012Validator.check_schema(schema)
    assert '"x-' not in json.dumps(schema)
    grants = schema["properties"]["grants"]
    assert (grants["type"], grants["maxItems"], grants["items"]["type"]) == ("array", 3, "object")
    assert Draft202012Validator(schema).is_valid(RIGHT)
    assert not Draft202012Validator(schema).is_valid(RIGHT | {"grants": [{"amount": "1"}]})


# Hostile pages

numbers = st.sampled_from(
    ["0", "1", "2", "-1", "00", "01", "999", "1000", "999999999999", "٣", "1e3", " 1", ""]
)
columns = st.sampled_from(["given_on", "amount", "note", "amount-0", "", "unknown", "__class__", "-"])
made_up = st.builds(
    "{}-{}-{}".format, st.sampled_from(["grants", "rooms", "quote", "grants-0", ""]), numbers, columns
)
any_name = st.text(st.characters()) | made_up | st.sampled_from(["grants", "ajouter", "retirer", "grants-0"])
any_text = st.text(st.characters(), max_size=20) | made_up


@given(st.dictionaries(any_name, st.lists(any_text, max_size=3), max_size=12))
def test_a_page_of_any_names_is_read_checked_and_shown(body):
    answers = SAMPLE.parse(body)
    assert set(answers) <= set(SAMPLE.by_name)
    for name in ("grants", "rooms"):
        known = {column.name for column in SAMPLE.by_name[name].columns}
        assert all(row and set(row) <= known for row in answers.get(name, []))
    SAMPLE.revised(answers, body, SECTION)
    errors = SAMPLE.errors(answers, on=date(2027, 3, 3))
    json.dumps([answers, [e.message for e in errors], SAMPLE.as_text(answers)], ensure_ascii=False).encode()
    assert all(SAMPLE.section_key(error.field) for error in errors)
    edited = SAMPLE.edited_rows(body)
    shown = page(answers, errors, (body.get("ajouter") or [""])[0])
    assert edited is None or edited.shown_at("/p", answers).startswith("/p")
    assert f'id="champ-{SECTION.fields[0].name}"' in shown


def test_of_a_flood_of_rows_a_hundred_are_kept_to_be_refused():
    answers = SAMPLE.parse({f"grants-{number}-amount": ["1"] for number in range(100_000)})
    assert len(answers["grants"]) == ROWS_READ
    assert [error.field for error in SAMPLE.errors(answers)][:2] == ["quote", "grants"]


@given(any_name)
def test_the_name_of_a_place_is_read_as_it_is_written(name):
    place = Place.find(name)
    assert place is None or (place.name == name and 0 <= place.row < 1000)
