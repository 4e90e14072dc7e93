"""The small form by which staff register somebody who is on the phone, and what is read from it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chalicelib.trainings.gate import Visitor
from chalicelib.trainings.model import Person, Structure
from chalicelib.trainings.people import guest_key
from chalicelib.trainings.plan import Audience
from chalicelib.trainings.registering import Newcomer
from chalicelib.web.forms import Form

SCHEMA = Path(__file__).parent / "schemas" / "phone_registration.json"
Answers = Mapping[str, Any]


def phone_form() -> Form:
    """The form, read once."""
    return Form.load(SCHEMA)


def structure_in(answers: Answers) -> Structure:
    """The structure that valid answers name: a guest by its address, as nobody proved to be a partner."""
    email = str(answers["email"]).lower()
    return Structure(guest_key(email), str(answers["structure"]), email, _person(answers).name)


def newcomer_in(answers: Answers) -> Newcomer:
    """The person that valid answers name."""
    return Newcomer(_person(answers))


def anybody(audience: Audience) -> Visitor:
    """Whom staff let in is of the audience, whoever it is."""
    return Visitor(True, next(iter(audience.categories), ""), next(iter(audience.communes), ""))


def _person(answers: Answers) -> Person:
    return Person(str(answers["first_name"]), str(answers["last_name"]), email=str(answers["email"]).lower())
