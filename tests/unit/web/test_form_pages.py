"""What the pages of a form have in common: the way through them, and the check before it is sent."""

import pytest

from chalicelib.kernel.errors import FieldError
from chalicelib.runtime.templating import environment
from chalicelib.web.forms import Form
from tests.unit.web.test_form_template import HOSTILE, Elements
from tests.unit.web.test_forms import PACKS, SCHEMA

FORM = Form(SCHEMA)
BASE = "/api/demande"


@pytest.fixture
def pages():
    return environment().get_template("web/form_pages.html").module


def links(html):
    return [attrs for tag, attrs in Elements(str(html)).found if tag == "a"]


def test_every_page_has_its_link_and_the_present_one_says_so(pages):
    html = pages.page_nav(FORM, "b", ("a",), BASE)
    assert [(link["href"], link.get("aria-current")) for link in links(html)] == [
        (f"{BASE}/a", None),
        (f"{BASE}/b", "step"),
    ]


def test_a_page_that_is_done_says_so_in_words_too(pages):
    first, second = str(pages.page_nav(FORM, "b", ("a",), BASE)).split("</li>")[:2]
    assert 'class="done"' in first
    assert "(fait)" in first
    assert "(fait)" not in second


def test_the_check_shows_every_answer_and_leads_back_to_its_page(pages):
    answers = {"kind": "inn", "beds": 1200, "name": "Zoé", "pack": "large"}
    sections = list(zip(FORM.sections, FORM.as_text(answers, PACKS), strict=True))
    html = str(pages.check_panels(sections, BASE))
    assert [link["href"] for link in links(html)] == [f"{BASE}/a", f"{BASE}/b"]
    assert "<dt>Lits</dt><dd>1\u202f200</dd>" in html
    assert "<dt>Formule</dt><dd>Grande</dd>" in html


def test_a_mistake_leads_to_its_field_on_its_page(pages):
    html = pages.check_errors([(FieldError("beds", "Trop."), "a"), (FieldError("name", "Non."), "b")], BASE)
    assert [link["href"] for link in links(html)] == [f"{BASE}/a#champ-beds", f"{BASE}/b#champ-name"]
    assert "2 réponses sont à corriger" in html
    assert "Une réponse est à corriger" in pages.check_errors([(FieldError("beds", "Trop."), "a")], BASE)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_adds_no_element_and_no_attribute(pages, text):
    def shape(name):
        sections = list(zip(FORM.sections, FORM.as_text({"name": name}), strict=True))
        checked = pages.check_panels(sections, BASE) + pages.check_errors(
            [(FieldError("name", name), "b")], BASE
        )
        return Elements(str(checked)).shape()

    assert shape(text) == shape("Zoé")
