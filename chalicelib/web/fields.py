"""What a form asks: sections, groups, fields, choices. `web/form_schema.py` reads them from a JSON Schema."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Value = str | int | bool | list[str] | list["Answers"]
Answers = dict[str, Value]
"""Typed answers by field name, ready for JSON; a text that does not convert stays as it was typed.

Amounts are cents; rows are a list of answers by column name.
"""


@dataclass(frozen=True)
class Choice:
    """One answer offered: `value` is posted and stored, `label` and `hint` are read."""

    value: str
    label: str
    hint: str = ""


Choices = Mapping[str, Sequence[Choice]]
"""Choices known at run time only, by field name, such as `{"commune": [...], "pack": [...]}`."""


@dataclass(frozen=True)
class Group:
    """Fields that only some answers of another field call for."""

    key: str
    title: str
    field: str
    values: frozenset[str]
    others: frozenset[str]

    def asked(self, answers: Mapping[str, Any]) -> bool:
        """Whether the deciding answer is known and calls for these fields."""
        return str(answers.get(self.field)) in self.values

    def excluded(self, answers: Mapping[str, Any]) -> bool:
        """Whether the deciding answer is known and leaves these fields out."""
        return str(answers.get(self.field)) in self.others


@dataclass(frozen=True)
class Field:
    """One question.

    `required` whatever the other answers; `conditional` when some of them make it so (then it is not marked
    as optional either). `source` names the run-time choices (`communes`, `packs`) and `waiting` says how to
    get them; `short` is the label of summaries. `minimum` and `maximum` of an amount are cents; `suffix` stands
    beside the input, and `unit` says it in the label to who does not see that. `when` says on which side of
    today a date is: `past`, `future` or either. At most `max_items` boxes are ticked, or rows filled in; rows have
    `columns`, and are a `row_title` each.
    """

    name: str
    section: str
    type: str
    kind: str
    label: str
    short: str
    hint: str = ""
    required: bool = False
    conditional: bool = False
    required_message: str = "Répondez à cette question."
    autocomplete: str = ""
    inputmode: str = ""
    maxlength: int | None = None
    format: str | None = None
    choices: tuple[Choice, ...] = ()
    source: str | None = None
    waiting: str = ""
    group: Group | None = None
    missing_warning: str = ""
    minimum: int | None = None
    maximum: int | None = None
    suffix: str = ""
    unit: str = ""
    when: str = ""
    columns: tuple["Field", ...] = ()
    max_items: int | None = None
    row_title: str = "Ligne"
    add: str = "Ajouter une ligne"

    @property
    def is_money(self) -> bool:
        """Whether the answer is an amount in cents."""
        return self.kind == "money"

    @property
    def has_rows(self) -> bool:
        """Whether the answer is a list of rows, each with an answer to every column."""
        return self.kind == "rows"

    def applies(self, answers: Mapping[str, Any]) -> bool:
        """Whether the question makes sense with these answers, or may still do."""
        return self.group is None or not self.group.excluded(answers)

    def offered(self, choices: Choices) -> tuple[Choice, ...]:
        """The choices of the schema, or those given at run time for this field."""
        return tuple(choices.get(self.name, ())) if self.source else self.choices


@dataclass(frozen=True)
class Section:
    """One page of one subject; `short` is its title for those who read the answers.

    `holds` is `questions`, or `documents` for a page where files are joined.
    """

    key: str
    title: str
    intro: str
    order: int
    short: str = ""
    holds: str = "questions"
    fields: tuple[Field, ...] = field(default=())
