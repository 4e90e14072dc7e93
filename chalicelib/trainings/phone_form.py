"""The small forms by which staff register who is on the phone, or who is there, and what is read from them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chalicelib.kernel import ids
from chalicelib.trainings.gate import Visitor
from chalicelib.trainings.model import Person, Structure
from chalicelib.trainings.people import guest_key
from chalicelib.trainings.plan import Audience
from chalicelib.trainings.registering import Newcomer
from chalicelib.web.forms import Form

SCHEMAS = Path(__file__).parent / "schemas"
Answers = Mapping[str, Any]


def phone_form() -> Form:
    """The form for who is on the phone, read once."""
    return Form.load(SCHEMAS / "phone_registration.json")


def walk_in_form() -> Form:
    """The same questions for who is there without having registered, read once."""
    return Form.load(SCHEMAS / "walk_in.json")


def structure_in(answers: Answers) -> Structure:
    """The structure that valid answers name: a guest by its address, as nobody proved to be a partner."""
    email = str(answers["email"]).lower()
    return Structure(guest_key(email), str(answers["structure"]), email, _person(answers).name)


def newcomer_in(answers: Answers) -> Newcomer:
    """The person that valid answers name."""
    return Newcomer(_person(answers))


def key_for(new: Newcomer, key: str) -> str:
    """The key of a page and of the person: a page that is gone back to for somebody else registers them too."""
    return ids.digest(f"{key}\n{new.person.name}\n{new.person.email}")


def anybody(audience: Audience) -> Visitor:
    """Whom staff let in is of the audience, whoever it is."""
    return Visitor(True, next(iter(audience.categories), ""), next(iter(audience.communes), ""))


def _person(answers: Answers) -> Person:
    return Person(str(answers["first_name"]), str(answers["last_name"]), email=str(answers["email"]).lower())
