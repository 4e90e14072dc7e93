"""The form of a session with some answers: which of its pages are done, and what is wrong on each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from chalicelib.kernel.errors import FieldError
from chalicelib.office.model import Office
from chalicelib.trainings.session_form import session_errors, session_form
from chalicelib.web.form_rows import Place


@dataclass(frozen=True)
class Filling:
    """`on` is the day, in Paris, on which dates are looked at."""

    answers: Mapping[str, Any]
    office: Office
    on: date

    @cached_property
    def mistakes(self) -> list[FieldError]:
        """All that keeps it from being published."""
        return session_errors(self.answers, self.office, self.on)

    @property
    def done(self) -> tuple[str, ...]:
        """The keys of the pages on which nothing is missing or wrong."""
        return tuple(one.key for one in session_form().sections if not self.mistakes_on(one.key))

    def mistakes_on(self, key: str) -> list[FieldError]:
        """What is missing or wrong on one page."""
        return [one for one in self.mistakes if session_form().section_key(one.field) == key]

    def mistyped_on(self, key: str) -> list[FieldError]:
        """What is wrong on one page in what was answered: who has not come that far is told of nothing."""
        return [one for one in self.mistakes_on(key) if _field_of(one) in self.answers]


def _field_of(error: FieldError) -> str:
    place = Place.find(error.field)
    return place.field if place else error.field


def prefilled(office: Office, person_id: str) -> dict[str, Any]:
    """What the office usually answers, for a session of that person. Raises `NoTrainings`."""
    rules = office.training_rules
    usual = {
        "per_structure": rules.per_structure,
        "partners_first_days": rules.partners_first_days,
        "in_charge": person_id,
        "accessibility": rules.accessibility_contact,
    }
    return {name: value for name, value in usual.items() if value not in (None, "")}
