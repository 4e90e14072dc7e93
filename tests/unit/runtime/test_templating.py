"""Pages are escaped, plain-text mails are not, and a missing variable is an error."""

import pytest
from jinja2 import TemplateNotFound, UndefinedError

from chalicelib.runtime.templating import environment, render

HOSTILE = "<b>&\"'"


@pytest.mark.parametrize(("name", "is_escaped"), [("page.html", True), ("body.txt", False), (None, True)])
def test_all_but_plain_text_is_escaped(name, is_escaped):
    escapes = environment().autoescape
    assert escapes(name) is is_escaped


def test_a_missing_variable_raises_at_once():
    with pytest.raises(UndefinedError):
        environment().from_string("{{ absent }}").render()


def test_french_filters_are_there():
    text = environment().from_string("{{ 123450|money }} {{ 2|days }} {{ 'oui'|quoted }}").render()
    assert text.replace("\u00a0", "_").replace("\u202f", "'") == "1'234,50_€ 2_jours «_oui_»"


def test_what_is_typed_stays_text_in_a_page():
    assert environment().from_string("{{ x }}").render(x=HOSTILE) == "&lt;b&gt;&amp;&#34;&#39;"


def test_a_template_is_named_by_its_room_and_nothing_outside_is_reached():
    for name in ("nowhere/page.html", "web/../../kernel/ids.py", "web/absent.html"):
        with pytest.raises(TemplateNotFound):
            render(name)
