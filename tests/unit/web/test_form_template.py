"""The template, with the site's components when they are there, else with plain ones."""

from html.parser import HTMLParser

import pytest
from jinja2 import ChoiceLoader, DictLoader, Environment, StrictUndefined

from chalicelib.kernel.errors import FieldError
from chalicelib.runtime.templating import environment
from chalicelib.web.forms import Form
from tests.unit.web.test_forms import PACKS, SCHEMA

PLAIN_COMPONENTS = """
{% macro field_id(name) %}champ-{{ name }}{% endmacro %}
{% macro error_summary(errors) %}
{% for error in errors %}<a href="#{{ field_id(error.field) }}">{{ error.message }}</a>{% endfor %}
{% endmacro %}
{% macro field(f, value="", error="", choices=()) %}
<label for="{{ field_id(f.name) }}">{{ f.label }}</label><p>{{ error }}</p>
{% for choice in choices %}
  <input id="{{ field_id(f.name) }}" name="{{ f.name }}" value="{{ choice.value }}"
  {% if choice.value == value or (value is not string and choice.value in value) %}checked{% endif %}>
{% endfor %}
{% if not choices %}
  <input id="{{ field_id(f.name) }}" name="{{ f.name }}" value="{{ value }}">{% endif %}
{% endmacro %}
"""
PAGE = """{% from "web/form.html" import form_section %}
{{ form_section(form, section, values, errors, choices) }}"""
HOSTILE = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' autofocus onfocus=alert(1) x='",
    "{{ 7 * 7 }}", "</textarea><svg onload=alert(1)>", "&lt;b&gt;", "\u202egnp.exe", "🏔️", "a\0b", "مرحبا",
]  # fmt: skip


class Elements(HTMLParser):
    """The elements of a page: tag and attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def inputs(self, name):
        return [attrs for tag, attrs in self.found if tag == "input" and attrs.get("name") == name]

    def shape(self):
        return [(tag, sorted(attrs)) for tag, attrs in self.found]


@pytest.fixture(scope="module")
def form():
    return Form(SCHEMA)


def page(form, key, values, errors=(), choices=PACKS):
    loader = ChoiceLoader([environment().loader, DictLoader({"web/components.html": PLAIN_COMPONENTS})])
    env = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    section = form.section(key)
    return env.from_string(PAGE).render(
        form=form, section=section, values=values, errors=errors, choices=choices
    )


def test_a_page_asks_what_its_section_asks(form):
    html = page(form, "b", {})
    names = [attrs["name"] for tag, attrs in Elements(html).found if tag == "input"]
    assert list(dict.fromkeys(names)) == ["name", "agreed", "pack"]


def test_questions_of_an_undecided_group_stand_under_its_title(form):
    assert "<legend>Si vous logez</legend>" in page(form, "a", {})


def test_questions_that_apply_stand_without_a_title_and_others_are_gone(form):
    asked, left_out = page(form, "a", {"kind": "inn"}), page(form, "a", {"kind": "bar"})
    assert "Si vous logez" not in asked + left_out
    assert Elements(asked).inputs("beds")
    assert not Elements(left_out).inputs("beds")


def test_what_was_typed_stays_with_its_error_and_a_link_to_it(form):
    answers = form.parse({"kind": ["inn"], "beds": ["beaucoup"]})
    html = page(form, "a", answers, form.errors(answers, sections=["a"]))
    assert Elements(html).inputs("beds")[0]["value"] == "beaucoup"
    assert html.count("Ce champ doit être un nombre entier, par exemple 4.") == 2
    assert 'href="#champ-beds"' in html


def test_ticked_answers_are_ticked_again(form):
    boxes = Elements(page(form, "a", {"tags": ["y"]})).inputs("tags")
    assert [box["value"] for box in boxes if "checked" in box] == ["y"]


def test_choices_that_wait_for_another_answer_say_so_and_keep_what_was_chosen(form):
    html = page(form, "b", {"pack": "large"}, [FieldError("pack", "Choisissez.")], choices={})
    assert "Choisissez d’abord le type." in html
    assert 'id="champ-pack"' in html
    assert '<select id="champ-pack" name="pack"' in html
    assert '<option value="large" selected>large</option>' in html


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_adds_no_element_and_no_attribute(form, text):
    errors = [FieldError("name", text)]
    calm = page(form, "b", {"name": "Zoé", "pack": "Zoé"}, [FieldError("name", "Non")], choices={})
    assert (
        Elements(page(form, "b", {"name": text, "pack": text}, errors, choices={})).shape()
        == Elements(calm).shape()
    )
