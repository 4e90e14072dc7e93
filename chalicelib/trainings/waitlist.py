"""Whose turn it is for a free seat, and where somebody stands who is accepted late."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from chalicelib.kernel.clock import Clock
from chalicelib.kernel.history import HistoryLine
from chalicelib.office.model import Office
from chalicelib.trainings.changes import change
from chalicelib.trainings.finding import Registrations
from chalicelib.trainings.model import Change, Registration, Session
from chalicelib.trainings.offers import offer_until
from chalicelib.trainings.seats import Priority, Seats
from chalicelib.trainings.statuses import Event, Status
from chalicelib.trainings.wording import EVENT_WORDS

SYSTEM = "Cordée"


@dataclass(frozen=True)
class Turn:
    """The seats after an offer and the offer, if any; `gone` stood in the queue, and nothing is kept of them."""

    seats: Seats
    offered: Change | None = None
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class Waitlist:
    """The queue beside the registrations in it; what it says holds for the seats that it is asked about."""

    registrations: Registrations
    office: Callable[[], Office]
    clock: Clock

    def who_came_later(self, registration: Registration) -> frozenset[str]:
        """In front of whom somebody waits who is accepted late: the order is that of arrival, not of acceptance.

        Whom staff placed by hand is left out: they stand where they were put, and nobody is put in front of them for
        having come earlier than they. They are read after the seats, on whose version all is written.
        """
        if registration.status is not Status.WAITING:
            return frozenset()
        found = self.registrations.list_of_session(registration.session_id)
        return frozenset(
            one.id for one in found if one.asked_at > registration.asked_at and not one.is_placed
        )

    def turn(self, session: Session, seats: Seats) -> Turn:
        """Whose turn it is for a free seat: nobody's, if none is free or it is too near the beginning."""
        starts_at = session.plan.starts_at
        if not seats.owes_an_offer or not session.is_open or starts_at is None:
            return Turn(seats)
        until = offer_until(starts_at, self.clock(), self.office().training_rules)
        if until is None:
            return Turn(seats)
        first, gone = self._first_waiting(seats)
        left = seats.without(gone)
        if first is None or first.status is not Status.WAITING:
            return Turn(left, gone=gone)
        offered = self._offer(session, first, until)
        return Turn(seats_after(left, offered), offered, gone)

    def _first_waiting(self, seats: Seats) -> tuple[Registration | None, tuple[str, ...]]:
        """The first who waits, and who stands before them in the queue though nothing is kept of them any more."""
        gone: list[str] = []
        for one in seats.waiting:
            if found := self.registrations.find(one):
                return found, tuple(gone)
            gone.append(one)
        return None, tuple(gone)

    def _offer(self, session: Session, first: Registration, until: datetime) -> Change:
        now = self.clock()
        return change(
            first,
            Event.OFFERED,
            HistoryLine(now, SYSTEM, EVENT_WORDS[Event.OFFERED]),
            offered_until=until,
            told_version=session.plan_version,
        )


def seats_after(seats: Seats, changed: Change, in_front_of: Collection[str] = ()) -> Seats:
    """The seats once that has happened."""
    before = changed.before.status if changed.before else None
    if before is changed.after.status:
        return seats
    priority = Priority(changed.after.priority)
    return seats.moved(changed.after.id, before, changed.after.status, priority, in_front_of)
