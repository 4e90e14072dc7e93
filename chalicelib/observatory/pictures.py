"""The pictures of a report: its weeks as curves, its tables as bars; and what they show, in words."""

import re
from collections.abc import Iterator, Sequence

from chalicelib.adapters.charts import SVG
from chalicelib.adapters.curves import Curve, WeekMark, lines
from chalicelib.adapters.grouped_bars import Bars, grouped_bars
from chalicelib.observatory.content import OPEN, Content, Row, WeekRow
from chalicelib.observatory.french_figures import french_percent, rate_in_words
from chalicelib.observatory.own_weeks import OwnWeek

WIDE, NARROW = 640, 320
__all__ = ["SVG", "picture_of", "picture_of_own", "rows_of", "said_of", "said_of_weeks", "short_name"]
NOW, BEFORE = "Cette année", "Un an avant"
WEEKS, ZONES, OUTLOOK = "semaines", "vacances", "perspectives"
"""The parts with a picture beside the tables, which have their own keys."""
FIRST_DAY = re.compile(r"(\d{1,2}(?:er)?)(?!\d).*?\b([a-zéû]{3,9})\b(?=\s+\d{4}|\s+au\b)")
SHORT_MONTHS = {
    "janvier": "janv.", "février": "févr.", "avril": "avr.", "juillet": "juil.", "septembre": "sept.",
    "octobre": "oct.", "novembre": "nov.", "décembre": "déc.",
}  # fmt: skip
LONGEST_NAME = 12
OWN = "Votre taux d’occupation par semaine, celui d’un an avant et celui du territoire\u00a0; le tableau les dit tous."
GROUP = "Territoire"


def picture_of(content: Content, part: str, *, is_narrow: bool = False, is_dark: bool = False) -> str | None:
    """The picture of a part as SVG; None for a part that has none."""
    width = NARROW if is_narrow else WIDE
    if part == WEEKS and content.weeks:
        return _curves(content.weeks, width, is_dark)
    rows = rows_of(content, part)
    return _bars(rows, width, is_dark) if rows else None


def rows_of(content: Content, part: str) -> Sequence[Row]:
    """The rows of a part that are drawn as bars."""
    named = {ZONES: content.zones, OUTLOOK: content.outlook, **{one.key: one.rows for one in content.tables}}
    return named.get(part, ())


def said_of(rows: Sequence[Row]) -> str:
    """What the picture shows, in words."""
    return " ".join(f"{row.label}\u00a0: {_in_words(row)}." for row in rows)


def said_of_weeks(weeks: Sequence[WeekRow]) -> str:
    """What the curves show, in a few words: the table has the rest."""
    known = [week for week in weeks if week.state == OPEN and week.rate is not None]
    if not known:
        return "Aucun taux ne peut être publié par semaine."
    return " ".join(_weeks_in_words(weeks, known))


def short_name(label: str) -> str:
    """The first day of a week for the axis: `1er mars` of `semaine du 1er au 7 mars 2027`."""
    found = FIRST_DAY.search(label)
    if found is None:
        return label[:LONGEST_NAME]
    return f"{found[1]}\u00a0{SHORT_MONTHS.get(found[2], found[2])}"


def picture_of_own(weeks: Sequence[OwnWeek], *, is_narrow: bool, is_dark: bool) -> str:
    """The curves of one establishment, and that of the territory as far as it is published."""
    group = Curve(GROUP, "group", [week.group_rate for week in weeks])
    return _drawn_curves(weeks, OWN, NARROW if is_narrow else WIDE, is_dark, group)


def _curves(weeks: Sequence[WeekRow], width: int, is_dark: bool) -> str:
    return _drawn_curves(weeks, said_of_weeks(weeks), width, is_dark)


def _drawn_curves(weeks: Sequence[WeekRow], title: str, width: int, is_dark: bool, *more: Curve) -> str:
    marks = [WeekMark(short_name(week.label), week.zones, week.foreign, week.events) for week in weeks]
    curves = (
        Curve(NOW, "now", [week.rate if week.state == OPEN else None for week in weeks]),
        Curve(BEFORE, "before", [week.before for week in weeks]),
        *more,
    )
    return lines(title, marks, curves, width, is_dark=is_dark)


def _bars(rows: Sequence[Row], width: int, is_dark: bool) -> str:
    now = Bars(NOW, "solid", [_drawn(row.rate, row.state) for row in rows])
    before = Bars(BEFORE, "hatched", [_drawn(row.before) for row in rows])
    bars = (now, before) if any(row.before is not None for row in rows) else (now,)
    labels = [row.label for row in rows]
    return grouped_bars(said_of(rows), labels, bars, width, is_dark=is_dark, said=french_percent)


def _drawn(rate: float | None, state: str = OPEN) -> float | str:
    return rate if state == OPEN and rate is not None else rate_in_words(None, state)


def _in_words(row: Row) -> str:
    told = rate_in_words(row.rate, row.state)
    return told if row.before is None else f"{told}, {french_percent(row.before)} un an avant"


def _weeks_in_words(weeks: Sequence[WeekRow], known: Sequence[WeekRow]) -> Iterator[str]:
    highest = max(known, key=lambda week: week.rate or 0)
    lowest = min(known, key=lambda week: week.rate or 0)
    yield (
        f"Taux d’occupation de {len(weeks)} semaines."
        if len(weeks) > 1
        else "Taux d’occupation d’une semaine."
    )
    yield f"Le plus haut\u00a0: {rate_in_words(highest.rate)}, {highest.label}."
    yield f"Le plus bas\u00a0: {rate_in_words(lowest.rate)}, {lowest.label}."
    compared = [week.change for week in known if week.change is not None]
    if compared:
        better = sum(1 for change in compared if change > 0)
        yield f"{better} des {len(compared)} semaines comparées font mieux qu’un an avant."
    if len(known) < len(weeks):
        yield f"Sans taux (fermé ou secret)\u00a0: {len(weeks) - len(known)}."
