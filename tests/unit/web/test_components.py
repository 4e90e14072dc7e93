from types import SimpleNamespace

import pytest

from chalicelib.runtime.templating import environment


@pytest.fixture
def ui():
    return environment().get_template("web/components.html").module


def a_field(kind, **attributes):
    return SimpleNamespace(kind=kind, name="nom", label="Nom", **{"required": True, **attributes})


def choice(value, label):
    return SimpleNamespace(value=value, label=label, hint="")


KINDS = [
    "text",
    "email",
    "tel",
    "url",
    "number",
    "date",
    "textarea",
    "select",
    "radio",
    "checkbox",
    "checkboxes",
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_ties_label_hint_and_error_to_its_control(ui, kind):
    html = str(ui.field(a_field(kind, hint="Un indice."), "", "Écrivez un nom.", [choice("a", "A")]))
    assert 'id="champ-nom"' in html
    assert 'aria-describedby="champ-nom-aide champ-nom-erreur"' in html
    assert 'id="champ-nom-aide"' in html
    assert 'id="champ-nom-erreur"' in html
    assert "Erreur&nbsp;: " in html
    assert "facultatif" not in html


@pytest.mark.parametrize("kind", KINDS)
def test_only_an_optional_field_says_so(ui, kind):
    html = str(ui.field(a_field(kind, required=False), "", "", [choice("a", "A")]))
    assert "(facultatif)" in html
    assert "aria-describedby" not in html
    assert " required" not in html


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_typed_comes_back_escaped(ui, kind):
    evil = "\"><script>alert('1')</script>"
    html = str(ui.field(a_field(kind), evil, evil, [choice(evil, evil)]))
    assert "<script" not in html


def test_a_mistyped_number_is_kept_as_typed(ui):
    html = str(ui.field(a_field("number"), "douze"))
    assert 'type="text"' in html
    assert 'inputmode="numeric"' in html
    assert 'value="douze"' in html


@pytest.mark.parametrize(("value", "kind"), [("", "date"), ("2027-03-03", "date"), ("3 mars", "text")])
def test_a_mistyped_date_is_kept_as_typed(ui, value, kind):
    html = str(ui.field(a_field("date"), value))
    assert f'type="{kind}"' in html
    assert f'value="{value}"' in html


def test_no_choice_is_made_for_the_person(ui):
    for kind in ("radio", "checkbox", "checkboxes"):
        assert " checked" not in str(ui.field(a_field(kind), "", "", [choice("a", "A"), choice("b", "B")]))


def test_choices_already_made_are_shown(ui):
    choices = [choice("a", "A"), choice("b", "B"), choice("c", "C")]
    assert str(ui.field(a_field("checkboxes"), ["a", "c"], "", choices)).count(" checked") == 2
    assert 'value="b" checked' in str(ui.field(a_field("radio"), "b", "", choices))
    assert 'value="b" selected' in str(ui.field(a_field("select"), "b", "", choices))
    assert " checked" in str(ui.field(a_field("checkbox"), "true"))


def test_a_textarea_keeps_its_first_newline(ui):
    assert ">\n\nsuite</textarea>" in str(ui.field(a_field("textarea"), "\nsuite"))


def test_the_error_summary_leads_to_the_fields_and_is_absent_without_errors(ui):
    html = str(ui.error_summary([SimpleNamespace(field="nom", message="Écrivez un nom.")]))
    assert 'href="#champ-nom"' in html
    assert "Une réponse est à corriger" in html
    assert str(ui.error_summary([])) == ""


def test_the_bar_of_a_whole_puts_its_parts_side_by_side_and_says_each(ui):
    html = str(
        ui.share_bar(
            [("used", "Prises", 3, "3"), ("reserved", "Proposées", 1, "1"), ("free", "Libres", 4, "4")], 8
        )
    )
    assert '<rect class="used" x="0.00" width="37.50"' in html
    assert '<rect class="reserved" x="37.50" width="12.50"' in html
    assert html.count("<rect") == 3
    assert "Libres&nbsp;: <strong>4</strong>" in html


def test_the_bar_of_nothing_is_empty(ui):
    assert 'width="0.00"' in str(ui.share_bar([("used", "Prises", 0, "0")], 0))
