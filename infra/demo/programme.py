"""The sessions of the demonstration, and who comes: as staff and people type it."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from infra.demo.stage import Stage

DAY = "%d/%m/%Y"
PEOPLE = (
    "Camille Durand", "Jean Martin", "Ana Roux", "Lou Blanc", "Nour Garnier", "Théo Lambert", "Maëlle Petit",
    "Sacha Morel", "Iris Faure",
)  # fmt: skip


class Fate(StrEnum):
    """What becomes of a session."""

    OPEN = "open"
    OFFERED = "offered"
    DRAFT = "draft"
    AWAITING_APPROVAL = "awaiting_approval"
    CANCELLED = "cancelled"
    HELD = "held"


@dataclass(frozen=True)
class Plan:
    """A session to make: how many seats it has, how many people ask for one, what becomes of it."""

    title: str
    fate: Fate
    ahead_days: int
    seats: int
    people: int
    more: dict[str, Any] = field(default_factory=dict)


PLANS = (
    Plan("Réussir ses photos au téléphone", Fate.OPEN, 20, 12, 5),
    Plan("Répondre aux avis en ligne", Fate.OPEN, 27, 3, 5),
    Plan("Accueillir les familles", Fate.OFFERED, 34, 1, 2),
    Plan("Restitution de la saison", Fate.HELD, 1, 20, 6, {"kind": "season_review"}),
    Plan("Visite de la fruitière", Fate.CANCELLED, 41, 15, 2),
    Plan("Gérer ses prix", Fate.AWAITING_APPROVAL, 48, 8, 0, {"trainer_kind": "external"}),
    Plan("Premiers secours", Fate.DRAFT, 55, 10, 0),
)
"""The second one is full, with a waiting list; of the third one a seat was given back, and is offered."""


def typed(stage: Stage, plan: Plan) -> dict[str, Any]:
    """The form of the desk, filled in."""
    rules = stage.office.trainings
    officer = stage.email_for("training_registration")
    in_charge = next(one.id for one in stage.office.people if one.email == officer)
    return {
        "kind": "workshop", "title": plan.title, "theme": rules.themes[0].id if rules else "",
        "summary": "Trois heures entre professionnels du territoire.", "trainer_kind": "internal",
        "trainer_name": "Noa Petit", "trainer_email": "noa.petit@example.org",
        "objectives": "Repartir avec une chose à changer dès demain.", "programme": "Un tour de table, des essais.",
        **half_day(stage, plan.ahead_days, "9h00", "12h30"), "mode": "on_site", "place_name": "Maison du territoire",
        "place_address": "1 place de l’Exemple", "seats": plan.seats, "minimum": 0, "has_waitlist": "yes",
        "selects": "no", "audience": "everybody", "price_cents": "0", "in_charge": in_charge,
        "accessibility": in_charge, **plan.more,
    }  # fmt: skip


def half_day(stage: Stage, ahead_days: int, begins: str, ends: str) -> dict[str, str]:
    """The first row of half-days."""
    on = f"{stage.today + timedelta(ahead_days):{DAY}}"
    return {"half_days-0-on": on, "half_days-0-begins": begins, "half_days-0-ends": ends}


def address_of(person: str) -> str:
    """Where the mails to somebody go."""
    plain = person.lower().translate(str.maketrans("éëè", "eee"))
    return f"{plain.replace(' ', '.')}@example.org"
