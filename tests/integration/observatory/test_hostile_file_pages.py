"""Hostile files reach the pages as any other: each is answered, nothing in it becomes part of a page."""

from html import unescape

import pytest

from app import app
from tests.figure_files import by_week, csv_file
from tests.integration.access.browser import Browser
from tests.integration.observatory.house import clock
from tests.integration.observatory.test_entry_file_pages import FEBRUARY, asked, bucket, path, sent
from tests.integration.web.test_pages import HTML_LIMIT
from tests.security.corpus import CORPUS, twin
from tests.security.markup import compare
from tests.unit.observatory.test_hostile_files import HOSTILE

__all__ = ["asked", "bucket", "clock", "path"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_answered_by_the_page_that_sends_another(path: str, name: str):
    make, _ = HOSTILE[name]
    shown = Browser(app).get(sent(path, make(), "mars.xlsx"))
    assert shown.status == 200
    assert "Envoyer ce fichier" in shown.text
    assert len(shown.body.encode()) < HTML_LIMIT


def _pages(path: str, text: str) -> dict[str, str]:
    """The pages of a file whose name, titles and cells are this text."""
    rows = by_week(FEBRUARY)
    titled = csv_file([[*rows[0], text], *([*row, text] for row in rows[1:])])
    wrong = csv_file([rows[0], *([*row[:1], text, *row[2:]] for row in rows[1:])])
    dates = csv_file([rows[0], *([text, *row[1:]] for row in rows[1:])])
    named = csv_file(
        [["Nom", *rows[0]], *([f"{text} {number}", *row] for number, row in enumerate(rows[1:])), *rows[1:]]
    )
    files = {"titled": titled, "wrong": wrong, "dates": dates, "named": named}
    return {
        name: Browser(app).get(sent(path, content, text.replace("/", "-"))).body
        for name, content in files.items()
    }


@pytest.mark.parametrize("text", CORPUS)
def test_markup_in_a_file_and_in_its_name_stays_a_text(path: str, text: str):
    shown = _pages(path, text)
    seen = " ".join(text.split())[:6]
    assert any(seen in unescape(page) for page in shown.values())
    compare(shown, _pages(path, twin(text)))
