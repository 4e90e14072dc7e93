"""The same form over JSON: any value in, typed answers and named mistakes out; and the schema to publish."""

from collections.abc import Mapping
from typing import Any

from chalicelib.kernel.errors import FieldError
from chalicelib.web import messages
from chalicelib.web.fields import Answers, Field, Value
from chalicelib.web.form_parsing import clean, text_of

UNKNOWN_FIELDS_TOLD = 20
NAME_TOLD = 80
ITEMS_READ = 100
LARGEST = 10**15


class WrongType(Exception):
    """The JSON value is not of the field's type."""


def read(fields: Mapping[str, Field], document: object) -> tuple[Answers, list[FieldError]]:
    """The answers that have the right shape, and the mistakes of shape; nothing nested is ever descended."""
    if not isinstance(document, dict):
        return {}, [FieldError("", messages.NOT_AN_OBJECT)]
    answers: Answers = {}
    wrong = []
    for name, field in fields.items():
        try:
            if name in document and (value := _value(field, document[name])) not in ("", []):
                answers[name] = value
        except WrongType:
            wrong.append(FieldError(name, messages.TYPES[field.type]))
    unknown = [str(name) for name in document if name not in fields][:UNKNOWN_FIELDS_TOLD]
    return answers, wrong + [FieldError(clean(name[:NAME_TOLD]), messages.UNKNOWN_FIELD) for name in unknown]


def published(node: Any) -> Any:
    """`node` of a schema without the annotations that only our pages read; hints become descriptions."""
    if isinstance(node, dict):
        kept = {key: published(value) for key, value in node.items() if not key.startswith("x-")}
        return {"description": node["x-hint"], **kept} if "x-hint" in node else kept
    return [published(each) for each in node] if isinstance(node, list) else node


def _value(field: Field, value: object) -> Value:
    if field.type == "string" and isinstance(value, str):
        return text_of(field, value)
    if field.type == "boolean" and isinstance(value, bool):
        return value
    if field.type == "integer" and not isinstance(value, bool) and isinstance(value, int | float):
        return _integer(value)
    if field.type == "array" and isinstance(value, list):
        return _texts(value)
    raise WrongType


def _integer(value: float) -> int:
    if -LARGEST < value < LARGEST and value == int(value):
        return int(value)
    raise WrongType


def _texts(values: list[Any]) -> list[str]:
    if len(values) > ITEMS_READ or not all(isinstance(value, str) for value in values):
        raise WrongType
    return [clean(value) for value in values]
