"""Workbooks for spreadsheets: numbers, dates and amounts are what they are, a text is never a formula."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, Literal

from chalicelib.kernel.cells import flat

Kind = Literal["text", "number", "money", "date", "percent", "points"]
FORMATS = {
    "money": '#,##0.00\\ "€"',
    "date": "dd/mm/yyyy",
    "number": "0",
    "percent": '0.0\\ "%"',
    "points": "+0.0;-0.0;0.0",
}
LONGEST_CELL = 32_000
"""A spreadsheet takes 32 767 signs in a cell."""
CENTS = 100


@dataclass(frozen=True)
class Column:
    """A title, what is below it, and how wide it is, in signs."""

    title: str
    kind: Kind = "text"
    width: int = 16


@dataclass(frozen=True)
class Sheet:
    """A table; money in integer cents, percent as 62.4 for 62.4 %, a cell that is None stays empty.

    A text in a column of numbers stands in place of one, such as `secret`.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]


def workbook(sheets: Iterable[Sheet], title: str) -> bytes:
    """The sheets as one XLSX, each with its header frozen and a filter on it."""
    import xlsxwriter

    kept = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(kept, options) as book:
        book.set_properties({"title": title})
        styles = _styles(book)
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, styles)
    return kept.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    """`quote_prefix` keeps a text one, even after somebody has edited its cell."""
    styles = {kind: book.add_format({"num_format": shape}) for kind, shape in FORMATS.items()}
    text = book.add_format({"quote_prefix": True})
    header = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    return {**styles, "text": text, "header": header}


def _write(page: Any, sheet: Sheet, styles: dict[str, Any]) -> None:
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
        page.write_string(0, number, column.title, styles["header"])
    last = 0
    for last, row in enumerate(sheet.rows, 1):
        for number, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
            _write_cell(page, (last, number), column.kind, cell, styles[column.kind])
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, last, len(sheet.columns) - 1)


def _write_cell(page: Any, place: tuple[int, int], kind: Kind, cell: Any, style: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, date):
        page.write_datetime(*place, cell, style)
    elif kind == "text" or isinstance(cell, str):
        page.write_string(*place, flat(str(cell))[:LONGEST_CELL], style)
    else:
        page.write_number(*place, cell / CENTS if kind == "money" else cell, style)
