"""The registrations of a structure on the front page of its space."""

from typing import Any

from chalicelib.kernel.french import french_date
from chalicelib.trainings.bootstrap import stores
from chalicelib.trainings.model import Registration, Session
from chalicelib.trainings.paths import OWN_REGISTRATION
from chalicelib.trainings.statuses import Status
from chalicelib.trainings.wording import STATUS_WORDS
from chalicelib.web.cards import Card


def cards_of(email: str) -> list[Card]:
    """Who is registered from this address, and who came: newest first; what came to nothing is left out."""
    found = [one for one in stores.registrations().list_of_structure(email) if _is_shown(one)]
    sessions = stores.sessions().find_all(one.session_id for one in found) if found else {}
    return [_card(one, sessions[one.session_id]) for one in found if one.session_id in sessions]


def data_of(email: str) -> dict[str, list[dict[str, Any]]]:
    """All that was registered from this address, as plain JSON."""
    from chalicelib.trainings.portable import portable

    found = stores.registrations().list_of_structure(email)
    sessions = stores.sessions().find_all(one.session_id for one in found) if found else {}
    return {
        "trainings": [
            portable(
                one,
                sessions.get(one.session_id),
                stores.registrations().list_history(one),
                stores.registrations().find_needs(one.id),
            )
            for one in found
        ]
    }


def has_trainings() -> bool:
    """Whether the office holds sessions."""
    return stores.office().trainings is not None


def _is_shown(one: Registration) -> bool:
    return one.is_held or one.status in {Status.ATTENDED, Status.UNANSWERED, Status.CALLED_OFF}


def _card(one: Registration, session: Session) -> Card:
    words = STATUS_WORDS[one.status]
    day = f", {french_date(session.plan.first_day)}" if session.plan.first_day else ""
    return Card(
        path=OWN_REGISTRATION.format(reference=one.reference),
        title=session.plan.title,
        label=words.label,
        tone=words.tone,
        about=f"{one.reference}, {one.person.name}{day}",
        next=words.next,
        is_mine_to_do=one.status is Status.OFFERED,
    )
