"""A form from its JSON Schema: what it asks, what was answered, what is wrong, how it reads.

The schema says every rule; these functions only translate between typed text, JSON and French.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from chalicelib.kernel.errors import FieldError
from chalicelib.web import form_json, form_parsing, form_rows, form_text, form_view, validation
from chalicelib.web.fields import Answers, Choices, Field, Section
from chalicelib.web.form_rows import EditedRows, Place
from chalicelib.web.form_schema import read_sections
from chalicelib.web.form_view import ShownGroup

NO_CHOICES: Choices = {}


class Form:
    """The form that one schema describes. Holds no answer; safe to keep for the life of the process."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.schema = schema
        self.sections: tuple[Section, ...] = read_sections(schema)
        self.fields: tuple[Field, ...] = tuple(field for section in self.sections for field in section.fields)
        self.by_name: dict[str, Field] = {field.name: field for field in self.fields}

    @cached_property
    def version(self) -> str:
        """A short digest of the schema: files keep the version that they were filled in under."""
        return sha256(json.dumps(self.schema, sort_keys=True).encode()).hexdigest()[:12]

    @staticmethod
    @lru_cache(maxsize=16)
    def load(path: Path) -> "Form":
        """The form of the schema in file `path`, read once."""
        return Form(json.loads(path.read_text(encoding="utf-8")))

    def section(self, key: str) -> Section | None:
        """The section named `key`, or None."""
        return next((section for section in self.sections if section.key == key), None)

    def section_key(self, name: str) -> str:
        """The page of the field, row or answer in a row that an error calls `name`; empty for none of them."""
        field = self.by_name.get(_field_name(name))
        return field.section if field else ""

    def parse(self, raw: Mapping[str, Sequence[str]]) -> Answers:
        """Typed answers from an urlencoded body; unknown and empty fields are left out, nothing raises."""
        return self.applicable(form_parsing.parse(self.fields, raw))

    def revised(self, answers: Answers, raw: Mapping[str, Sequence[str]], section: Section) -> Answers:
        """`answers` with those of one page replaced by what that page posted, emptied fields included."""
        kept = {
            name: value for name, value in answers.items() if name not in {f.name for f in section.fields}
        }
        return self.applicable(kept | form_parsing.parse(section.fields, raw))

    def edited_rows(self, raw: Mapping[str, Sequence[str]]) -> EditedRows | None:
        """Whether the page was posted by a button that adds or takes away a row: it is saved and shown again."""
        return form_rows.edited(self.by_name, raw)

    def applicable(self, answers: Answers) -> Answers:
        """`answers` in the order of the form, without the fields that make no sense with the others."""
        return {f.name: answers[f.name] for f in self.fields if f.name in answers and f.applies(answers)}

    def errors(
        self,
        answers: Answers,
        choices: Choices = NO_CHOICES,
        sections: Collection[str] | None = None,
        on: date | None = None,
    ) -> list[FieldError]:
        """Every mistake, at most one a field, in the order of the form; `sections` limits it to some keys.

        `on` is the day, in Paris, that dates with `x-when` are compared with; without it they are not.
        """
        found = self.in_order(validation.errors(self.by_name, self._validator, answers, choices, on))
        return [e for e in found if sections is None or self.section_key(e.field) in sections]

    def warnings(self, answers: Answers) -> list[FieldError]:
        """What the office should look at although the file is accepted, in the order of the form."""
        return self.in_order(validation.warnings(self.fields, answers))

    def in_order(self, *lists: Iterable[FieldError]) -> list[FieldError]:
        """One error a field, those of the first list winning, in the order of the form; others at the end."""
        first: dict[str, FieldError] = {}
        for error in (error for errors in lists for error in errors):
            first.setdefault(error.field, error)
        return sorted(first.values(), key=lambda error: self._rank(error.field))

    def validate_json(
        self, document: object, choices: Choices = NO_CHOICES, on: date | None = None
    ) -> tuple[Answers, list[FieldError]]:
        """Answers and errors of any JSON value: wrong types and unknown fields are named, nothing raises."""
        answers, wrong = form_json.read(self.by_name, document)
        if not isinstance(document, dict):
            return answers, wrong
        return answers, self.in_order(wrong, self.errors(answers, choices, on=on))

    def shown(
        self,
        section: Section,
        answers: Answers,
        errors: Iterable[FieldError],
        choices: Choices = NO_CHOICES,
        one_more: str = "",
    ) -> list[ShownGroup]:
        """One page of the form for its template: the questions that may apply, with what was typed.

        `one_more` names the field that gets an empty row beside the filled ones, if any.
        """
        return form_view.shown(section, answers, errors, choices, one_more)

    def api_schema(self) -> dict[str, Any]:
        """The schema as the API publishes it: standard keywords only."""
        schema: dict[str, Any] = form_json.published(self.schema)
        return schema

    def as_text(
        self, answers: Answers, choices: Choices = NO_CHOICES
    ) -> list[tuple[str, list[tuple[str, str]]]]:
        """The answers for reading: (section title, [(label, text)]), without what does not apply."""
        return form_text.as_text(self.sections, answers, choices)

    @cached_property
    def _validator(self) -> Any:
        return validation.validator(self.schema)

    def _rank(self, name: str) -> tuple[int, int, int]:
        """Where an error stands: by field, then by row, then by column."""
        place = Place.find(name) or Place(name, -1)
        field = self.by_name.get(place.field)
        if field is None:
            return len(self.fields), 0, 0
        columns = ["", *(column.name for column in field.columns)]
        column = columns.index(place.column) if place.column in columns else len(columns)
        return list(self.by_name).index(field.name), place.row, column


def _field_name(name: str) -> str:
    place = Place.find(name)
    return place.field if place else name
