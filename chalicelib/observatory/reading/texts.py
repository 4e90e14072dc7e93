"""CSV as it comes from spreadsheets and booking software: which letters, which separator."""

import csv
from codecs import getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from itertools import islice

from chalicelib.observatory.reading.headers import is_header
from chalicelib.observatory.reading.refusals import MOST_LINES, FileRefused, Refusal

ENCODINGS = ("utf-8-sig", "cp1252")
"""Letters that are no UTF-8 are those of Windows: nothing is guessed."""
SEPARATORS = (";", "\t", ",")
TOP_LINES = 15
"""So far down the titles are looked for: software writes its name above them."""
CHUNK = 64 * 1024


@dataclass(frozen=True)
class TextTable:
    """A text with its encoding and what stands between its cells."""

    content: bytes
    encoding: str
    separator: str

    @classmethod
    def of(cls, content: bytes) -> "TextTable":
        """The text read as it must have been written. Raises `FileRefused`."""
        if max(content.count(b"\n"), content.count(b"\r")) > MOST_LINES:
            raise FileRefused(Refusal.TOO_MANY_LINES)
        encoding = next((name for name in ENCODINGS if _is_written_in(name, content)), None)
        if encoding is None:
            raise FileRefused(Refusal.ENCODING)
        return _separated([cls(content, encoding, separator) for separator in SEPARATORS])

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each row with the number of the line that it begins on. Raises `FileRefused` where quotes never close."""
        text = TextIOWrapper(BytesIO(self.content), encoding=self.encoding, newline="")
        reader = csv.reader(text, delimiter=self.separator)
        begins = 1
        try:
            for cells in reader:
                yield begins, tuple(cells)
                begins = reader.line_num + 1
        except csv.Error as error:
            raise FileRefused(Refusal.BROKEN, f"Ligne\u00a0{begins}.") from error

    def top(self) -> list[tuple[str, ...]]:
        """The first rows."""
        return [cells for _, cells in islice(self.rows(), TOP_LINES)]


def _separated(read: list[TextTable]) -> TextTable:
    """The reading in which titles are recognised, or else the one with the most cells above."""
    widths = {}
    for table in read:
        top = table.top()
        if any(map(is_header, top)):
            return table
        widths[table.separator] = max(map(len, top), default=0)
    widest = max(read, key=lambda table: widths[table.separator])
    if widths[widest.separator] < 2:
        raise FileRefused(Refusal.ONE_COLUMN)
    return widest


def _is_written_in(encoding: str, content: bytes) -> bool:
    decoder = getincrementaldecoder(encoding)()
    view = memoryview(content)
    try:
        for start in range(0, len(content), CHUNK):
            decoder.decode(view[start : start + CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
