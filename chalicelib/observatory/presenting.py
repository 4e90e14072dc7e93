"""A report as its page and its paper show it: every value a text, every table with what its notes explain."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from chalicelib.kernel.french import NBSP, french_date, french_integer, french_list
from chalicelib.observatory.content import OPEN, Answer, Content, Effect, KeyFigure, Panel, Row, WeekRow
from chalicelib.observatory.french_figures import (
    UNKNOWN,
    change_in_words,
    french_percent,
    rate_in_words,
    share_in_words,
)
from chalicelib.observatory.pictures import OUTLOOK, WEEKS, ZONES, said_of, said_of_weeks
from chalicelib.observatory.small_counts import UNDER

KIND_WORDS = {
    "season_end": "Bilan de saison",
    "season_start": "Perspectives de saison",
    "bulletin": "Bulletin mensuel",
}
NOTES = {
    "secret": f"secret{NBSP}: le chiffre existe, mais il vient de trop peu d’établissements, ou presque tout d’un seul,"
    " ou permettrait d’en retrouver un autre. Il n’est pas publié.",
    "fermé": f"fermé{NBSP}: rien n’était ouvert. Ce n’est pas un taux de 0{NBSP}%.",
    UNKNOWN: f"{UNKNOWN}{NBSP}: pas de comparaison, parce que l’une des deux années manque ou est secrète.",
}
ZONES_TITLE = "Selon les vacances scolaires"
ZONES_NOTE = "Zones A, B et C en vacances en même temps."
OUTLOOK_TITLE = "Les mois qui viennent"
OUTLOOK_NOTE = (
    "Part des nuits déjà réservées chez ceux qui l’ont dit, à côté de la même question un an avant."
)
NO_SUM = f"Le nombre de réponses n’est pas publié{NBSP}: il en ferait retrouver un de moins de 3."
A_WEEK = "semaine "
"""The column says so."""
Shown = dict[str, Any]


def shown(content: Content) -> Shown:
    """The report in texts, lists and objects of these; a part without anything is an empty list or text."""
    return {
        "kind": KIND_WORDS[content.kind],
        "title": content.title,
        "territory": content.territory,
        "period": content.period,
        "compared_with": content.compared_with,
        "published_on": french_date(date.fromisoformat(content.published_on)),
        "commentary": list(content.commentary),
        "key_figures": [key_figure_in_words(one) for one in content.key_figures],
        "panel": _panel(content.panel),
        "weeks": _weeks(content.weeks),
        "tables": [_table(one.key, one.title, one.note, one.rows) for one in content.tables if one.rows],
        "zones": _optional(ZONES, ZONES_TITLE, ZONES_NOTE, content.zones),
        "effects": _effects(content.effects),
        "origins": [_line(one.label, share_in_words(one.share)) for one in content.origins],
        "satisfaction": _satisfaction(content),
        "outlook": _optional(OUTLOOK, OUTLOOK_TITLE, OUTLOOK_NOTE, content.outlook),
        "method": list(content.method),
    }


def row_in_words(row: Row) -> dict[str, str]:
    """A line of a table."""
    return {
        "label": row.label,
        "rate": rate_in_words(row.rate, row.state),
        "before": rate_in_words(row.before),
        "change": change_in_words(row.change if row.state == OPEN else None),
    }


def _table(key: str, title: str, note: str, rows: Sequence[Row]) -> Shown:
    lines = [row_in_words(row) for row in rows]
    notes = notes_on(word for line in lines for word in line.values())
    return {"key": key, "title": title, "note": note, "rows": lines, "notes": notes, "said": said_of(rows)}


def _optional(key: str, title: str, note: str, rows: Sequence[Row]) -> list[Shown]:
    """The table alone in a list, or nothing."""
    return [_table(key, title, note, rows)] if rows else []


def _weeks(weeks: Sequence[WeekRow]) -> list[Shown]:
    if not weeks:
        return []
    lines = [_week(week) for week in weeks]
    notes = notes_on(word for line in lines for word in (line["rate"], line["before"], line["change"]))
    return [{"key": WEEKS, "rows": lines, "notes": notes, "said": said_of_weeks(weeks)}]


def _week(week: WeekRow) -> dict[str, str]:
    line = row_in_words(week)
    label = line["label"].removeprefix(A_WEEK)
    return {**line, "label": label, "holidays": _holidays(week), "events": ", ".join(week.events)}


def _holidays(week: WeekRow) -> str:
    zones = "" if not week.zones else f"zone{'s' if len(week.zones) > 1 else ''} {', '.join(week.zones)}"
    return french_list(text for text in (zones, *week.foreign) if text) if zones or week.foreign else ""


def notes_on(words: Iterable[str]) -> list[str]:
    """What explains the words that stand in place of numbers, each once."""
    told = set(words)
    return [note for word, note in NOTES.items() if word in told]


def key_figure_in_words(one: KeyFigure) -> dict[str, str]:
    """One of the figures on top, with its change if there is one."""
    value = rate_in_words(one.value) if one.value is None or not isinstance(one.value, str) else one.value
    change = "" if one.change is None else f"{change_in_words(one.change)} sur un an"
    return {"label": one.label, "value": value, "change": change}


def _panel(panel: Panel) -> Shown:
    return {"sentence": _panel_sentence(panel), "rows": [vars(row) for row in panel.rows]}


def _panel_sentence(panel: Panel) -> str:
    if not panel.asked:
        return ""
    rate = "" if panel.response_rate is None else f", soit {french_percent(panel.response_rate)}"
    if panel.given is None:
        return f"Moins de 3{NBSP}établissements ont donné leurs chiffres."
    asked, given = french_integer(panel.asked), french_integer(panel.given)
    return f"{given}{NBSP}établissements sur {asked} ont donné leurs chiffres{rate}."


def _effects(effects: Sequence[Effect]) -> list[Shown]:
    """The events; how they were compared stands once where it was the same for all."""
    if not effects:
        return []
    methods = {one.method for one in effects}
    note = methods.pop() if len(methods) == 1 else ""
    return [{"note": note, "rows": [_effect(one, "" if note else one.method) for one in effects]}]


def _effect(one: Effect, method: str) -> dict[str, str]:
    return {
        "label": one.label,
        "days": one.days,
        "rate": rate_in_words(one.rate),
        "comparable": rate_in_words(one.comparable),
        "difference": change_in_words(one.difference),
        "method": method,
    }


def _satisfaction(content: Content) -> list[Shown]:
    given = content.satisfaction
    if not given.rows:
        return []
    sentence = NO_SUM if given.answers is None else f"{french_integer(given.answers)}{NBSP}réponses."
    return [{"sentence": sentence, "rows": _answers(given.rows), "reasons": _answers(given.reasons)}]


def _answers(answers: Iterable[Answer]) -> list[dict[str, str]]:
    return [_line(one.label, count_in_words(one)) for one in answers]


def count_in_words(answer: Answer) -> str:
    """How many gave it."""
    return UNDER if answer.count is None else french_integer(answer.count)


def _line(label: str, value: str) -> dict[str, str]:
    return {"label": label, "value": value}
