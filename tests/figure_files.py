"""Files of figures as partners and providers write them."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from chalicelib.observatory.model import Sold
from chalicelib.observatory.slices import slices_of_month

TITLES = ("Date", "Chambres ouvertes", "Chambres occupées", "Nuitées", "Arrivées")
FRENCH, AMERICAN, ISO = "%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d"


def csv_file(rows: Sequence[Sequence[object]], separator: str = ";", encoding: str = "utf-8") -> bytes:
    """The rows, the first of them titles."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_file(rows: Sequence[Sequence[object]]) -> bytes:
    """The same as a workbook."""
    book, kept = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(list(row))
    book.save(kept)
    return kept.getvalue()


def by_week(sold: Mapping[str, Sold], day_format: str = FRENCH) -> list[Sequence[object]]:
    """Rows for the slices of a month, below their titles."""
    return [
        TITLES,
        *(
            (date.fromisoformat(key).strftime(day_format), one.offered, one.occupied, *_guests(one))
            for key, one in sold.items()
        ),
    ]


def march(offered: int = 20, occupied: int = 14) -> list[Sequence[object]]:
    """A row for each day of March 2027, as dates."""
    days = [day for one in slices_of_month("2027-03") for day in one.days]
    return [TITLES, *((day, offered, occupied, occupied * 2, occupied) for day in days)]


def archive_of(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive with these parts."""
    kept = io.BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()


def with_part(workbook: bytes, name: str, content: str | bytes) -> bytes:
    """The workbook with another content of one part."""
    with ZipFile(io.BytesIO(workbook)) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    return archive_of({**parts, name: content})


def _guests(sold: Sold) -> tuple[object, object]:
    return (sold.guests.nights, sold.guests.arrivals) if sold.guests else ("", "")
