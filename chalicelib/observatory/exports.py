"""A report as tables to take away: a sheet for each, and the method; what is secret says so in place of a number."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from chalicelib.adapters.workbook import Column, Sheet
from chalicelib.observatory.content import OPEN, Answer, Content, Row, WeekRow
from chalicelib.observatory.french_figures import STATE_WORDS
from chalicelib.observatory.presenting import OUTLOOK_TITLE, ZONES_TITLE
from chalicelib.observatory.small_counts import UNDER

RATES = (
    Column("Taux (%)", "percent", 12),
    Column("Un an avant (%)", "percent", 16),
    Column("Écart (points)", "points", 14),
)
LABEL = Column("", width=34)
HOLIDAYS = (Column("Zones en vacances", width=18), Column("Vacances à l’étranger", width=26))
EVENTS = Column("Événements", width=50)
EFFECTS = (
    Column("Événement", width=40), Column("Jours", width=30), Column("Taux (%)", "percent", 12),
    Column("Jours comparables (%)", "percent", 22), Column("Écart (points)", "points", 14),
    Column("Méthode", width=60),
)  # fmt: skip
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME = 31
"""A sheet's name has neither these signs nor more of them, and no apostrophe at its ends."""
Line = tuple[object, ...]


def sheets(content: Content) -> list[Sheet]:
    """Every table of the report that has a line, then the method."""
    found = [one for one in (*_rates(content), *_others(content)) if one.rows]
    method = Sheet(
        "Méthode", [Column("Comment c’est compté", width=110)], [(text,) for text in content.method]
    )
    return list(_named_apart([*found, method]))


def rates_sheet(content: Content) -> Sheet:
    """Every rate of the report in one table, for CSV: which table, which line, what it says."""
    columns = (Column("Tableau", width=26), replace(LABEL, title="Ligne"), *RATES, *HOLIDAYS, EVENTS)
    lines = [
        (title, row.label, *_told(row), *_around(row)) for title, rows in _tables(content) for row in rows
    ]
    return Sheet("Taux d’occupation", columns, lines)


def _tables(content: Content) -> Iterator[tuple[str, Sequence[Row]]]:
    yield "Par semaine", content.weeks
    for table in content.tables:
        yield table.title, table.rows
    yield ZONES_TITLE, content.zones
    yield OUTLOOK_TITLE, content.outlook


def _rates(content: Content) -> Iterator[Sheet]:
    for title, rows in _tables(content):
        more = (*HOLIDAYS, EVENTS) if rows and isinstance(rows[0], WeekRow) else ()
        lines = [(row.label, *_told(row), *(_around(row) if more else ())) for row in rows]
        yield Sheet(title, (replace(LABEL, title=title), *RATES, *more), lines)


def _others(content: Content) -> Iterator[Sheet]:
    effects = [
        (one.label, one.days, one.rate, one.comparable, one.difference, one.method) for one in content.effects
    ]
    yield Sheet("Événements", EFFECTS, effects)
    yield Sheet(
        "Origines",
        (Column("Pays de résidence", width=34), Column("Part des arrivées (%)", "percent", 22)),
        [(one.label, _or_secret(one.share)) for one in content.origins],
    )
    yield _counts("Satisfaction", "Réponse", content.satisfaction.rows)
    yield _counts("Raisons", "Raison", content.satisfaction.reasons)
    yield Sheet(
        "Qui a répondu",
        (Column("Type", width=34), Column("Établissements")),
        [(one.label, one.establishments) for one in content.panel.rows],
    )


def _counts(name: str, title: str, answers: Sequence[Answer]) -> Sheet:
    lines = [(one.label, UNDER if one.count is None else one.count) for one in answers]
    return Sheet(name, (Column(title, width=34), Column("Nombre", "number")), lines)


def _told(row: Row) -> Line:
    """Its three numbers, without what is secret; nothing is told of a change to a secret rate."""
    if row.state != OPEN:
        return STATE_WORDS[row.state], row.before, None
    return row.rate, row.before, row.change


def _around(row: Row) -> Line:
    if not isinstance(row, WeekRow):
        return "", "", ""
    return ", ".join(row.zones), ", ".join(row.foreign), ", ".join(row.events)


def _or_secret(number: float | None) -> object:
    return STATE_WORDS["secret"] if number is None else number


def _named_apart(given: Iterable[Sheet]) -> Iterator[Sheet]:
    """With names that a spreadsheet takes, no two of them alike."""
    taken: set[str] = set()
    for number, sheet in enumerate(given, 1):
        name = NOT_IN_A_NAME.sub(" ", sheet.name).strip("' ")[:LONGEST_NAME]
        if not name or name.lower() in taken:
            name = f"{name[: LONGEST_NAME - 4]} {number}".strip()
        taken.add(name.lower())
        yield replace(sheet, name=name)
