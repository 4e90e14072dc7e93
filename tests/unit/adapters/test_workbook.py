"""Workbooks as a spreadsheet reads them: nothing becomes a formula, numbers and dates stay what they are."""

import io
import re
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.adapters.workbook import LONGEST_CELL, Column, Sheet, workbook

COLUMNS = (Column("Nom"), Column("Montant", "money"), Column("Jour", "date"), Column("Rang", "number"))
A_DAY = date(2027, 3, 3)


def opened(*rows, name="Dossiers"):
    made = workbook([Sheet(name, COLUMNS, rows)], "Essai")
    return openpyxl.load_workbook(io.BytesIO(made))[name]


def test_each_kind_of_cell_is_what_it_is():
    page = opened(("Hôtel du Pont", -123_456, A_DAY, 3), ("Gîte", 0, None, None))
    assert [cell.value for cell in page[1]] == ["Nom", "Montant", "Jour", "Rang"]
    name, amount, day, rank = page[2]
    assert (name.value, amount.value, day.value.date(), rank.value) == ("Hôtel du Pont", -1234.56, A_DAY, 3)
    assert (amount.number_format, day.number_format) == ('#,##0.00\\ "€"', "dd/mm/yyyy")
    assert [cell.value for cell in page[3]] == ["Gîte", 0, None, None]


def test_the_header_stays_and_can_be_filtered():
    page = opened(("a", 1, A_DAY, 1))
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:D2")


HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\0=1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x")',
]


@pytest.mark.parametrize("typed", [*HOSTILE, "http://evil.example.com", "mailto:a@b.example", "123", "{=1}"])
def test_a_text_is_a_text_whatever_it_begins_with(typed):
    made = workbook([Sheet("Dossiers", COLUMNS, [(typed, 1, A_DAY, 1)])], "Essai")
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        styles = parts.read("xl/styles.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert 't="s"' in re.search(r'<c r="A2"[^>]*>', sheet)[0]
    assert 'quotePrefix="1"' in styles


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(), max_size=40), st.integers(-(10**12), 10**12))
def test_whatever_is_typed_the_workbook_opens(typed, cents):
    name, amount, *_ = opened((typed, cents, A_DAY, 1))[2]
    assert name.data_type in "sn"
    assert not re.search(r"[\x00-\x08\x0b-\x1f\ud800-\udfff]", name.value or "")
    assert round(amount.value * 100) == cents


def test_a_text_that_no_cell_takes_is_cut():
    assert len(opened(("é" * 40_000, 1, A_DAY, 1))["A2"].value) == LONGEST_CELL


def test_an_empty_table_is_a_header():
    page = opened()
    assert (page.max_row, page.auto_filter.ref) == (1, "A1:D1")
