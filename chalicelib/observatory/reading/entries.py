"""The lines of a table as figures of one day or week, or as what is wrong with them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import NamedTuple

from chalicelib.adapters.workbook_rows import Unsaved
from chalicelib.observatory.reading.dates import NoDate, Order, UnclearDate, day_of, order_of
from chalicelib.observatory.reading.headers import (
    ARRIVALS,
    DAY,
    DUE,
    FIGURES,
    LABELS,
    NIGHTS,
    OCCUPIED,
    OFFERED,
    WHO,
    Columns,
    columns_of,
    is_header,
)
from chalicelib.observatory.reading.numbers import NoFigure, figure_of
from chalicelib.observatory.reading.refusals import FileRefused, Refusal
from chalicelib.observatory.reading.tables import Line, Table
from chalicelib.observatory.reading.texts import TOP_LINES
from chalicelib.observatory.reading.words import plain

SUMS = ("total", "totaux", "sous total", "moyenne", "moyennes", "cumul", "ensemble", "average", "sum")
"""How the lines begin that software adds below: they are no days."""
LONGEST_TOLD = 40
NO_DAY = "ce n’est pas une date. Écrivez-la comme 09/03/2027 ou 2027-03-09."
TWO_DAYS = (
    "le jour et le mois ne se distinguent pas\u00a0: d’autres lignes du fichier ont les deux ordres. "
    "Écrivez les dates comme 2027-03-09."
)
UNSAVED = (
    "une formule n’a pas de résultat\u00a0: ouvrez le fichier dans votre tableur et enregistrez les valeurs."
)


class Entry(NamedTuple):
    """What was offered and sold from a day on, in unit-nights; `who` is the establishment as the file names it.

    Of the people who came, None where the cell is empty, or the file says nothing of them.
    """

    line: int
    who: str
    day: date
    offered: int
    occupied: int
    nights: int | None = None
    arrivals: int | None = None


class Problem(NamedTuple):
    """What is wrong, in a sentence; `line` is 0 where it is no single line, `day` None where it cannot be read."""

    line: int
    sentence: str
    who: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Titles:
    """The line of titles, and where its columns are."""

    line: int
    columns: Columns


def titles_of(table: Table, given: Mapping[str, str] | None = None) -> Titles:
    """The titles of a table. Raises `FileRefused`, with the columns that are missing."""
    top = list(islice(table.lines(), TOP_LINES))
    found = next((line for line in top if is_header(line.cells, given)), None) or _widest(top)
    columns = columns_of(found.cells, given)
    if columns.missing:
        raise FileRefused(Refusal.NO_HEADER, _missing(columns))
    return Titles(found.number, columns)


def titles_in(table: Table) -> list[str]:
    """What is written in the line that looks most like titles. Raises `FileRefused`."""
    top = list(islice(table.lines(), TOP_LINES))
    found = next((line for line in top if is_header(line.cells)), None) or _widest(top)
    return [title for title in map(_text, found.cells) if title]


def entries(table: Table, titles: Titles) -> Iterator[Entry | Problem]:
    """Each line below the titles."""
    columns = titles.columns
    order = order_of(_cell(line, columns, DAY) for line in _below(table, titles))
    for line in _below(table, titles):
        if not _is_sum(line, columns):
            yield _read(line, columns, order)


def _below(table: Table, titles: Titles) -> Iterator[Line]:
    return (line for line in table.lines() if line.number > titles.line)


def _widest(top: list[Line]) -> Line:
    if not top:
        raise FileRefused(Refusal.EMPTY)
    return max(top, key=lambda line: sum(cell not in (None, "") for cell in line.cells))


def _missing(columns: Columns) -> str:
    names = ", ".join(f"«\u00a0{LABELS[name]}\u00a0»" for name in columns.missing)
    return f"Il manque\u00a0: {names}."


def _read(line: Line, columns: Columns, order: Order) -> Entry | Problem:
    """What the line says, or the first thing that is wrong in it."""
    who = _text(_cell(line, columns, WHO))
    if any(isinstance(_cell(line, columns, name), Unsaved) for name in columns.at):
        return Problem(line.number, UNSAVED, who)
    try:
        day = day_of(_cell(line, columns, DAY), order)
    except NoDate:
        return Problem(line.number, f"{_told(_cell(line, columns, DAY))}\u00a0: {NO_DAY}", who)
    except UnclearDate:
        return Problem(line.number, f"{_told(_cell(line, columns, DAY))}\u00a0: {TWO_DAYS}", who)
    return _figures(line, columns, who, day)


def _figures(line: Line, columns: Columns, who: str, day: date) -> Entry | Problem:
    found: dict[str, int | None] = {}
    for name in FIGURES:
        cell = _cell(line, columns, name)
        try:
            found[name] = figure_of(cell)
        except NoFigure as why:
            return Problem(line.number, f"{LABELS[name]}, {_told(cell)}\u00a0: {why}.", who, day)
        if name in DUE and found[name] is None:
            return Problem(
                line.number, f"{LABELS[name]}\u00a0: la case est vide, mettez 0 s’il n’y a rien.", who, day
            )
    guests = (found[NIGHTS], found[ARRIVALS]) if columns.has_guests else (None, None)
    if (guests[0] is None) != (guests[1] is None):
        return Problem(line.number, "Donnez les nuitées et les arrivées, ou aucune des deux.", who, day)
    return Entry(line.number, who, day, found[OFFERED] or 0, found[OCCUPIED] or 0, *guests)


def _is_sum(line: Line, columns: Columns) -> bool:
    first = next((str(cell) for cell in line.cells if cell not in (None, "")), "")
    return plain(first).startswith(SUMS) and not _is_day(_cell(line, columns, DAY))


def _is_day(cell: object) -> bool:
    return isinstance(cell, date) or (isinstance(cell, str) and any(sign.isdigit() for sign in cell))


def _cell(line: Line, columns: Columns, name: str) -> object:
    at = columns.at.get(name)
    return line.cells[at] if at is not None and at < len(line.cells) else None


def _text(cell: object) -> str:
    return " ".join(str(cell if cell is not None else "").split())


def _told(cell: object) -> str:
    text = _text(cell)
    return f"«\u00a0{text[:LONGEST_TOLD]}\u00a0»" if text else "case vide"
