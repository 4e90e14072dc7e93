"""The questions of a form, read from its JSON Schema and the words of its own that say how each is put."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chalicelib.web.fields import Choice, Field, Group, Section

RADIO_AT_MOST = 5


def read_sections(schema: Mapping[str, Any]) -> tuple[Section, ...]:
    """The sections of the form in order, each with its fields in the order of the schema."""
    fields = read_fields(schema)
    listed = sorted(schema["x-sections"], key=lambda section: section["order"])
    return tuple(
        Section(**section, fields=tuple(f for f in fields if f.section == section["key"]))
        for section in listed
    )


def read_fields(schema: Mapping[str, Any]) -> tuple[Field, ...]:
    """Every property of the schema, or of one of its objects, as a field."""
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
    made = Field(
        name=name,
        section=node.get("x-section", ""),
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
        minimum=node.get("minimum"),
        maximum=node.get("maximum"),
        when=node.get("x-when", ""),
        max_items=node.get("maxItems"),
    )
    if made.is_money:
        return replace(made, inputmode="decimal", suffix="€", unit="en euros")
    return _with_columns(made, node) if made.has_rows else made


def _with_columns(rows: Field, node: Mapping[str, Any]) -> Field:
    columns = read_fields(node["items"])
    return replace(
        rows,
        columns=tuple(replace(column, section=rows.section) for column in columns),
        row_title=node.get("x-row-title", Field.row_title),
        add=node.get("x-add", Field.add),
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
    values = frozenset(map(str, node["values"]))
    return Group(key, node["title"], node["field"], values, frozenset(known - values))


def _conditional(schema: Mapping[str, Any]) -> frozenset[str]:
    rules = schema.get("allOf", ())
    return frozenset(name for rule in rules for name in rule.get("then", {}).get("required", ()))
