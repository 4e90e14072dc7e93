"""What the staff's front page says of sessions; its words are in `templates/at_the_desk.html`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.trainings.bootstrap import stores
from chalicelib.trainings.model import Session, session_of
from chalicelib.trainings.paths import DESK_SESSION, desk_registration_path
from chalicelib.trainings.readers import READERS
from chalicelib.trainings.stages import is_over
from chalicelib.trainings.standing import places_in_words
from chalicelib.trainings.statuses import OPEN

COMING = timedelta(days=14)


@dataclass(frozen=True)
class Shown:
    """A session, and its seats in a few words."""

    session: Session
    places: str


@dataclass(frozen=True)
class Sessions:
    """Those whose attendance is to be noted or closed, the oldest first; those that come soon, the next one first.

    `to_note` are those in the reader's charge, `to_close` those of others.
    """

    to_note: tuple[Session, ...] = ()
    to_close: tuple[Session, ...] = ()
    coming: tuple[Shown, ...] = ()


def sessions_for(roles: Collection[str], person_id: str = "") -> Sessions:
    """The sessions that are near, for whom they are work; none where the office holds no trainings.

    `person_id` is who reads it, as the office file calls them.
    """
    if stores.office().trainings is None or not READERS.intersection(roles):
        return Sessions()
    now = stores.now()
    found = stores.sessions().list_in_status(*sorted(OPEN))
    dated = sorted((one.plan.starts_at, one.id, one) for one in found if one.plan.starts_at)
    listed = [one for _, _, one in dated]
    over = [one for one in listed if is_over(one, now)]
    mine = tuple(one for one in over if person_id and one.plan.in_charge == person_id)
    return Sessions(mine, tuple(one for one in over if one not in mine), _coming(listed, now))


def page_of(record: str) -> str:
    """The path of the page about the session or the registration that a mail is about; empty for anything else."""
    if stores.office().trainings is None:
        return ""
    session = stores.sessions().find(session_of(record) or record)
    if session is None:
        return ""
    if session.id == record:
        return DESK_SESSION.format(reference=session.reference)
    registration = stores.registrations().find(record)
    if registration is None:
        return ""
    return desk_registration_path(session.reference, registration.reference)


def _coming(sessions: list[Session], now: datetime) -> tuple[Shown, ...]:
    near = [one for one in sessions if not is_over(one, now) and _begins_before(one, now + COMING)]
    seats = stores.registrations().seats_of([one.id for one in near]) if near else {}
    return tuple(Shown(one, places_in_words(one, seats[one.id])) for one in near if one.id in seats)


def _begins_before(session: Session, end: datetime) -> bool:
    return session.plan.starts_at is not None and session.plan.starts_at <= end
