import re
from html.parser import HTMLParser

import pytest

PAGES = [
    "/",
    "/accessibilite",
    "/bureau/style",
    "/echec/NotFound",
    "/echec/InvalidAnswers",
]
HTML_LIMIT = 30_000
VOID = {"meta", "link", "input", "br", "hr", "img", "source"}


class Outline(HTMLParser):
    """Tags, identifiers and what refers to them; raises when tags do not close in order."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.ids, self.references = [], [], [], []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        if "id" in attributes:
            self.ids.append(attributes["id"])
        for name in ("for", "aria-describedby", "aria-labelledby"):
            self.references += (attributes.get(name) or "").split()
        if (attributes.get("href") or "").startswith("#") and attributes["href"].startswith(
            ("#champ", "#contenu")
        ):
            self.references.append(attributes["href"][1:])

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def outline(body):
    parser = Outline()
    parser.feed(body)
    assert parser.open == []
    return parser


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_well_formed_with_one_h1_and_no_dangling_reference(http, path):
    page = outline(http.get(path).body.decode())
    assert page.tags.count("h1") == 1
    assert page.tags.count("main") == 1
    assert len(page.ids) == len(set(page.ids))
    assert set(page.references) <= set(page.ids)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_stays_under_30_kb(http, path):
    assert len(http.get(path).body) <= HTML_LIMIT


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_for_at_most_two_fonts_and_nothing_from_elsewhere(http, path):
    body = http.get(path).body.decode()
    assert not re.search(r'<(?:script|img|link)[^>]*(?:src|href)="(?!/)', body)


def test_robots_are_kept_out_of_files_and_links(http):
    response = http.get("/robots.txt")
    assert "Disallow: /" in response.body.decode()
    assert b"noindex" in http.get("/accessibilite").body


def test_the_accessibility_page_carries_the_declaration(http):
    body = http.get("/accessibilite").body.decode()
    for words in ("partiellement conforme", "RGAA", "Défenseur des droits", "pas encore conforme"):
        assert words in body
