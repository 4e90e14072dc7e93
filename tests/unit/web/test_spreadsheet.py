"""Tables for a spreadsheet: every cell a text, whatever a partner typed."""

import csv
import io

import pytest

from chalicelib.web.spreadsheet import as_text, csv_text


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
