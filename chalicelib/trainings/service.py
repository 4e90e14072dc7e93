"""What happens to registrations; a seat that is freed goes to the next who waits at once."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

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
from chalicelib.trainings.finding import FindingRegistrations
from chalicelib.trainings.gate import ENDED, NOT_PUBLISHED, has_ended
from chalicelib.trainings.model import (
    AlreadyRegistered,
    Change,
    OutOfStep,
    Person,
    Registration,
    RegistrationClosed,
    Session,
    new_registration_id,
)
from chalicelib.trainings.outcomes import check_untold, in_time, told
from chalicelib.trainings.people import person_key
from chalicelib.trainings.replacing import colleague, instead
from chalicelib.trainings.seats import BUSY, NotWaiting, Priority, Seats
from chalicelib.trainings.statuses import Event, Status
from chalicelib.trainings.waitlist import Turn, Waitlist, seats_after
from chalicelib.trainings.wording import EVENT_WORDS

SYSTEM = "Cordée"
ATTEMPTS = 12
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class RegistrationService(FindingRegistrations):
    """One method per thing that happens; each is one transaction with the seats, the lines and the mails.

    `note_gone` is told who was taken out of the queue because nothing is kept of them: its identifier.
    """

    process: Process
    office: Callable[[], Office]
    clock: Clock
    note_gone: Callable[[str], None]

    @property
    def waitlist(self) -> Waitlist:
        """Who waits, and whose turn it is."""
        return Waitlist(self.registrations, self.office, self.clock)

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
        made = colleague(registration, session, person, new_id, key, now)
        comes = Change(None, made, instead(left), None)
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
            turn = self.waitlist.turn(session, seats) if session else Turn(seats)
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
            event, line = in_time(session, event, line)
            check_untold(session, registration, event)
            to = Status.WAITING if event is Event.APPROVED and seats.is_full else None
            costs = self._costs(session, registration, event, line)
            changed = change(registration, event, line, to=to, **costs)
            changed = told(changed, session)
            after = seats_after(seats, changed, self.waitlist.who_came_later(changed.after)).shrunk()
            turn = self.waitlist.turn(session, after)
            mails = emails.mails_of(session, changed, self.office(), said)
            try:
                self._save([changed], mails, seats, turn)
            except ChangedMeanwhile:
                registration = self.get(registration.id)
            else:
                return changed.after
        raise ChangedMeanwhile(BUSY)

    def _costs(
        self, session: Session, registration: Registration, event: Event, line: HistoryLine
    ) -> dict[str, int]:
        """What is due for a seat as it stands at that moment: nothing once the office has cancelled the session."""
        if event is not Event.CANCELLED or not session.is_open:
            return {}
        terms = agreed_terms(session.plan, registration.price_cents, self.office().training_rules)
        return {"due_cents": terms.due_cents(registration.status, paris_day(line.at))}

    def _save(self, changes: list[Change], mails: list[Message], seats: Seats, turn: Turn) -> None:
        """Keep changes with the offer that follows from them, in one write; then start what they ask."""
        kept = [*changes, *([turn.offered] if turn.offered else [])]
        self.registrations.save(kept, mails, (seats, turn.seats))
        for gone in turn.gone:
            self.note_gone(gone)
        for one in kept:
            if one.before is None or one.after.run > one.before.run:
                self.process.start(one.after.run_name, one.after.run_input)
