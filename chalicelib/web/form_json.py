"""The same form over JSON: any value in, typed answers and named mistakes out; and the schema to publish."""

from collections.abc import Mapping
from typing import Any

from chalicelib.kernel.errors import FieldError
from chalicelib.web import messages
from chalicelib.web.fields import Answers, Field, Value
from chalicelib.web.form_parsing import clean, text_of
from chalicelib.web.form_rows import ROWS_READ, Place, told

UNKNOWN_FIELDS_TOLD = 20
NAME_TOLD = 80
ITEMS_READ = 100
LARGEST = 10**15
IN_CENTS = "En centimes d’euro, 123450 pour 1\u202f234,50\u00a0€."


class WrongType(Exception):
    """The JSON value is not of the field's type."""


def read(fields: Mapping[str, Field], document: object) -> tuple[Answers, list[FieldError]]:
    """The answers that have the right shape, and the mistakes of shape; of what is nested, rows only are read."""
    if not isinstance(document, dict):
        return {}, [FieldError("", messages.NOT_AN_OBJECT)]
    answers: Answers = {}
    wrong: list[FieldError] = []
    for name, field in fields.items():
        try:
            if name in document and (value := _value(field, document[name], wrong)) not in ("", []):
                answers[name] = value
        except WrongType:
            wrong.append(FieldError(name, messages.wrong_type(field)))
    unknown = [str(name) for name in document if name not in fields][:UNKNOWN_FIELDS_TOLD]
    return answers, wrong + [FieldError(clean(name[:NAME_TOLD]), messages.UNKNOWN_FIELD) for name in unknown]


def published(node: Any) -> Any:
    """`node` of a schema without the annotations that only our pages read; hints become descriptions."""
    if isinstance(node, list):
        return [published(each) for each in node]
    if not isinstance(node, dict):
        return node
    kept = {key: published(value) for key, value in node.items() if not key.startswith("x-")}
    described = kept.get("description", node.get("x-hint", ""))
    if node.get("x-kind") == "money":
        described = f"{described} {IN_CENTS}".strip()
    return {"description": described} | kept | {"description": described} if described else kept


def _value(field: Field, value: object, wrong: list[FieldError]) -> Value:
    """The value in the type of the field; the mistakes within its rows are added to `wrong`."""
    if field.type == "string" and isinstance(value, str):
        return text_of(field, value)
    if field.type == "boolean" and isinstance(value, bool):
        return value
    if field.type == "integer" and not isinstance(value, bool) and isinstance(value, int | float):
        return _integer(value)
    if field.type == "array" and isinstance(value, list):
        return _rows(field, value, wrong) if field.has_rows else _texts(value)
    raise WrongType


def _rows(field: Field, values: list[Any], wrong: list[FieldError]) -> list[Answers]:
    if len(values) > ROWS_READ or not all(isinstance(value, dict) for value in values):
        raise WrongType
    columns = {column.name: column for column in field.columns}
    rows = []
    for number, value in enumerate(values):
        row, mistakes = read(columns, value)
        rows.append(row)
        wrong += [
            FieldError(Place(field.name, number, mistake.field).name, told(field, number, mistake.message))
            for mistake in mistakes
        ]
    return rows


def _integer(value: float) -> int:
    if -LARGEST < value < LARGEST and value == int(value):
        return int(value)
    raise WrongType


def _texts(values: list[Any]) -> list[str]:
    if len(values) > ITEMS_READ or not all(isinstance(value, str) for value in values):
        raise WrongType
    return [clean(value) for value in values]
