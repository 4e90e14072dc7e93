"""What a form asks, read from its JSON Schema: sections, groups, fields, choices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

Value = str | int | bool | list[str]
Answers = dict[str, Value]
"""Typed answers by field name, ready for JSON; a text that does not convert stays as it was typed."""

RADIO_AT_MOST = 5


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
        return answers.get(self.field) in self.values

    def excluded(self, answers: Mapping[str, Any]) -> bool:
        """Whether the deciding answer is known and leaves these fields out."""
        return answers.get(self.field) in self.others


@dataclass(frozen=True)
class Field:
    """One question.

    `required` whatever the other answers; `conditional` when some of them make it so (then it is not marked
    as optional either). `source` names the run-time choices (`communes`, `packs`) and `waiting` says how to
    get them; `short` is the label of summaries.
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

    def applies(self, answers: Mapping[str, Any]) -> bool:
        """Whether the question makes sense with these answers, or may still do."""
        return self.group is None or not self.group.excluded(answers)

    def offered(self, choices: Choices) -> tuple[Choice, ...]:
        """The choices of the schema, or those given at run time for this field."""
        return tuple(choices.get(self.name, ())) if self.source else self.choices


@dataclass(frozen=True)
class Section:
    """One page of one subject; `short` is its title for those who read the answers."""

    key: str
    title: str
    intro: str
    order: int
    short: str = ""
    fields: tuple[Field, ...] = field(default=())


def read_sections(schema: Mapping[str, Any]) -> tuple[Section, ...]:
    """The sections of the form in order, each with its fields in the order of the schema."""
    fields = read_fields(schema)
    listed = sorted(schema["x-sections"], key=lambda section: section["order"])
    return tuple(
        Section(**section, fields=tuple(f for f in fields if f.section == section["key"]))
        for section in listed
    )


def read_fields(schema: Mapping[str, Any]) -> tuple[Field, ...]:
    """Every property of the schema as a field."""
    groups = _groups(schema)
    always = frozenset(schema.get("required", ()))
    return tuple(
        replace(
            _field(name, node, groups),
            required=name in always,
            conditional=name in _conditional(schema) - always,
        )
        for name, node in schema["properties"].items()
    )


def _field(name: str, node: Mapping[str, Any], groups: Mapping[str, Group]) -> Field:
    return Field(
        name=name,
        section=node["x-section"],
        type=node["type"],
        kind=node.get("x-kind") or _kind(node),
        label=node["title"],
        short=node.get("x-short", node["title"]),
        hint=node.get("x-hint", ""),
        required_message=node.get("x-required-message", Field.required_message),
        autocomplete=node.get("x-autocomplete", ""),
        inputmode=node.get("x-inputmode", ""),
        maxlength=node.get("maxLength"),
        format=node.get("format"),
        choices=_choices(node.get("items", node)),
        source=node.get("x-choices"),
        waiting=node.get("x-waiting", ""),
        group=groups.get(node.get("x-applies-to", "")),
        missing_warning=node.get("x-missing-warning", ""),
    )


def _kind(node: Mapping[str, Any]) -> str:
    simple = {"boolean": "checkbox", "array": "checkboxes", "integer": "number"}
    by_format = {"email": "email", "phone": "tel", "http-url": "url", "date": "date"}
    if "oneOf" in node or "x-choices" in node:
        return "radio" if 0 < len(node.get("oneOf", ())) <= RADIO_AT_MOST else "select"
    return simple.get(node["type"]) or by_format.get(node.get("format", ""), "text")


def _choices(node: Mapping[str, Any]) -> tuple[Choice, ...]:
    return tuple(Choice(str(each["const"]), each["title"]) for each in node.get("oneOf", ()))


def _groups(schema: Mapping[str, Any]) -> dict[str, Group]:
    return {key: _group(key, node, schema) for key, node in schema.get("x-groups", {}).items()}


def _group(key: str, node: Mapping[str, Any], schema: Mapping[str, Any]) -> Group:
    known = {choice.value for choice in _choices(schema["properties"][node["field"]])}
    values = frozenset(node["values"])
    return Group(key, node["title"], node["field"], values, frozenset(known - values))


def _conditional(schema: Mapping[str, Any]) -> frozenset[str]:
    rules = schema.get("allOf", ())
    return frozenset(name for rule in rules for name in rule.get("then", {}).get("required", ()))
