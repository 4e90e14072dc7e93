"""What the template of a form page loops over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from chalicelib.kernel.errors import FieldError
from chalicelib.web.fields import Answers, Choice, Choices, Field, Section, Value
from chalicelib.web.form_rows import Place, has_room, titled
from chalicelib.web.form_text import typed


@dataclass(frozen=True)
class ShownField:
    """One question with what was answered, what is wrong (or ""), and the choices it has today.

    A question with rows has those to be filled in, and `has_room` for another one.
    """

    field: Field
    value: str | bool | list[str]
    error: str
    choices: tuple[Choice, ...]
    rows: tuple["ShownRow", ...] = ()
    has_room: bool = False


@dataclass(frozen=True)
class ShownRow:
    """One row: `name` is how its button and its error call it, `cells` are its questions."""

    name: str
    title: str
    error: str
    cells: tuple[ShownField, ...]


@dataclass(frozen=True)
class ShownGroup:
    """Questions in a row; the title, if any, says to whom they are put."""

    title: str
    rows: tuple[ShownField, ...]


def shown(
    section: Section, answers: Answers, errors: Iterable[FieldError], choices: Choices, one_more: str = ""
) -> list[ShownGroup]:
    """The questions of `section` that apply or may still do; those of an undecided group under its title."""
    told = {error.field: error.message for error in errors}
    fields = [field for field in section.fields if field.applies(answers)]
    rows = [
        _with_rows(field, answers.get(field.name), told, field.name == one_more)
        if field.has_rows
        else _field(field, answers.get(field.name), told, field.offered(choices))
        for field in fields
    ]
    return [
        ShownGroup(title, tuple(group))
        for title, group in groupby(rows, key=lambda row: _undecided(row.field, answers))
    ]


def _field(
    field: Field, value: Value | None, told: Mapping[str, str], choices: tuple[Choice, ...]
) -> ShownField:
    return ShownField(field, typed(field, value), told.get(field.name, ""), choices)


def _with_rows(field: Field, value: Value | None, told: Mapping[str, str], one_more: bool) -> ShownField:
    """The filled rows; an empty one if there is none, or if one more is asked for and has room."""
    filled = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    if not filled or (one_more and has_room(field, len(filled))):
        filled.append({})
    rows = tuple(_row(field, number, row, told) for number, row in enumerate(filled))
    return ShownField(field, "", told.get(field.name, ""), (), rows, has_room(field, len(filled)))


def _row(field: Field, number: int, row: Answers, told: Mapping[str, str]) -> ShownRow:
    place = Place(field.name, number)
    cells = (
        _field(_cell(column, place), row.get(column.name), told, column.choices) for column in field.columns
    )
    return ShownRow(place.name, titled(field, number), told.get(place.name, ""), tuple(cells))


def _cell(column: Field, row: Place) -> Field:
    """The column as a question of its row; it is due once the row is filled, hence not `required` as such."""
    name = row._replace(column=column.name).name
    return replace(column, name=name, required=False, conditional=column.required or column.conditional)


def _undecided(field: Field, answers: Answers) -> str:
    return "" if field.group is None or field.group.asked(answers) else field.group.title
