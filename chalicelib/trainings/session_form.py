"""The form of a session: its pages, its choices, and the mistakes that no schema can see."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from chalicelib.kernel.errors import FieldError
from chalicelib.office.model import Office
from chalicelib.trainings.half_days import HalfDay, half_days_in
from chalicelib.trainings.kinds import is_training_action
from chalicelib.trainings.readers import READERS
from chalicelib.web.fields import Choice, Choices
from chalicelib.web.form_rows import Place
from chalicelib.web.forms import Form

SCHEMA = Path(__file__).parent / "schemas" / "training_session.json"
PAST = "Cette date est passée\u00a0: indiquez un jour à venir."
TURNED = "L’heure de fin vient avant l’heure de début\u00a0: vérifiez les deux."
OVERLAP = "Cette demi-journée en recouvre une autre\u00a0: vérifiez les heures."
TOO_MANY = "Le minimum dépasse le nombre de places\u00a0: {minimum} pour {seats}."
NO_NUMBER = (
    "L’office n’a pas de numéro de déclaration d’activité\u00a0: choisissez un autre type, ou complétez le fichier de "
    "l’office."
)
Answers = Mapping[str, Any]


def session_form() -> Form:
    """The form, read once."""
    return Form.load(SCHEMA)


def choices_of(office: Office) -> Choices:
    """The choices that only the office file knows."""
    return {
        "theme": [Choice(theme.id, theme.label) for theme in office.training_rules.themes],
        "communes": [
            Choice(one.insee, one.name) for one in sorted(office.communes, key=lambda one: one.name)
        ],
        "in_charge": _officers(office),
        "accessibility": _people(office),
    }


def session_errors(answers: Answers, office: Office, on: date) -> list[FieldError]:
    """Every mistake that keeps a session from being published, in the order of the form."""
    form = session_form()
    return form.in_order(
        form.errors(dict(answers), choices_of(office), on=on), _broken_rules(answers, office, on)
    )


def described(answers: Answers, office: Office) -> list[tuple[str, list[tuple[str, str]]]]:
    """The answers for reading."""
    return session_form().as_text(dict(answers), choices_of(office))


def _broken_rules(answers: Answers, office: Office, on: date) -> Iterator[FieldError]:
    rows = answers.get("half_days")
    yield from _time_errors(rows if isinstance(rows, list) else [], on)
    minimum, seats = answers.get("minimum"), answers.get("seats")
    if isinstance(minimum, int) and isinstance(seats, int) and minimum > seats:
        yield FieldError("minimum", TOO_MANY.format(minimum=minimum, seats=seats))
    if is_training_action(str(answers.get("kind"))) and not office.training_rules.activity_number:
        yield FieldError("kind", NO_NUMBER)


def _time_errors(rows: Sequence[Any], on: date) -> Iterator[FieldError]:
    known = _in_order(rows)
    for half_day, number in known:
        if half_day.on < on:
            yield FieldError(Place("half_days", number, "on").name, PAST)
        if half_day.ends <= half_day.begins:
            yield FieldError(Place("half_days", number, "ends").name, TURNED)
    for (first, _), (second, number) in pairwise(known):
        if _overlap(first, second):
            yield FieldError(Place("half_days", number, "begins").name, OVERLAP)


def _in_order(rows: Sequence[Any]) -> list[tuple[HalfDay, int]]:
    """The rows that read as half-days, each with its number in the form, in the order of time."""
    read = ((number, half_days_in([row])) for number, row in enumerate(rows) if isinstance(row, Mapping))
    known = [(found[0], number) for number, found in read if found]
    return sorted(known, key=lambda pair: (pair[0].on, pair[0].begins))


def _overlap(first: HalfDay, second: HalfDay) -> bool:
    return first.on == second.on and second.begins < first.ends


def _officers(office: Office) -> tuple[Choice, ...]:
    """Who may open the page of a session: nobody else can look after one."""
    able = (person for person in office.people if READERS.intersection(person.roles))
    return tuple(Choice(person.id, person.name) for person in able)


def _people(office: Office) -> tuple[Choice, ...]:
    return tuple(Choice(person.id, person.name) for person in office.people)
