"""Tables that staff open in their spreadsheet: as CSV, and never as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from unicodedata import category

CSV = "text/csv; charset=utf-8"
BYTE_ORDER_MARK = "\ufeff"
"""Without it, Excel reads the accents wrong."""
SEPARATOR = ";"
"""What Excel expects where a comma stands in numbers."""
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with one line per row, every cell a text."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=SEPARATOR, quoting=csv.QUOTE_ALL)
    table.writerow(header)
    table.writerows([as_text(cell) for cell in row] for row in rows)
    return BYTE_ORDER_MARK + written.getvalue()


def as_text(cell: str) -> str:
    """The cell on one line; an apostrophe in front keeps what looks like a formula a text."""
    flat = "".join(" " if category(sign) in ("Cc", "Zl", "Zp") else sign for sign in cell).strip()
    return f"'{flat}" if flat.startswith(BEGINS_A_FORMULA) else flat
