"""Answers as people read them, and as a form shows them again."""

from collections.abc import Sequence
from datetime import date

from chalicelib.kernel.french import NBSP, french_date, french_integer
from chalicelib.web import formats
from chalicelib.web.fields import Answers, Choice, Choices, Field, Section, Value

RETYPED = ("date", "phone", "siret", "siren", "iban")
"""Formats that an input shows again as people type them; the others as they are stored."""
NOT_ANSWERED = "Non renseigné"

Lines = list[tuple[str, str]]


def as_text(sections: Sequence[Section], answers: Answers, choices: Choices) -> list[tuple[str, Lines]]:
    """(section's short title, [(label, text)]) of every question that applies, unanswered ones included."""
    return [(section.short or section.title, _lines(section, answers, choices)) for section in sections]


def _lines(section: Section, answers: Answers, choices: Choices) -> Lines:
    return [
        (field.short, display(field, answers.get(field.name), choices))
        for field in section.fields
        if field.applies(answers)
    ]


def display(field: Field, value: Value | None, choices: Choices) -> str:
    """One answer in French: the label of a choice, a date in words, `Oui` or `Non`."""
    if field.type == "boolean":
        return "Oui" if value is True else "Non"
    if value is None or value == []:
        return NOT_ANSWERED
    offered = field.offered(choices)
    if isinstance(value, list):
        return ", ".join(_label(offered, str(each)) for each in value)
    if offered:
        return _label(offered, str(value))
    return french_integer(value) if isinstance(value, int) else _text(field, value)


def _text(field: Field, value: str) -> str:
    if field.format == "date" and formats.explain("date", value) is None:
        return french_date(date.fromisoformat(formats.normalise("date", value)))
    return formats.show(field.format, value)


def _label(offered: Sequence[Choice], value: str) -> str:
    return next((choice.label for choice in offered if choice.value == value), value)


def typed(field: Field, value: Value | None) -> str | bool | list[str]:
    """The answer as its input shows it again: ticked or not, values ticked, or text."""
    if field.kind == "checkbox":
        return value is True
    if field.kind == "checkboxes":
        return value if isinstance(value, list) else []
    if value is None:
        return ""
    if field.kind == "date" or field.format not in RETYPED:
        return str(value)
    shown = formats.show(field.format, str(value))
    return value if shown == value else shown.replace(NBSP, " ")
