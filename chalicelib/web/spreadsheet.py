"""Tables that people open in their spreadsheet, as CSV: texts are never formulas, numbers stay numbers."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from chalicelib.kernel.cells import flat, looks_like_a_formula

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTE_ORDER_MARK = "\ufeff"
"""Without it, Excel reads the accents wrong."""
SEPARATOR = ";"
"""What Excel expects where a comma stands in numbers."""

Cell = str | int | Decimal


class Column(Protocol):
    """What stands above a column, and what is below it: `text`, `number`, `money`, `date`, `percent` or `points`."""

    @property
    def title(self) -> str:
        """The title."""

    @property
    def kind(self) -> str:
        """What is below it."""


class Table(Protocol):
    """A table as workbooks have it: money in integer cents, a cell that is None stays empty."""

    @property
    def columns(self) -> Sequence[Column]:
        """The columns."""

    @property
    def rows(self) -> Iterable[Sequence[object]]:
        """The rows, each with a cell for every column."""


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table for a French spreadsheet, with one line per row; numbers have a comma."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=SEPARATOR, quoting=csv.QUOTE_ALL)
    table.writerow(header)
    table.writerows([_french(cell) for cell in row] for row in rows)
    return BYTE_ORDER_MARK + written.getvalue()


def csv_of(table: Table) -> str:
    """The sheet of a workbook as CSV for a French spreadsheet."""
    kinds = [column.kind for column in table.columns]
    rows = ([_cell(kind, cell) for kind, cell in zip(kinds, row, strict=True)] for row in table.rows)
    return csv_text([column.title for column in table.columns], rows)


def open_data_text(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table as open data wants it: commas between the cells, a point in numbers."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(header)
    table.writerows([_shown(cell) for cell in row] for row in rows)
    return written.getvalue()


def euros(cents: int) -> Decimal:
    """Integer cents as a number of euros with two decimals."""
    return Decimal(cents).scaleb(-2).quantize(Decimal("0.01"))


def as_text(cell: str) -> str:
    """The cell on one line; an apostrophe in front keeps what looks like a formula a text."""
    text = flat(cell)
    return f"'{text}" if looks_like_a_formula(text) else text


def _shown(cell: Cell) -> str:
    return as_text(cell) if isinstance(cell, str) else str(cell)


def _french(cell: Cell) -> str:
    return _shown(cell) if isinstance(cell, str) else str(cell).replace(".", ",")


def _cell(kind: str, cell: object) -> Cell:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, int):
        return euros(cell) if kind == "money" else cell
    if isinstance(cell, float):
        return Decimal(str(cell))
    return str(cell)
