"""Every template of every room, walked: what no page may contain."""

import re
from pathlib import Path

import pytest

import chalicelib

ROOMS = Path(chalicelib.__file__).parent
TEMPLATES = sorted(ROOMS.glob("*/templates/**/*.html"))
PAGES = [path for path in TEMPLATES if "email" not in path.parts]
SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?! type=\"application/ld\+json\">)", re.I)
"""JSON-LD is data for search engines: no browser runs it, and no policy has to let it through (HTML, 4.12.1)."""
HANDLER = re.compile(r"<[^>]*\s(on[a-z]+\s*=|style\s*=)|<style|javascript:", re.I)
ELSEWHERE = re.compile(
    r"<(?:script|img|link|iframe|source|video|audio)\b[^>]*(?:src|href)=\"(?:https?:)?//", re.I
)
PLAIN_SPACE = re.compile(r"[\wé»)] [:;!?»](?=\s|<|$|\")|« ")


def named(path):
    return str(path.relative_to(ROOMS))


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_page_has_no_inline_script_style_or_handler(path):
    text = path.read_text("utf-8")
    assert not SCRIPT.search(text)
    assert not HANDLER.search(text)


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_fetches_nothing_from_elsewhere(path):
    assert not ELSEWHERE.search(path.read_text("utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_double_punctuation_never_starts_a_line(path):
    text = re.sub(
        r"\{[%#].*?[%#]\}|<style>.*?</style>|style=\"[^\"]*\"", "", path.read_text("utf-8"), flags=re.S
    )
    assert not PLAIN_SPACE.findall(text)


def test_no_script_submits_a_form():
    script = (ROOMS / "web" / "static" / "cordee.js").read_text("utf-8")
    assert not re.search(r"\.(submit|requestSubmit|click)\(", script)
