"""Files as tables, whatever they are called: their content says whether they are text or a workbook."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from chalicelib.adapters.workbook_parts import WorkbookTooLarge, WorkbookUnreadable
from chalicelib.adapters.workbook_rows import Value, sheet_rows
from chalicelib.observatory.reading.refusals import MOST_BYTES, MOST_LINES, FileRefused, Refusal
from chalicelib.observatory.reading.texts import TextTable

ARCHIVE = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How XLS begins, and every office file with a password ([MS-CFB] 2.2)."""
NO_TEXT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"GIF8", b"\x1f\x8b", b"<")
"""How files begin that somebody may take for a table: documents, pictures, pages that call themselves XLS."""
FRONT, BLANK = 1024, b"\xef\xbb\xbf \t\r\n"


class Line(NamedTuple):
    """A line that has something in it; `number` counts as a spreadsheet does, from 1."""

    number: int
    cells: tuple[Value, ...]


class Table(Protocol):
    """Lines that can be read again, each time from the first."""

    def lines(self) -> Iterator[Line]:
        """The lines that are not empty. Raises `FileRefused` where they cannot be read on."""


def table_of(content: bytes) -> Table:
    """The table of a file. Raises `FileRefused`; of a workbook perhaps only when its lines are read."""
    if len(content) > MOST_BYTES:
        raise FileRefused(Refusal.TOO_LARGE)
    if not content or content.isspace():
        raise FileRefused(Refusal.EMPTY)
    if content.startswith(OLD_OFFICE):
        raise FileRefused(Refusal.OLD_WORKBOOK)
    if content.startswith(ARCHIVE):
        return WorkbookTable(content)
    if b"\0" in content or content[:FRONT].lstrip(BLANK).startswith(NO_TEXT):
        raise FileRefused(Refusal.NO_TABLE)
    return TextOf(TextTable.of(content))


@dataclass(frozen=True)
class TextOf:
    """A CSV file."""

    text: TextTable

    def lines(self) -> Iterator[Line]:
        """The lines that are not empty."""
        return _limited(self.text.rows())


@dataclass(frozen=True)
class WorkbookTable:
    """The first sheet of a workbook."""

    content: bytes

    def lines(self) -> Iterator[Line]:
        """The lines that are not empty."""
        try:
            yield from _limited(sheet_rows(self.content))
        except WorkbookUnreadable as error:
            raise FileRefused(Refusal.BROKEN) from error
        except WorkbookTooLarge as error:
            raise FileRefused(Refusal.TOO_LARGE) from error


def _limited(rows: Iterator[tuple[int, tuple[Value, ...]]]) -> Iterator[Line]:
    for number, cells in rows:
        if number > MOST_LINES:
            raise FileRefused(Refusal.TOO_MANY_LINES)
        if any(cell is not None and str(cell).strip() != "" for cell in cells):
            yield Line(number, cells)
