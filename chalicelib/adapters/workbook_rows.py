"""The rows of a workbook that somebody sends: the results of formulas, as they were saved."""

import warnings
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from itertools import islice
from typing import Any

from chalicelib.adapters.workbook_parts import (
    WorkbookUnreadable,
    check_markup,
    formulas_without_value,
    opened,
)

MOST_COLUMNS = 60
"""What is further right is not looked at."""
BATCH = 256

Value = str | int | float | date | None


class Unsaved(str):
    """A formula of which nobody saved the result: its text is empty."""

    __slots__ = ()


def sheet_rows(content: bytes) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """Each row of the first sheet that has something in it, with its number; a time of day is left out.

    Raises `WorkbookUnreadable` or `WorkbookTooLarge`, perhaps only when the rows are read.
    """
    with opened(content) as archive:
        check_markup(archive)
        book = _book(content)
        sheet = book.worksheets[0]
        unsaved = formulas_without_value(archive, sheet._worksheet_path)
    sheet.reset_dimensions()
    cells = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
    for number, row in enumerate(_each(cells), 1):
        if number in unsaved or row.count(None) < len(row):
            yield number, tuple(_values(row, unsaved.get(number, frozenset())))
    book.close()


def _values(row: tuple[Any, ...], unsaved: frozenset[int]) -> Iterator[Value]:
    for column, cell in enumerate(row, 1):
        yield Unsaved() if column in unsaved else _value(cell)


def _book(content: bytes) -> Any:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except Exception as error:
        raise WorkbookUnreadable from error
    if not book.worksheets:
        raise WorkbookUnreadable
    return book


def _each(cells: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """The rows, with whatever the library says of a damaged one as one error, and its warnings unsaid."""
    while batch := _batch(cells):
        yield from batch


def _batch(cells: Iterator[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The next rows. Warnings are turned off for all of them at once: that takes longer than to read a row."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return list(islice(cells, BATCH))
    except Exception as error:
        raise WorkbookUnreadable from error


def _value(cell: Any) -> Value:
    if isinstance(cell, datetime):
        return cell.date()
    if cell is None or isinstance(cell, str | int | float | date):
        return cell
    return str(cell)
