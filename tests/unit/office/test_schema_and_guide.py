"""The schema, the model and the guide for offices say the same things."""

import json
from pathlib import Path
from typing import Any

from chalicelib.office import loading
from chalicelib.office.categories import CATEGORIES
from chalicelib.office.model import STEPS
from chalicelib.office.people import ROLES

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guide-office-file.md"


def _schema() -> dict[str, Any]:
    return json.loads(loading.SCHEMA.read_text(encoding="utf-8"))


def test_the_schema_knows_the_categories_roles_and_steps_of_the_model() -> None:
    schema = _schema()
    assert tuple(schema["$defs"]["categories"]["items"]["enum"]) == CATEGORIES
    assert tuple(schema["$defs"]["role"]["enum"]) == ROLES
    assert tuple(schema["properties"]["approvals"]["properties"]) == STEPS


def _fields(node: Any) -> list[tuple[str, dict[str, Any]]]:
    if isinstance(node, list):
        return [found for each in node for found in _fields(each)]
    if not isinstance(node, dict):
        return []
    here = [
        pair for pair in node.get("properties", {}).items() if "not" not in pair[1] and "const" not in pair[1]
    ]
    return here + [found for each in node.values() for found in _fields(each)]


def test_every_field_of_the_schema_has_a_french_title_and_a_description() -> None:
    schema = _schema()
    for name, field in _fields(schema):
        target = schema["$defs"].get(field.get("$ref", "").removeprefix("#/$defs/"), {})
        assert field.get("title") or target.get("title"), name
        assert field.get("description") or target.get("description"), name


def test_the_guide_explains_every_field_and_every_choice_of_the_schema() -> None:
    schema, guide = _schema(), GUIDE.read_text(encoding="utf-8")
    names = {name for name, _ in _fields(schema)} | set(CATEGORIES) | set(ROLES)
    names |= {choice for _, field in _fields(schema) for choice in field.get("enum", [])}
    missing = sorted(name for name in names if f"`{name}`" not in guide)
    assert missing == []


def test_the_guide_names_no_field_that_the_schema_lacks() -> None:
    schema, guide = _schema(), GUIDE.read_text(encoding="utf-8")
    known = {name for name, _ in _fields(schema)}
    rows = [line.split("|")[1].strip().strip("`") for line in guide.splitlines() if line.startswith("| `")]
    codes = set(CATEGORIES) | set(ROLES) | {c for _, f in _fields(schema) for c in f.get("enum", [])}
    assert sorted(set(rows) - known - codes) == []
