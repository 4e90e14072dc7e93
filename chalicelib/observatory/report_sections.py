"""What a draft says, as the sections of a question: whoever decides reads all of it before the link is answered."""

from collections.abc import Iterable, Iterator, Sequence

from chalicelib.observatory.content import Content, Effect, KeyFigure, Row
from chalicelib.observatory.french_figures import (
    change_in_words,
    french_percent,
    french_points,
    rate_in_words,
    share_in_words,
)
from chalicelib.observatory.presenting import A_WEEK, OUTLOOK_TITLE, count_in_words

Rows = Sequence[tuple[str, str]]


def sections_of(content: Content) -> Iterator[tuple[str, Rows]]:
    """Each part of the draft with its rows; parts without any are left out."""
    parts: list[tuple[str, Rows]] = [
        ("Chiffres clés", [(one.label, _figure(one)) for one in content.key_figures]),
        ("Établissements", list(_panel(content))),
        ("Par semaine", [(label.removeprefix(A_WEEK), said) for label, said in _rows(content.weeks)]),
        ("Selon les vacances", list(_rows(content.zones))),
        *((table.title, list(_rows(table.rows))) for table in content.tables),
        ("Les événements", [(one.label, _effect(one)) for one in content.effects]),
        ("Origine des clients", [(one.label, share_in_words(one.share)) for one in content.origins]),
        ("Ce qu’en disent les professionnels", list(_satisfaction(content))),
        (OUTLOOK_TITLE, list(_rows(content.outlook))),
        ("Méthode et secret", [(str(number), said) for number, said in enumerate(content.method, 1)]),
    ]
    return ((title, rows) for title, rows in parts if rows)


def _figure(one: KeyFigure) -> str:
    value = one.value if isinstance(one.value, str) else rate_in_words(one.value)
    return value if one.change is None else f"{value} ({french_points(one.change)})"


def _effect(one: Effect) -> str:
    change = "" if one.difference is None else f" ({change_in_words(one.difference)})"
    return f"{rate_in_words(one.rate)}, contre {rate_in_words(one.comparable)} les jours comparables{change}"


def _panel(content: Content) -> Iterator[tuple[str, str]]:
    panel = content.panel
    if panel.response_rate is not None:
        yield "Réponses", f"{panel.given} sur {panel.asked}, soit {french_percent(panel.response_rate)}"
    for row in panel.rows:
        yield row.label, row.establishments


def _satisfaction(content: Content) -> Iterator[tuple[str, str]]:
    for answer in (*content.satisfaction.rows, *content.satisfaction.reasons):
        yield answer.label, count_in_words(answer)


def _rows(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    for row in rows:
        told = rate_in_words(row.rate, row.state)
        yield row.label, told if row.change is None else f"{told} ({change_in_words(row.change)})"
