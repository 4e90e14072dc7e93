"""Answers as people read them, and as a form shows them again."""

from collections.abc import Sequence
from datetime import date

from chalicelib.kernel.french import NBSP, french_date, french_integer, french_money
from chalicelib.web import amounts, formats
from chalicelib.web.fields import Answers, Choice, Choices, Field, Section, Value

RETYPED = ("date", "phone", "siret", "siren", "iban")
"""Formats that an input shows again as people type them; the others as they are stored."""
NOT_ANSWERED = "Non renseigné"
BETWEEN_ROWS = f"{NBSP};\n"
"""A row a line; where lines are not kept, as in a mail, the semicolon still parts them."""

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
        parts = [_row(field, each) if isinstance(each, dict) else _label(offered, each) for each in value]
        return (BETWEEN_ROWS if field.has_rows else ", ").join(parts)
    if offered:
        return _label(offered, str(value))
    return _number(field, value) if isinstance(value, int) else _text(field, value)


def _row(field: Field, row: Answers) -> str:
    """`12/03/2025, Région, 1 500,00 €`: what the row holds, in the order of its columns."""
    return ", ".join(_cell(column, row[column.name]) for column in field.columns if column.name in row)


def _cell(column: Field, value: Value) -> str:
    return formats.show("date", str(value)) if column.format == "date" else display(column, value, {})


def _number(field: Field, value: int) -> str:
    return french_money(value) if field.is_money else french_integer(value)


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
        return [str(each) for each in value] if isinstance(value, list) else []
    if value is None:
        return ""
    if field.is_money and isinstance(value, int):
        return amounts.retyped(value)
    if field.kind == "date" or field.format not in RETYPED:
        return str(value)
    shown = formats.show(field.format, str(value))
    return value if shown == value else shown.replace(NBSP, " ")
