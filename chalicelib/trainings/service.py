"""What happens to registrations; a seat that is freed goes to the next who waits at once."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from chalicelib.kernel import ids
from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.ports import Process
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.trainings import emails
from chalicelib.trainings.cancelling import agreed_terms
from chalicelib.trainings.changes import change
from chalicelib.trainings.contact_mails import mails_to_new_address
from chalicelib.trainings.gate import ENDED, NOT_PUBLISHED, has_begun, has_ended
from chalicelib.trainings.model import (
    AlreadyRegistered,
    Change,
    OutOfStep,
    Person,
    Registration,
    RegistrationClosed,
    RegistrationUnknown,
    Session,
    SessionBegun,
    SessionUnknown,
    new_registration_id,
)
from chalicelib.trainings.offers import offer_until
from chalicelib.trainings.people import person_key
from chalicelib.trainings.seats import NotWaiting, Priority, Seats
from chalicelib.trainings.statuses import Event, Status
from chalicelib.trainings.wording import EVENT_WORDS

SYSTEM = "Cordée"
ATTEMPTS = 12
NOTHING: Mapping[str, str] = {}
BUSY = "Cette session change sans cesse en ce moment. Recommencez dans un instant."


TOO_LATE = {Event.ACCEPTED: Event.OFFER_EXPIRED, Event.APPROVED: Event.APPROVAL_EXPIRED}
"""What an answer comes to that is given once the session has begun, which may have been moved to an earlier day."""

TELLS = frozenset({Event.APPROVED, Event.RESCHEDULED})
"""The mails of these say when and where the session is, to who has no seat too."""


class Sessions(Protocol):
    """What is kept of sessions."""

    def find(self, session_id: str) -> Session | None:
        """The session, read strongly, or None."""


class Registrations(Protocol):
    """What is kept of registrations and seats."""

    def seats(self, session_id: str) -> Seats:
        """The seats of a session, read strongly."""

    def find(self, registration_id: str) -> Registration | None:
        """The registration, read strongly, or None."""

    def find_by_reference(self, reference: str) -> Registration | None:
        """The registration with this reference, or None."""

    def find_person(self, session_id: str, person_key: str) -> str:
        """The registration under which that person counts on the session; empty for nobody."""

    def list_of_session(self, session_id: str) -> Sequence[Registration]:
        """All the registrations of a session, read strongly."""

    def save(
        self, changes: Sequence[Change], mails: Sequence[Message], seats: tuple[Seats, Seats] | None = ...
    ) -> None:
        """Keep changes that belong together. Raises `ChangedMeanwhile`."""


@dataclass(frozen=True)
class RegistrationService:
    """One method per thing that happens; each is one transaction with the seats, the lines and the mails.

    `note_gone` is told who was taken out of the queue because nothing is kept of them: its identifier.
    """

    sessions: Sessions
    registrations: Registrations
    process: Process
    office: Callable[[], Office]
    clock: Clock
    note_gone: Callable[[str], None]

    def get(self, registration_id: str) -> Registration:
        """The registration. Raises `RegistrationUnknown`."""
        registration = self.registrations.find(registration_id)
        if registration is None:
            raise RegistrationUnknown
        return registration

    def get_by_reference(self, reference: str) -> Registration:
        """The registration, whoever's it is. Raises `RegistrationUnknown`."""
        registration = self.registrations.find_by_reference(reference)
        if registration is None:
            raise RegistrationUnknown
        return registration

    def get_for(self, reference: str, email: str) -> Registration:
        """The registration that this structure made. Raises `RegistrationUnknown` for a foreign one too."""
        registration = self.get_by_reference(reference)
        if registration.structure.email != email.lower():
            raise RegistrationUnknown
        return registration

    def session_of(self, registration: Registration) -> Session:
        """The session that it is for. Raises `SessionUnknown`."""
        session = self.sessions.find(registration.session_id)
        if session is None:
            raise SessionUnknown
        return session

    def record(
        self,
        registration_id: str,
        event: Event,
        line: HistoryLine,
        in_round: int | None = None,
        *,
        said: Mapping[str, str] = NOTHING,
    ) -> Registration:
        """What an answer or a silence made of it; a repeated or late event leaves it as it is.

        `in_round` is the round that the event was seen in: it says nothing of a later one. `said` is what its mail
        says besides.
        """
        registration = self.get(registration_id)
        if in_round not in (None, registration.round):
            return registration
        try:
            return self._happened(registration, event, line, said)
        except OutOfStep:
            return self.get(registration_id)

    def cancel(self, registration: Registration, who: str, reason: str = "") -> Registration:
        """Give the seat, or the place in the queue, back. Raises `SessionBegun` or `OutOfStep`."""
        line = HistoryLine(self.clock(), who, EVENT_WORDS[Event.CANCELLED], reason)
        return self._happened(registration, Event.CANCELLED, line)

    def correct(self, registration: Registration, person: Person, who: str) -> Registration:
        """Other contact details of the same person, after the session too; the same ones are no change.

        Raises `OutOfStep` or `ChangedMeanwhile`.
        """
        line = HistoryLine(self.clock(), who, EVENT_WORDS[Event.CORRECTED])
        named = replace(
            person, first_name=registration.person.first_name, last_name=registration.person.last_name
        )
        if named == registration.person:
            return registration
        changed = change(registration, Event.CORRECTED, line, person=named)
        self.registrations.save([changed], self._to_new_address(changed))
        return changed.after

    def _to_new_address(self, changed: Change) -> list[Message]:
        """The link and the certificate, to an address that has none yet."""
        if changed.before is None or changed.before.email == changed.after.email:
            return []
        return mails_to_new_address(
            self.session_of(changed.after), changed.after, self.office(), changed.line.at
        )

    def replace(self, registration: Registration, person: Person, who: str, form_key: str) -> Registration:
        """A colleague of the same structure comes instead, on the same seat, at no charge.

        Sent twice it is done once. Raises `AlreadyRegistered` when the colleague has a registration,
        `RegistrationClosed` when the session is cancelled or over, `OutOfStep`.
        """
        new_id = new_registration_id(registration.session_id, form_key)
        if before := self.registrations.find(new_id):
            return before
        session, now, office = self.session_of(registration), self.clock(), self.office()
        if not session.is_open:
            raise RegistrationClosed(NOT_PUBLISHED)
        if has_ended(session, now):
            raise RegistrationClosed(ENDED)
        key = person_key(registration.structure, person)
        if held_by := self.registrations.find_person(registration.session_id, key):
            raise AlreadyRegistered(held_by)
        line = HistoryLine(now, who, f"{EVENT_WORDS[Event.REPLACED]} {person.name}")
        left = change(registration, Event.REPLACED, line, replaced_by=new_id)
        made = _colleague(registration, session, person, new_id, key, now)
        comes = Change(None, made, _instead(left), None)
        mails = [*emails.mails_of(session, left, office), *emails.arrival_mails(session, comes.after, office)]
        self.registrations.save([left, comes], mails)
        return comes.after

    def move(self, registration: Registration, rank: int, who: str, reason: str) -> Registration:
        """Staff put who waits at another place, with a reason that everybody moved can read. Raises `NotWaiting`."""
        for _ in range(ATTEMPTS):
            seats = self.registrations.seats(registration.session_id)
            if registration.status is not Status.WAITING or not seats.rank(registration.id):
                raise NotWaiting
            after = seats.reordered(registration.id, rank)
            words = f"{EVENT_WORDS[Event.MOVED]}\u00a0: {seats.rank(registration.id)} → {after.rank(registration.id)}"
            line = HistoryLine(self.clock(), who, words, reason)
            priority = int(Priority.LAST if registration.id in after.last else Priority.REGULAR)
            moved = change(registration, Event.MOVED, line, priority=priority, is_placed=True)
            mails = emails.mails_of(self.session_of(registration), moved, self.office())
            try:
                self.registrations.save([moved], mails, (seats, after))
            except ChangedMeanwhile:
                registration = self.get(registration.id)
            else:
                return moved.after
        raise ChangedMeanwhile(BUSY)

    def serve(self, session_id: str) -> int:
        """Offer every free seat that somebody waits for, one after the other; how many."""
        served = 0
        while self._serve_next(session_id):
            served += 1
        return served

    def _serve_next(self, session_id: str) -> bool:
        for _ in range(ATTEMPTS):
            seats, session = self.registrations.seats(session_id), self.sessions.find(session_id)
            turn = self._turn(session, seats) if session else Turn(seats)
            if turn.seats == seats:
                return False
            with suppress(ChangedMeanwhile):
                self._save([], [], seats, turn)
                return turn.offered is not None
        raise ChangedMeanwhile(BUSY)

    def _happened(
        self,
        registration: Registration,
        event: Event,
        line: HistoryLine,
        said: Mapping[str, str] = NOTHING,
    ) -> Registration:
        """The change with what it does to the seats and, where one is freed, the offer to the next: one transaction.

        The session is read after its seats, which every change of a session writes: nothing goes by an old plan.
        """
        for _ in range(ATTEMPTS):
            seats, session = self.registrations.seats(registration.session_id), self.session_of(registration)
            event, line = _in_time(session, event, line)
            _check_untold(session, registration, event)
            to = Status.WAITING if event is Event.APPROVED and seats.is_full else None
            costs = self._costs(session, registration, event, line)
            changed = change(registration, event, line, to=to, **costs)
            changed = _told(changed, session)
            after = _seats_after(seats, changed, self._who_came_later(changed.after)).shrunk()
            turn = self._turn(session, after)
            mails = emails.mails_of(session, changed, self.office(), said)
            try:
                self._save([changed], mails, seats, turn)
            except ChangedMeanwhile:
                registration = self.get(registration.id)
            else:
                return changed.after
        raise ChangedMeanwhile(BUSY)

    def _who_came_later(self, registration: Registration) -> frozenset[str]:
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

    def _costs(
        self, session: Session, registration: Registration, event: Event, line: HistoryLine
    ) -> dict[str, int]:
        """What is due for a seat as it stands at that moment: nothing once the office has cancelled the session."""
        if event is not Event.CANCELLED or not session.is_open:
            return {}
        terms = agreed_terms(session.plan, registration.price_cents, self.office().training_rules)
        return {"due_cents": terms.due_cents(registration.status, paris_day(line.at))}

    def _turn(self, session: Session, seats: Seats) -> "Turn":
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
        return Turn(_seats_after(left, offered), offered, gone)

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

    def _save(self, changes: list[Change], mails: list[Message], seats: Seats, turn: "Turn") -> None:
        """Keep changes with the offer that follows from them, in one write; then start what they ask."""
        kept = [*changes, *([turn.offered] if turn.offered else [])]
        self.registrations.save(kept, mails, (seats, turn.seats))
        for gone in turn.gone:
            self.note_gone(gone)
        for one in kept:
            if one.before is None or one.after.run > one.before.run:
                self.process.start(one.after.run_name, one.after.run_input)


@dataclass(frozen=True)
class Turn:
    """The seats after an offer and the offer, if any; `gone` stood in the queue, and nothing is kept of them."""

    seats: Seats
    offered: Change | None = None
    gone: tuple[str, ...] = ()


def _in_time(session: Session, event: Event, line: HistoryLine) -> tuple[Event, HistoryLine]:
    """The event, or the silence that it comes too late for. Raises `SessionBegun` for a cancellation."""
    if not has_begun(session, line.at):
        return event, line
    if event is Event.CANCELLED:
        raise SessionBegun
    late = TOO_LATE.get(event, event)
    return late, line if late is event else HistoryLine(line.at, SYSTEM, EVENT_WORDS[late])


def _check_untold(session: Session, registration: Registration, event: Event) -> None:
    """Raise `OutOfStep` where the person was told of this change before: two who tell at once mail nobody twice."""
    if event is Event.RESCHEDULED and registration.told_version >= session.plan_version:
        raise OutOfStep


def _seats_after(seats: Seats, changed: Change, in_front_of: Collection[str] = ()) -> Seats:
    before = changed.before.status if changed.before else None
    if before is changed.after.status:
        return seats
    priority = Priority(changed.after.priority)
    return seats.moved(changed.after.id, before, changed.after.status, priority, in_front_of)


def _told(changed: Change, session: Session) -> Change:
    """The change with the version of the plan that its mail tells, if it tells it."""
    if changed.after.status is Status.CONFIRMED:
        return _seated(changed, session)
    if changed.event not in TELLS:
        return changed
    return replace(changed, after=replace(changed.after, told_version=session.plan_version))


def _seated(changed: Change, session: Session) -> Change:
    """Since when the person has a seat, and how many days their calendar has."""
    after = replace(
        changed.after,
        confirmed_at=changed.after.confirmed_at or changed.line.at,
        told_days=len(session.plan.days),
        told_version=session.plan_version,
    )
    return replace(changed, after=after)


def _colleague(
    registration: Registration, session: Session, person: Person, new_id: str, key: str, now: Any
) -> Registration:
    """The registration of who comes instead: the same seat, and nothing of what was said about the other person."""
    return replace(
        registration,
        id=new_id,
        reference=ids.new_reference("INS"),
        status=Status.CONFIRMED,
        status_since=now,
        person=person,
        person_key=key,
        asked_at=now,
        confirmed_at=now,
        presence_code=ids.new_id(),
        answers={},
        is_placed=False,
        note="",
        version=1,
        round=1,
        run=0,
        told_days=len(session.plan.days),
        told_version=session.plan_version,
        replaces=registration.id,
        marks={},
        certificate=None,
    )


def _instead(left: Change) -> HistoryLine:
    return replace(left.line, what=f"Vient à la place de {left.after.person.name}")
