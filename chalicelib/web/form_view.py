"""What the template of a form page loops over."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from chalicelib.kernel.errors import FieldError
from chalicelib.web.fields import Answers, Choice, Choices, Field, Section
from chalicelib.web.form_text import typed


@dataclass(frozen=True)
class ShownField:
    """One question with what was answered, what is wrong (or ""), and the choices it has today."""

    field: Field
    value: str | bool | list[str]
    error: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class ShownGroup:
    """Questions in a row; the title, if any, says to whom they are put."""

    title: str
    rows: tuple[ShownField, ...]


def shown(
    section: Section, answers: Answers, errors: Iterable[FieldError], choices: Choices
) -> list[ShownGroup]:
    """The questions of `section` that apply or may still do; those of an undecided group under its title."""
    told = {error.field: error.message for error in errors}
    fields = [field for field in section.fields if field.applies(answers)]
    rows = [
        ShownField(
            field, typed(field, answers.get(field.name)), told.get(field.name, ""), field.offered(choices)
        )
        for field in fields
    ]
    return [
        ShownGroup(title, tuple(group))
        for title, group in groupby(rows, key=lambda row: _undecided(row.field, answers))
    ]


def _undecided(field: Field, answers: Answers) -> str:
    return "" if field.group is None or field.group.asked(answers) else field.group.title
