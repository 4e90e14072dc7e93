"""A session as everybody may see it: its card in the catalogue, its page, what search engines and networks read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.kernel.french import french_date, french_hours, french_integer, french_money
from chalicelib.office.categories import CATEGORY_LABELS
from chalicelib.office.model import Office
from chalicelib.trainings.cancelling import terms_of
from chalicelib.trainings.funding import FundVerdict, fund_verdicts
from chalicelib.trainings.kinds import KIND_WORDS
from chalicelib.trainings.model import Session
from chalicelib.trainings.plan import PARTNERS, Plan
from chalicelib.trainings.seats import Seats
from chalicelib.trainings.statuses import SessionStatus
from chalicelib.trainings.when import when_lines

FEW = 3
"""So few free seats are worth saying."""
SCHEMA_STATUS = {True: "https://schema.org/EventScheduled", False: "https://schema.org/EventCancelled"}
SCHEMA_MODE = {
    True: "https://schema.org/OnlineEventAttendanceMode",
    False: "https://schema.org/OfflineEventAttendanceMode",
}


@dataclass(frozen=True)
class Shown:
    """What a page shows of a session beside its plan."""

    session: Session
    kind: str
    theme: str
    when: Sequence[str]
    duration: str
    price: str
    room: str
    audience: str
    cancellation: str
    funds: Sequence[FundVerdict]

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.session.status is SessionStatus.CANCELLED


def shown(session: Session, seats: Seats, office: Office, on: date) -> Shown:
    """The session for everybody, on a day in Paris."""
    plan, rules = session.plan, office.training_rules
    theme = rules.theme(plan.theme)
    return Shown(
        session=session,
        kind=KIND_WORDS.get(plan.kind, ""),
        theme=theme.label if theme else "",
        when=when_lines(plan),
        duration=french_hours(plan.minutes),
        price=french_money(plan.price_cents) + " hors taxes" if plan.price_cents else "Gratuit",
        room=room_in_words(plan, seats),
        audience=audience_in_words(plan, office),
        cancellation=terms_of(plan, rules).sentence,
        funds=fund_verdicts(plan, rules, on) if plan.price_cents else (),
    )


def room_in_words(plan: Plan, seats: Seats) -> str:
    """What there is left, honestly: free seats, or how many wait."""
    if plan.selects:
        return f"{french_integer(plan.seats)}\u00a0places, sur sélection"
    if not seats.is_full:
        left = french_integer(seats.free)
        return (
            f"Plus que {left}\u00a0place{_s(seats.free)}"
            if seats.free <= FEW
            else f"{left}\u00a0places libres"
        )
    if not plan.has_waitlist:
        return "Complet"
    waiting = len(seats.waiting)
    people = f"{french_integer(waiting)}\u00a0personne{_s(waiting)} en liste d’attente"
    return f"Complet, {people}" if waiting else "Complet, liste d’attente ouverte"


def audience_in_words(plan: Plan, office: Office) -> str:
    """For whom it is."""
    said = []
    if plan.audience.categories:
        said.append(
            "activités\u00a0: " + ", ".join(CATEGORY_LABELS.get(one, one) for one in plan.audience.categories)
        )
    if plan.audience.communes:
        names = (office.commune(insee) for insee in plan.audience.communes)
        said.append("communes\u00a0: " + ", ".join(one.name for one in names if one))
    if plan.audience.who == PARTNERS or said:
        return " ; ".join(["Partenaires de l’office", *said]).replace(" ;", "\u00a0;")
    opens_on = plan.opens_to_others_on()
    if opens_on:
        return f"Les partenaires de l’office d’abord, tout le monde à partir du {french_date(opens_on)}"
    return "Tout le monde"


def structured_data(session: Session, office: Office, url: str) -> str:
    """The session as schema.org has it (https://schema.org/Event): JSON that stands safely inside a page."""
    plan = session.plan
    document: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "EducationEvent" if plan.is_training_action else "Event",
        "name": plan.title,
        "description": plan.summary,
        "url": url,
        "startDate": plan.starts_at.isoformat() if plan.starts_at else "",
        "endDate": plan.ends_at.isoformat() if plan.ends_at else "",
        "eventStatus": SCHEMA_STATUS[session.status is not SessionStatus.CANCELLED],
        "eventAttendanceMode": SCHEMA_MODE[plan.place.is_remote],
        "location": _location(plan, url),
        "organizer": {"@type": "Organization", "name": office.name, "url": office.website},
        "isAccessibleForFree": plan.is_free,
        "maximumAttendeeCapacity": plan.seats,
    }
    if plan.price_cents:
        euros = f"{plan.price_cents // 100}.{plan.price_cents % 100:02d}"
        document["offers"] = {"@type": "Offer", "price": euros, "priceCurrency": "EUR", "url": url}
    return json.dumps(document, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")


def _location(plan: Plan, url: str) -> dict[str, str]:
    if plan.place.is_remote:
        return {"@type": "VirtualLocation", "url": url}
    return {"@type": "Place", "name": plan.place.name, "address": plan.place.address}


def _s(count: int) -> str:
    return "s" if count > 1 else ""
