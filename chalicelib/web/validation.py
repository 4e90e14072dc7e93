"""All mistakes of a set of answers at once: the schema's own, and choices known at run time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from chalicelib.kernel.errors import FieldError
from chalicelib.web import formats, messages
from chalicelib.web.fields import Answers, Choices, Field
from chalicelib.web.form_rows import Place, told
from chalicelib.web.public_formats import registration_status
from chalicelib.web.registration_lists import registration_numbers
from chalicelib.web.text_formats import typeset

REGISTRATIONS = ("registration-number", "registration-numbers")


def validator(schema: Mapping[str, Any]) -> Any:
    """A jsonschema validator of draft 2020-12 that knows the domain's formats; keep it, making it costs."""
    from jsonschema import Draft202012Validator

    return Draft202012Validator(dict(schema), format_checker=formats.checker())


def errors(
    fields: Mapping[str, Field],
    schema_validator: Any,
    answers: Answers,
    choices: Choices,
    on: date | None = None,
) -> Iterator[FieldError]:
    """Every mistake of `answers`; a field may have several, the most telling first.

    `on` is today in Paris, for dates that must be past or future; without it they are not looked at.
    """
    for error in sorted(schema_validator.iter_errors(answers), key=messages.rank):
        yield from _told(error, fields)
    for name, field in fields.items():
        if name in answers and not _offered(field, answers[name], choices):
            yield FieldError(name, messages.NOT_OFFERED)
    if on:
        yield from _misdated(fields, answers, on)


def warnings(fields: Sequence[Field], answers: Answers) -> Iterator[FieldError]:
    """What is missing or cannot be checked although nothing forbids it."""
    for field in fields:
        asked = field.group is None or field.group.asked(answers)
        if asked and field.missing_warning and field.name not in answers:
            yield FieldError(field.name, field.missing_warning)
        if field.format in REGISTRATIONS and _to_verify(answers.get(field.name)):
            yield FieldError(field.name, messages.NATIONAL_NUMBER)


def _told(error: Any, fields: Mapping[str, Field]) -> Iterator[FieldError]:
    """The mistake at the fields that it is about, or in the row of one of them."""
    at, *within = error.path or ("",)
    for name in (at,) if at else _missing(error):
        if name not in fields:
            continue
        if within and fields[name].has_rows:
            yield from _told_in_row(error, fields[name], *within[:2])
        else:
            yield FieldError(name, messages.sentence(error, fields[name]))


def _told_in_row(error: Any, field: Field, number: int, column: str = "") -> Iterator[FieldError]:
    columns = {each.name: each for each in field.columns}
    for name in (column,) if column else _missing(error) or ("",):
        said = messages.sentence(error, columns.get(name, field))
        yield FieldError(Place(field.name, number, name).name, told(field, number, said))


def _missing(error: Any) -> tuple[str, ...]:
    if error.validator != "required":
        return ()
    return tuple(name for name in error.validator_value if name not in error.instance)


def _misdated(fields: Mapping[str, Field], answers: Answers, on: date) -> Iterator[FieldError]:
    for name, field in fields.items():
        value = answers.get(name)
        if field.has_rows and isinstance(value, list):
            columns = {column.name: column for column in field.columns}
            for number, row in enumerate(each for each in value if isinstance(each, dict)):
                for found in _misdated(columns, row, on):
                    place = Place(name, number, found.field)
                    yield FieldError(place.name, told(field, number, found.message))
        elif field.when and (said := _wrong_side(field.when, value, on)):
            yield FieldError(name, typeset(said))


def _wrong_side(when: str, value: object, on: date) -> str:
    if not isinstance(value, str) or formats.explain("date", value):
        return ""
    day = date.fromisoformat(formats.normalise("date", value))
    if when == "past":
        return messages.IN_THE_FUTURE if day > on else ""
    return messages.IN_THE_PAST if day < on else ""


def _offered(field: Field, value: object, choices: Choices) -> bool:
    offered = field.offered(choices) if field.source else ()
    given = value if isinstance(value, list) else [value]
    return not offered or {choice.value for choice in offered}.issuperset(map(str, given))


def _to_verify(value: object) -> bool:
    numbers = registration_numbers(value) if isinstance(value, str) else ()
    return any(registration_status(number) == "to_verify" for number in numbers)
