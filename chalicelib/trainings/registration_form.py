"""The form by which a structure registers people, and what is read from it."""

from collections.abc import Mapping
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from chalicelib.kernel.errors import FieldError
from chalicelib.trainings.model import Person, Registration, Structure
from chalicelib.trainings.people import person_key
from chalicelib.trainings.plan import Plan
from chalicelib.trainings.registering import Newcomer
from chalicelib.web.fields import Section
from chalicelib.web.form_rows import Place
from chalicelib.web.form_text import display
from chalicelib.web.forms import Form

SCHEMA = Path(__file__).parent / "schemas" / "registration.json"
TWICE = "Cette personne est déjà sur une autre ligne\u00a0: gardez-en une."
OF_PERSON = ("first_name", "last_name", "email", "phone", "function")
NEEDED = ("needs", "diet")
"""Kept apart from all the rest, for one reader."""
OF_EACH = ("status",)
OF_MONEY = ("funding", "funding_number")
OF_ALL = ("level", "expectations", *OF_MONEY, "image_right")
Answers = Mapping[str, Any]


def registration_form(plan: Plan | None = None) -> Form:
    """The form, with what makes sense for a session only: no diet without a meal, no funding of what is free."""
    if plan is None:
        return Form.load(SCHEMA)
    return _fitting(serves_meal=plan.serves_meal, is_free=plan.is_free)


@lru_cache(maxsize=4)
def _fitting(*, serves_meal: bool, is_free: bool) -> Form:
    schema = deepcopy(dict(Form.load(SCHEMA).schema))
    if not serves_meal:
        del schema["properties"]["participants"]["items"]["properties"]["diet"]
    if is_free:
        for name in OF_MONEY:
            del schema["properties"][name]
        schema["x-groups"] = {}
    return Form(schema)


def registration_errors(form: Form, answers: Answers, structure: Structure) -> list[FieldError]:
    """Every mistake, in the order of the form."""
    return form.in_order(form.errors(dict(answers)), _twice(answers, structure))


def newcomers_in(answers: Answers) -> list[Newcomer]:
    """The people that valid answers name, each with what is asked of each and what they need."""
    shared = {name: answers[name] for name in OF_ALL if name in answers}
    return [
        Newcomer(
            person_in(row),
            {**shared, **{name: row[name] for name in OF_EACH if name in row}},
            {name: row[name] for name in NEEDED if row.get(name)},
        )
        for row in answers["participants"]
    ]


def person_in(row: Answers) -> Person:
    """The person that a row names."""
    return Person(**{name: str(row.get(name, "")) for name in OF_PERSON})


def described(registration: Registration) -> list[tuple[str, list[tuple[str, str]]]]:
    """What was said, for reading, and nothing of what was not; what the person needs is not in it."""
    answers = registration.answers
    row = {name: value for name, value in vars(registration.person).items() if value}
    row |= {name: answers[name] for name in OF_EACH if name in answers}
    said = {**answers, "participants": [row]}
    pages = ((section, _lines(section, said)) for section in registration_form().sections)
    return [(section.short or section.title, lines) for section, lines in pages if lines]


def _lines(section: Section, said: Answers) -> list[tuple[str, str]]:
    return [
        (field.short, display(field, said[field.name], {})) for field in section.fields if field.name in said
    ]


def _twice(answers: Answers, structure: Structure) -> list[FieldError]:
    seen: set[str] = set()
    errors = []
    for number, row in enumerate(_rows(answers)):
        key = person_key(structure, person_in(row))
        if key in seen:
            errors.append(FieldError(Place("participants", number, "last_name").name, TWICE))
        seen.add(key)
    return errors


def _rows(answers: Answers) -> list[Answers]:
    rows = answers.get("participants")
    named = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    return [row for row in named if row.get("first_name") and row.get("last_name")]
