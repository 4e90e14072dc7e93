"""Rows that people add to an answer and take away again: their names in a page, and the two buttons."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from chalicelib.kernel.french import NBSP, continued
from chalicelib.web.fields import Field

ADD, REMOVE = "ajouter", "retirer"
"""The names of the buttons: the value of the first is a field, of the second a field and a row."""
ROWS_READ = 100
"""As many rows as are ever read, in a page or in JSON; how many are right is said by the schema."""
NAME = re.compile(r"(?P<field>\w+)-(?P<row>0|[1-9][0-9]{0,2})(?:-(?P<column>\w+))?", re.ASCII)


class Place(NamedTuple):
    """A row, counted from 0, or one answer in it; `grants-0` and `grants-0-amount` in pages and errors."""

    field: str
    row: int
    column: str = ""

    @property
    def name(self) -> str:
        """How the place is called in pages and errors."""
        return "-".join(filter(None, (self.field, str(self.row), self.column)))

    @staticmethod
    def find(name: str) -> "Place | None":
        """The place of that name, or None for a name of something else."""
        found = NAME.fullmatch(name)
        return Place(found["field"], int(found["row"]), found["column"] or "") if found else None


def posted(field: Field, raw: Mapping[str, Sequence[str]]) -> list[dict[str, Sequence[str]]]:
    """What was typed into each row, by column, in their order, without the row that is taken away."""
    rows: dict[int, dict[str, Sequence[str]]] = {}
    for name, texts in raw.items():
        place = Place.find(name)
        if place and place.field == field.name and place.column:
            rows.setdefault(place.row, {})[place.column] = texts
    rows.pop(_removed(field, raw), None)
    return [rows[number] for number in sorted(rows)]


def _removed(field: Field, raw: Mapping[str, Sequence[str]]) -> int:
    """The number of the row that is taken away, or -1."""
    place = Place.find(_pressed(raw, REMOVE))
    return place.row if place and place.field == field.name and not place.column else -1


def _pressed(raw: Mapping[str, Sequence[str]], button: str) -> str:
    values = raw.get(button)
    return values[-1] if values else ""


@dataclass(frozen=True)
class EditedRows:
    """A button at the rows of `field` was pressed: the page is saved and shown again, without mistakes."""

    field: Field
    is_added: bool

    def shown_at(self, page: str, answers: Mapping[str, Any]) -> str:
        """Where to go on from the path `page`, given the saved `answers`: a row more, and the focus in it."""
        filled = len(answers.get(self.field.name) or ())
        if not self.is_added or not has_room(self.field, filled):
            return f"{page}#champ-{self.field.name}"
        first = Place(self.field.name, filled, self.field.columns[0].name)
        return f"{page}?{ADD}={self.field.name}#champ-{first.name}"


def edited(fields: Mapping[str, Field], raw: Mapping[str, Sequence[str]]) -> EditedRows | None:
    """Which rows one of the buttons was pressed at, or None."""
    place = Place.find(_pressed(raw, REMOVE))
    name = _pressed(raw, ADD) or (place.field if place else "")
    field = fields.get(name)
    return EditedRows(field, is_added=bool(_pressed(raw, ADD))) if field and field.has_rows else None


def has_room(field: Field, filled: int) -> bool:
    """Whether a row may follow `filled` ones."""
    return field.max_items is None or filled < field.max_items


def titled(field: Field, row: int) -> str:
    """`Aide 2`, the row being counted from 0."""
    return f"{field.row_title}{NBSP}{row + 1}"


def told(field: Field, row: int, sentence: str) -> str:
    """`Aide 2 : indiquez le montant.`"""
    return f"{titled(field, row)}{NBSP}: {continued(sentence)}"
