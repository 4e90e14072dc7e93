"""What is in a workbook before any library reads it: how large it unpacks, no entities, no formulas without a value.

A workbook is an archive of XML files. Its directory tells what each unpacks to, and Python's reader stops there,
whatever the packed bytes would go on to give.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import Any
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

MOST_PARTS = 500
MOST_BYTES = 300 * 1024 * 1024
MOST_TEXT_BYTES = 40 * 1024 * 1024
"""Of the parts that are held in memory whole: all but the sheets."""
MOST_DIRECTORY_BYTES = 256 * 1024
MOST_FORMULAS = 1000
MOST_ROWS = 1_048_576
"""A sheet has no more: ECMA-376 knows no row below, nor does any spreadsheet."""
DIRECTORY_END, LARGE_DIRECTORY = re.compile(rb"PK\x05\x06"), b"PK\x06\x07"
LONGEST_END = 65_535 + 22
SHEETS = "xl/worksheets/"
WORKBOOK = "xl/workbook.xml"
CHUNK = 1024 * 1024
ENCRYPTED = 1


class WorkbookUnreadable(Exception):
    """No workbook, or one that is damaged, protected or made to harm."""


class WorkbookTooLarge(Exception):
    """It unpacks to more than is read."""


def opened(content: bytes) -> ZipFile:
    """The archive, of a size that can be read. Raises `WorkbookUnreadable` or `WorkbookTooLarge`."""
    _check_directory(content)
    try:
        archive = ZipFile(BytesIO(content))
    except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise WorkbookUnreadable from error
    parts = archive.infolist()
    if WORKBOOK not in {part.filename for part in parts} or not all(map(_is_plain, parts)):
        raise WorkbookUnreadable
    held = sum(part.file_size for part in parts if not part.filename.startswith(SHEETS))
    if (
        len(parts) > MOST_PARTS
        or held > MOST_TEXT_BYTES
        or sum(part.file_size for part in parts) > MOST_BYTES
    ):
        raise WorkbookTooLarge
    return archive


def check_markup(archive: ZipFile) -> None:
    """That no part declares entities, which a workbook never does. Raises `WorkbookUnreadable`."""
    for part in archive.infolist():
        if part.filename.endswith((".xml", ".rels", ".vml")):
            _parse(archive, part.filename, _parser())


def formulas_without_value(archive: ZipFile, sheet: str) -> dict[int, frozenset[int]]:
    """The columns, by row, both from 1, of the formulas whose result was not saved, the first thousand of them.

    Raises `WorkbookUnreadable`, for rows out of order too: the library passes over them in silence.
    """
    found = _Formulas()
    parser = _parser()
    parser.StartElementHandler = found.begin
    parser.EndElementHandler = found.end
    parser.CharacterDataHandler = found.text
    _parse(archive, sheet, parser)
    return found.by_row()


class _Formulas:
    """Follows a sheet, cell by cell."""

    def __init__(self) -> None:
        self.missing: set[tuple[int, int]] = set()
        self.row = self.column = 0
        self.is_formula = self.has_value = self.is_in_value = False

    def by_row(self) -> dict[int, frozenset[int]]:
        """The columns of what is missing."""
        rows = groupby(sorted(self.missing), lambda place: place[0])
        return {row: frozenset(column for _, column in places) for row, places in rows}

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition(":")[2]
        if name == "row":
            self._next_row(attributes.get("r"))
        elif name == "c":
            place = attributes.get("r")
            self.column = _column(place) if place else self.column + 1
            self.is_formula = False
            self.has_value = attributes.get("t") == "str"
        elif name == "f":
            self.is_formula = True
        elif name == "v":
            self.is_in_value = True

    def end(self, tag: str) -> None:
        """An element ends."""
        name = tag.rpartition(":")[2]
        if name == "v":
            self.is_in_value = False
        elif name == "c" and self.is_formula and not self.has_value and len(self.missing) < MOST_FORMULAS:
            self.missing.add((self.row, self.column))

    def text(self, text: str) -> None:
        """Some text inside an element."""
        if self.is_in_value:
            self.has_value = True

    def _next_row(self, number: str | None) -> None:
        row = int(number) if number else self.row + 1
        if not self.row < row <= MOST_ROWS:
            raise WorkbookUnreadable
        self.row, self.column = row, 0


def _check_directory(content: bytes) -> None:
    """An archive's directory is read whole: one that is made to be endless is not begun."""
    tail = content[-LONGEST_END:]
    sizes = [int.from_bytes(tail[end.start() + 12 : end.start() + 16], "little") for end in _ends(tail)]
    if not sizes or LARGE_DIRECTORY in tail:
        raise WorkbookUnreadable
    if max(sizes) > MOST_DIRECTORY_BYTES:
        raise WorkbookTooLarge


def _ends(tail: bytes) -> Iterator[re.Match[bytes]]:
    return DIRECTORY_END.finditer(tail)


def _is_plain(part: ZipInfo) -> bool:
    return part.compress_type in (ZIP_STORED, ZIP_DEFLATED) and not part.flag_bits & ENCRYPTED


def _column(place: str) -> int:
    """The number of the column of `AB12`: 28."""
    number = 0
    for sign in place.rstrip("0123456789")[:4]:
        number = number * 26 + ord(sign) - ord("A") + 1
    return number


def _parser() -> Any:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_told: object) -> None:
    raise WorkbookUnreadable


def _parse(archive: ZipFile, name: str, parser: Any) -> None:
    try:
        with archive.open(name) as part:
            while chunk := part.read(CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except WorkbookUnreadable:
        raise
    except Exception as error:
        raise WorkbookUnreadable from error
