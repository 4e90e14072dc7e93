"""Small valid things about trainings: an office that holds some, the answers of a session, people who come."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from chalicelib.office.model import Office
from chalicelib.office.periods import Period
from chalicelib.office.trainings import CancellationRule, Fund, NoShowRule, Theme, TrainingRules
from chalicelib.trainings.model import Person, Structure
from chalicelib.trainings.people import partner_key
from chalicelib.trainings.registering import Newcomer
from tests.factories import an_office

SINCE = Period(date(2020, 1, 1), None)
NOW = datetime(2027, 3, 3, 8, 0, tzinfo=UTC)
"""The instant at which fake clocks begin."""


def training_rules(**overrides: Any) -> TrainingRules:
    """What the office decides about trainings."""
    rules = TrainingRules(
        themes=(Theme("numerique", "Numérique"), Theme("accueil", "Accueil")),
        cancellations=(CancellationRule(SINCE, due_within_days=10, due_percent=100),),
        funds=(Fund(SINCE, "AGEFICE", minimum_hours=7),),
        no_shows=NoShowRule(2, 12),
        activity_number="84380000038",
        is_qualiopi=True,
        accessibility_contact="noa",
    )
    return replace(rules, **overrides)


def a_training_office(**rules: Any) -> Office:
    """The office of `tests.factories` with trainings."""
    return an_office(trainings=training_rules(**rules))


OF_A_TRAINING_ACTION = {
    "methods": "Démonstrations et exercices.",
    "assessment": "Un exercice à la fin.",
    "access_terms": "Inscription jusqu’à la veille.",
}
"""What a training action tells beside (Qualiopi, indicator 1)."""


def session_answers(**overrides: Any) -> dict[str, Any]:
    """Valid answers of a free workshop of one morning; None takes an answer away."""
    answers: dict[str, Any] = {
        "kind": "workshop", "title": "Réussir ses photos au téléphone", "theme": "numerique",
        "summary": "Trois heures pour de belles photos de votre hébergement.", "trainer_kind": "internal",
        "trainer_name": "Noa Petit", "trainer_email": "noa.petit@val.example.org",
        "objectives": "Cadrer, éclairer et retoucher.", "programme": "Le cadrage, puis la lumière.",
        "half_days": [{"on": "2027-05-04", "begins": "09:00", "ends": "12:30"}], "mode": "on_site",
        "place_name": "Maison du territoire", "place_address": "3 rue du Colombier, 01210 Ferney-Voltaire",
        "seats": 2, "minimum": 0, "has_waitlist": "yes", "selects": "no", "audience": "everybody",
        "price_cents": 0, "in_charge": "yann", "accessibility": "noa",
    }  # fmt: skip
    answers |= OF_A_TRAINING_ACTION if overrides.get("kind") == "training_action" else {}
    return {name: value for name, value in {**answers, **overrides}.items() if value is not None}


def a_structure(name: str = "Hôtel du Pont", email: str = "maelle@hotel.example.fr") -> Structure:
    """A partner as a structure."""
    return Structure(partner_key(name), name, email, "Maëlle Le Goff", partner_id=name)


def a_newcomer(first_name: str = "Maëlle", last_name: str = "Le Goff", **more: Any) -> Newcomer:
    """Somebody who comes."""
    return Newcomer(Person(first_name, last_name, more.pop("email", "")), **more)
