"""All mistakes of a set of answers at once: the schema's own, and choices known at run time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from chalicelib.kernel.errors import FieldError
from chalicelib.web import formats, messages
from chalicelib.web.fields import Answers, Choices, Field
from chalicelib.web.public_formats import registration_status
from chalicelib.web.registration_lists import registration_numbers

REGISTRATIONS = ("registration-number", "registration-numbers")


def validator(schema: Mapping[str, Any]) -> Any:
    """A jsonschema validator of draft 2020-12 that knows the domain's formats; keep it, making it costs."""
    from jsonschema import Draft202012Validator

    return Draft202012Validator(dict(schema), format_checker=formats.checker())


def errors(
    fields: Mapping[str, Field], schema_validator: Any, answers: Answers, choices: Choices
) -> Iterator[FieldError]:
    """Every mistake of `answers`; a field may have several, the most telling first."""
    found = sorted(schema_validator.iter_errors(answers), key=messages.rank)
    for error in found:
        for name in _fields_of(error):
            if name in fields:
                yield FieldError(name, messages.sentence(error, fields[name]))
    for name, field in fields.items():
        if name in answers and not _offered(field, answers[name], choices):
            yield FieldError(name, messages.NOT_OFFERED)


def warnings(fields: Sequence[Field], answers: Answers) -> Iterator[FieldError]:
    """What is missing or cannot be checked although nothing forbids it."""
    for field in fields:
        asked = field.group is None or field.group.asked(answers)
        if asked and field.missing_warning and field.name not in answers:
            yield FieldError(field.name, field.missing_warning)
        if field.format in REGISTRATIONS and _to_verify(answers.get(field.name)):
            yield FieldError(field.name, messages.NATIONAL_NUMBER)


def _fields_of(error: Any) -> Iterable[str]:
    if error.path:
        return (str(error.path[0]),)
    if error.validator == "required":
        return tuple(name for name in error.validator_value if name not in error.instance)
    return ()


def _offered(field: Field, value: object, choices: Choices) -> bool:
    offered = field.offered(choices) if field.source else ()
    return not offered or value in {choice.value for choice in offered}


def _to_verify(value: object) -> bool:
    numbers = registration_numbers(value) if isinstance(value, str) else ()
    return any(registration_status(number) == "to_verify" for number in numbers)
