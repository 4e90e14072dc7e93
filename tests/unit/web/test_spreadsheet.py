"""Tables for a spreadsheet: every cell a text, whatever a partner typed."""

import csv
import io
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.workbook import Column, Sheet
from chalicelib.web.spreadsheet import as_text, csv_of, csv_text, euros, open_data_text


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+33465711010", "-2", "@SUM(A1)", "\t=1+1", "\r=1", "\0=1", " =1", "\u2028@x", "＝1+1", "\n-1"],
)
def test_what_looks_like_a_formula_is_a_text(cell):
    assert as_text(cell).startswith("'")
    assert as_text(cell)[1] in "=+-@＝"


@pytest.mark.parametrize("cell", ["Hôtel du Pont", "3 = 4", "a@b.example.fr", "L’Étape", ""])
def test_an_ordinary_text_stays_as_it_is(cell):
    assert as_text(cell) == cell


def test_a_cell_never_becomes_two_lines_or_two_cells():
    text = csv_text(("Nom", "Mail"), [('Le "Pont"; bar\r\n=1', "a@b.example.fr")])
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:]), delimiter=";"))
    assert rows == [["Nom", "Mail"], ['Le "Pont"; bar  =1', "a@b.example.fr"]]


def test_a_sheet_of_a_workbook_is_written_as_a_french_spreadsheet_reads_it():
    columns = (Column("Nom"), Column("Le", "date"), Column("Montant", "money"), Column("Rang", "number"))
    sheet = Sheet("Essai", columns, [("=1", date(2027, 3, 4), 123_450, 2), (None, None, None, None)])
    rows = list(csv.reader(io.StringIO(csv_of(sheet)[1:]), delimiter=";"))
    assert rows[1:] == [["'=1", "04/03/2027", "1234,50", "2"], ["", "", "", ""]]


def test_a_negative_number_is_a_number_and_a_text_like_one_is_a_text():
    text = csv_text(("Montant", "Nom", "Rang"), [(euros(-123_456), "-1234,56", 3)])
    assert list(csv.reader(io.StringIO(text[1:]), delimiter=";"))[1] == ["-1234,56", "'-1234,56", "3"]


def test_open_data_has_commas_between_cells_and_points_in_numbers():
    text = open_data_text(("nom", "montant"), [("Hôtel, bar", euros(-120)), ("=1\n+2", euros(24_000))])
    assert text == 'nom,montant\n"Hôtel, bar",-1.20\n\'=1 +2,240.00\n'


@given(st.text(max_size=30), st.integers(-(10**9), 10**9))
def test_whatever_is_typed_stays_in_its_cell(typed, cents):
    for text, separator in (
        (csv_text(("a", "b"), [(typed, euros(cents))])[1:], ";"),
        (open_data_text(("a", "b"), [(typed, euros(cents))]), ","),
    ):
        _, (told, amount) = csv.reader(io.StringIO(text), delimiter=separator)
        assert not told.startswith(("=", "+", "-", "@"))
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", told)
        assert round(float(amount.replace(",", ".")) * 100) == cents


@pytest.mark.parametrize("cents", [0, 1, -1, 99, 100, 123_456_789])
def test_euros_have_two_decimals(cents):
    assert str(euros(cents)) == f"{cents / 100:.2f}"
