"""S7 for the observatory: a text that tries to become markup, on every page and in every mail, paper, picture and table."""

import csv
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from chalicelib.observatory.pictures import picture_of
from tests.security.corpus import CORPUS, twin
from tests.security.markup import HANDFULS, check_paper, compare, compare_mails
from tests.security.report_life import (
    Life,
    hostile_report,
    is_around,
    is_asked,
    is_left,
    is_published,
    is_read,
    is_sent,
)
from tests.security.town import Town

MANY_PAGES, FEWEST_MAILS = 25, 11
FORMULA = ("=", "+", "-", "@", "\t", "\r")
TABLES = ("table", "problems")


@pytest.mark.parametrize("handful", range(len(HANDFULS)))
def test_every_page_mail_paper_and_picture_of_a_report_shows_its_texts_as_text(
    whole_town: Town, handful: int
) -> None:
    text = " ".join(HANDFULS[handful])
    attacked, plain = (_lived(whole_town, one) for one in (text, twin(text)))
    assert len(attacked.pages) > MANY_PAGES
    assert sum("alert" in html for html in attacked.pages.values()) > MANY_PAGES / 2
    compare(attacked.pages, plain.pages)
    compare_mails(attacked.letters, plain.letters, FEWEST_MAILS)
    _compare_files(attacked.files, plain.files)


@pytest.mark.parametrize("text", CORPUS)
def test_no_picture_of_a_report_has_more_in_it_than_that_of_its_twin(whole_town: Town, text: str) -> None:
    for part in ("semaines", "secteurs", "types"):
        drawn, plain = (picture_of(hostile_report(one), part) or "" for one in (text, twin(text)))
        assert _elements(drawn) == _elements(plain)


def _lived(town: Town, text: str) -> Life:
    """A life from the first question to the report, and another end of it; its papers were looked at."""
    life = Life(town, text)
    is_around(life, is_asked(life))
    for step in (is_sent, is_read, is_published, is_left):
        step(life)
    papers = life.papers()
    assert papers
    for paper in papers:
        check_paper(paper)
    return life


def _compare_files(attacked: dict[str, str], plain: dict[str, str]) -> None:
    assert attacked.keys() == plain.keys()
    for name, body in attacked.items():
        if name in TABLES:
            assert _cells(body) == _cells(plain[name]), name
        elif name == "workbook":
            assert _kinds(body) == _kinds(plain[name])
        else:
            assert _elements(body) == _elements(plain[name]), name


def _elements(picture: str) -> list[tuple[str, list[str]]]:
    """The elements of a picture with the names of their attributes."""
    return [(one.tag, sorted(one.attrib)) for one in ElementTree.fromstring(picture).iter()]


def _cells(table: str) -> list[int]:
    """As many cells in each line, none of which is a formula."""
    rows = list(csv.reader(StringIO(table.removeprefix("\ufeff")), delimiter=";"))
    assert [cell for row in rows for cell in row if cell.startswith(FORMULA) and "alert" in cell] == []
    assert len(rows) > 1
    return [len(row) for row in rows]


def _kinds(workbook: str) -> list[tuple[str, str, object]]:
    """The kinds of its cells on all its sheets, no formula and no link among them."""
    book = load_workbook(BytesIO(workbook.encode("latin-1")))
    kinds = [
        (f"{number} {cell.coordinate}", cell.data_type, cell.hyperlink)
        for number, sheet in enumerate(book)
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert [kind for kind in kinds if kind[1] == "f" or kind[2]] == []
    return kinds
