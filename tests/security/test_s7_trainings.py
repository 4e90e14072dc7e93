"""S7 for trainings: a text that tries to become markup, on every page and in every mail, paper, table, feed and calendar."""

import csv
import json
import re
from html import unescape
from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from tests.security.corpus import CORPUS, twin
from tests.security.markup import HANDFULS, check_paper, compare, compare_mails
from tests.security.reading import Tree
from tests.security.town import Town
from tests.security.training_life import (
    ALL_FREE,
    FREE_TEXT,
    HELD_TO_A_FORMAT,
    LIVED,
    Life,
    is_called_off,
    is_drafted,
    is_full,
    is_handed_on,
    is_held,
    is_public,
)

MANY_PAGES = 50
JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def test_every_free_text_of_a_session_is_hostile_here() -> None:
    assert {*FREE_TEXT, *HELD_TO_A_FORMAT} == ALL_FREE


@pytest.mark.parametrize("handful", range(len(HANDFULS)))
def test_every_page_mail_and_paper_of_a_session_shows_its_texts_as_text(
    whole_town: Town, handful: int
) -> None:
    text = " ".join(HANDFULS[handful])
    attacked, plain = (_lived(whole_town, one) for one in (text, twin(text)))
    assert len(attacked.pages) > MANY_PAGES
    assert sum("alert" in html for html in attacked.pages.values()) > MANY_PAGES / 2
    compare(attacked.pages, plain.pages)
    compare_mails(attacked.letters, plain.letters)
    for life in (attacked, plain):
        _check_data(life)
    _compare_files(attacked.files, plain.files)


def _lived(town: Town, text: str) -> Life:
    """A life from the draft to its questionnaire, and another end of it; its papers were looked at."""
    life = Life(town, text)
    for step in (is_drafted, is_public, is_full, is_handed_on):
        step(life)
    before = town.checkpoint()
    is_called_off(life)
    life.goes_back(before)
    is_held(life)
    papers = life.papers()
    assert papers
    for paper in (*papers, life.files.pop("sheet").encode("latin-1")):
        check_paper(paper)
    return life


def _check_data(life: Life) -> None:
    """What search engines read says the text, and cannot end its element."""
    pages = [body for body in life.pages.values() if "application/ld+json" in body]
    assert len(pages) >= 3
    for body in pages:
        [data] = JSON_LD.findall(body)
        assert "<" not in data
        assert "&" not in data
        assert json.loads(data)["name"] == life.of_office


def _compare_files(attacked: dict[str, str], plain: dict[str, str]) -> None:
    assert attacked.keys() == plain.keys()
    for read in (_feed, _calendar, _table, _workbook, _data, _picture):
        assert read(attacked) == read(plain)


def _feed(files: dict[str, str]) -> Any:
    """Its elements with the names of their attributes, and where its links lead."""
    root = ElementTree.fromstring(files["feed"])
    return [(one.tag, sorted(one.attrib), one.get("href")) for one in root.iter()]


def _calendar(files: dict[str, str]) -> Any:
    """The properties of each entry, and those that a program acts on."""
    found = []
    for name in ("calendar", "one calendar"):
        for part in Calendar.from_ical(files[name]).walk():
            found.append((part.name, sorted(part.keys()), str(part.get("url")), str(part.get("uid"))))
    return found


def _table(files: dict[str, str]) -> Any:
    """As many cells in each line, none of which is a formula."""
    rows = list(csv.reader(StringIO(files["table"].removeprefix("\ufeff")), delimiter=";"))
    assert [cell for row in rows for cell in row if cell.startswith(FORMULA)] == []
    assert len(rows) > 3
    return [len(row) for row in rows]


def _workbook(files: dict[str, str]) -> Any:
    """The kinds of its cells, no formula and no link among them."""
    sheet = load_workbook(BytesIO(files["workbook"].encode("latin-1"))).active
    assert sheet is not None
    kinds = [(cell.coordinate, cell.data_type, cell.hyperlink) for row in sheet.iter_rows() for cell in row]
    assert [kind for kind in kinds if kind[1] == "f"] == []
    return kinds


def _data(files: dict[str, str]) -> Any:
    """The keys of all that a person takes away."""
    return _keys(json.loads(files["data"]))


def _keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _keys(inner) for name, inner in value.items()}
    return [_keys(inner) for inner in value] if isinstance(value, list) else None


def _picture(files: dict[str, str]) -> Any:
    return [(one.tag, sorted(one.attrib)) for one in ElementTree.fromstring(files["picture"]).iter()]


@pytest.mark.parametrize("text", CORPUS)
def test_no_text_ends_the_script_of_a_session_or_leaves_its_quotes(whole_town: Town, text: str) -> None:
    life = Life(whole_town, text)
    is_drafted(life)
    text = life.of_office
    page = life.town.visitors["anonymous"].get(f"/formations/{LIVED}").body
    [data] = JSON_LD.findall(page)
    said = json.loads(data)
    assert (said["name"], said["description"], said["location"]["name"]) == (text, text, text)
    scripts = [names for tag, names in Tree(page).elements if tag == "script"]
    assert len(scripts) == len([names for tag, names in Tree(_plain(whole_town)).elements if tag == "script"])
    assert unescape(re.findall(r'<meta property="og:title" content="([^"]*)">', page)[0]) == text


def _plain(town: Town) -> str:
    town.at("training_open")
    return town.visitors["anonymous"].get("/formations/SES-7KQ4M2").body
