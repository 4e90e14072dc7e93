"""Files that are no tables, or made to harm, are refused with a sentence, in little memory and little time."""

import struct
import tracemalloc
from collections.abc import Callable

import pytest

from chalicelib.observatory.reading.reading import read_figures
from chalicelib.observatory.reading.refusals import MOST_BYTES, WORDS, FileRefused, Refusal
from chalicelib.uploads.time_limit import stopped_after
from tests.figure_files import archive_of, csv_file, march, with_part, xlsx_file

MEGABYTE = 1024 * 1024
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _sheet(rows: str) -> bytes:
    return with_part(
        xlsx_file(march()), SHEET, f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    )


def _entities() -> bytes:
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "ha">{names}]><worksheet xmlns="{MAIN}"><sheetData>&e11;</sheetData></worksheet>'
    return with_part(xlsx_file(march()), SHEET, bomb)


def _outside_entity() -> bytes:
    bomb = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst xmlns="{MAIN}"><si><t>&e;</t></si></sst>'
    )
    return with_part(xlsx_file(march()), "xl/sharedStrings.xml", bomb)


def _long_directory() -> bytes:
    book = xlsx_file(march())
    at = book.rindex(b"PK\x05\x06")
    return book[: at + 12] + struct.pack("<I", 40 * MEGABYTE) + book[at + 16 :]


def _lying_directory() -> bytes:
    """A part that says it is small, and unpacks to much."""
    book = with_part(xlsx_file(march()), SHEET, b"<a>" + b" " * 20 * MEGABYTE)
    at = book.index(SHEET.encode(), book.index(b"PK\x01\x02")) - 46
    return book[: at + 24] + struct.pack("<I", 100) + book[at + 28 :]


HOSTILE: dict[str, tuple[Callable[[], bytes], Refusal]] = {
    "nothing": (lambda: b"", Refusal.EMPTY),
    "spaces": (lambda: b"\r\n  \r\n", Refusal.EMPTY),
    "too large": (lambda: b"a;b\n" * (MOST_BYTES // 4 + 1), Refusal.TOO_LARGE),
    "too many lines": (lambda: b"Date;Ouvertes;Occupees\n" + b"\n" * 1_000_001, Refusal.TOO_MANY_LINES),
    "too many lines of an old Macintosh": (lambda: b"a;b;c\r" * 1_000_001, Refusal.TOO_MANY_LINES),
    "PDF called CSV": (lambda: b"%PDF-1.7\nx;y;z", Refusal.NO_TABLE),
    "page called XLS": (lambda: b"<html><table><tr><td>Date</table>", Refusal.NO_TABLE),
    "NUL": (lambda: csv_file(march()).replace(b"14", b"\x0014"), Refusal.NO_TABLE),
    "UTF-16": (lambda: csv_file(march(), encoding="utf-16"), Refusal.NO_TABLE),
    "letters of no encoding": (lambda: b"Date;Ouvertes;Occupees\n\x81\x8d;1;1", Refusal.ENCODING),
    "XLS or with a password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, Refusal.OLD_WORKBOOK),
    "only titles": (lambda: csv_file(march()[:1]), Refusal.ONLY_HEADER),
    "only titles in a workbook": (lambda: xlsx_file(march()[:1]), Refusal.ONLY_HEADER),
    "one column": (lambda: b"Date\n2027-03-01\n", Refusal.ONE_COLUMN),
    "other columns": (lambda: b"Nom;Prix;Ville\nA;1;B\n", Refusal.NO_HEADER),
    "quotes that never close": (lambda: csv_file(march()) + b'"' + b"x" * MEGABYTE, Refusal.BROKEN),
    "ten thousand lines that are none": (lambda: b"Date;Ouvertes;Occupees\n" + b"x;y;z\n" * 10_001, Refusal.TOO_MANY_PROBLEMS),
    "archive of something else": (lambda: archive_of({"readme.txt": "hello"}), Refusal.BROKEN),
    "half a workbook": (lambda: xlsx_file(march())[:2000], Refusal.BROKEN),
    "workbook with a part missing": (lambda: archive_of({"xl/workbook.xml": "<a/>"}), Refusal.BROKEN),
    "entities": (_entities, Refusal.BROKEN),
    "entity from outside": (_outside_entity, Refusal.BROKEN),
    "unpacks to a thousand times": (lambda: _sheet(" " * 310 * MEGABYTE), Refusal.TOO_LARGE),
    "texts that unpack to much": (lambda: with_part(xlsx_file(march()), "xl/sharedStrings.xml", b" " * 41 * MEGABYTE), Refusal.TOO_LARGE),
    "a directory that lies": (_lying_directory, Refusal.BROKEN),
    "an endless directory": (_long_directory, Refusal.TOO_LARGE),
    "six hundred parts": (lambda: archive_of({"xl/workbook.xml": "<a/>", **{f"p{n}": "" for n in range(600)}}), Refusal.TOO_LARGE),
    "a row very far down": (lambda: _sheet('<row r="999999999999"><c r="A999999999999"><v>1</v></c></row>'), Refusal.BROKEN),
    "the last row alone": (lambda: _sheet('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), Refusal.TOO_MANY_LINES),
    "rows out of order": (lambda: _sheet('<row r="5"/><row r="2"/>'), Refusal.BROKEN),
    "broken markup": (lambda: _sheet("<row"), Refusal.BROKEN),
    "a shared text that is not there": (lambda: _sheet('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>'), Refusal.BROKEN),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_little_memory_and_time(name: str):
    make, why = HOSTILE[name]
    content = make()
    tracemalloc.start()
    try:
        with stopped_after(10), pytest.raises(FileRefused) as refused:
            read_figures(content)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (refused.value.why, str(refused.value)[:20]) == (why, WORDS[why][:20])
    assert most < 24 * MEGABYTE


def test_a_text_that_looks_like_a_formula_is_a_text():
    rows = [list(row) for row in march()]
    rows[1][1] = "=HYPERLINK(1)"
    assert "=HYPERLINK(1)" in read_figures(csv_file(rows)).all_problems()[0].sentence


def test_a_sheet_as_wide_as_a_spreadsheet_goes_is_read_as_far_as_anybody_looks():
    row = '<row r="{0}"><c r="XFD{0}"><v>1</v></c></row>'
    tracemalloc.start()
    with pytest.raises(FileRefused):
        read_figures(_sheet("".join(row.format(number) for number in range(1, 2001))))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 24 * MEGABYTE
