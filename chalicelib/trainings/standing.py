"""Where a session stands, as staff read it: its seats in a few words, and what happens next."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.kernel.french import NBSP, french_integer
from chalicelib.trainings.model import Session
from chalicelib.trainings.seats import Seats
from chalicelib.trainings.stages import is_over
from chalicelib.trainings.statuses import SessionStatus
from chalicelib.trainings.wording import SESSION_WORDS, counted

PROPOSED = "Un autre intervenant est proposé\u00a0: la direction donne son accord par mail. D’ici là, rien ne change."
TO_CLOSE = "La session a eu lieu\u00a0: ses présences restent à clore."
BEGUN = "La session a commencé\u00a0: les inscriptions sont closes."
FULL = "Toutes les places sont prises. Qui s’inscrit entre en liste d’attente."
FULL_WITHOUT_LIST = "Toutes les places sont prises, et la session n’a pas de liste d’attente."


@dataclass(frozen=True)
class Acts:
    """What staff may do to a session now."""

    complete: bool
    edit: bool
    register: bool
    reorder: bool
    call_off: bool
    look: bool
    mark: bool
    close: bool
    read: bool


def acts_of(session: Session, now: datetime) -> Acts:
    """`complete` a draft, `edit` what is published, `register` somebody, `reorder` who waits, `look` at its page.

    `mark` who is there, print their sheet, or look at who was; `close` that list; `read` what people say of it.
    """
    is_draft = session.status is SessionStatus.DRAFT
    goes_on = session.is_open and not is_over(session, now)
    is_ahead = goes_on and session.plan.starts_at is not None and now < session.plan.starts_at
    is_closed = session.status is SessionStatus.CLOSED
    waits = is_draft or session.status is SessionStatus.AWAITING_APPROVAL
    return Acts(
        complete=is_draft,
        edit=goes_on,
        register=is_ahead,
        reorder=is_ahead,
        call_off=goes_on or waits,
        look=session.is_open,
        mark=session.is_open or is_closed,
        close=session.is_open and is_over(session, now),
        read=(session.is_open and is_over(session, now)) or is_closed,
    )


def places_in_words(session: Session, seats: Seats) -> str:
    """`9 sur 12, 1 proposée, 3 en attente`; `12 prévues` before it is published, `12 places` once it is over."""
    if session.status is SessionStatus.CLOSED:
        return counted(session.plan.seats, "place", "places")
    if not seats.capacity:
        return counted(session.plan.seats, "prévue", "prévues") if session.plan.seats else ""
    held = f"{french_integer(seats.taken)}{NBSP}sur{NBSP}{french_integer(seats.capacity)}"
    offered = counted(seats.offered, "proposée", "proposées") if seats.offered else ""
    waiting = f"{french_integer(len(seats.waiting))}{NBSP}en attente" if seats.waiting else ""
    return ", ".join(filter(None, (held, offered, waiting)))


def next_step(session: Session, seats: Seats, now: datetime) -> str:
    """What happens next, in a sentence."""
    if not session.is_open:
        return SESSION_WORDS[session.status].next
    if is_over(session, now):
        return TO_CLOSE
    if session.plan.starts_at and session.plan.starts_at <= now:
        return BEGUN
    if session.asks_about_trainer:
        return PROPOSED
    if session.status is SessionStatus.PUBLISHED and seats.is_full:
        return FULL if session.plan.has_waitlist else FULL_WITHOUT_LIST
    return SESSION_WORDS[session.status].next
