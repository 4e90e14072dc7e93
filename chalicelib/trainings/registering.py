"""Registering people for a session: each takes a seat, or a place in the queue, or waits for an approval."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from chalicelib.kernel import ids
from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.kernel.errors import ChangedMeanwhile, Situation
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.ports import Process
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.trainings import emails
from chalicelib.trainings.gate import NOT_PUBLISHED, Visitor, check_audience, check_open, priority_of
from chalicelib.trainings.model import (
    AlreadyRegistered,
    Person,
    Registration,
    RegistrationClosed,
    Session,
    SessionFull,
    Structure,
    StructureLimitReached,
    new_registration_id,
)
from chalicelib.trainings.people import person_key
from chalicelib.trainings.seats import Priority, Seats
from chalicelib.trainings.statuses import Status
from chalicelib.trainings.wording import REGISTERED_WORDS

ATTEMPTS = 10
CODE_LENGTH = 32
BUSY = "Beaucoup de personnes s’inscrivent en ce moment. Rien n’est perdu\u00a0: recommencez dans un instant."


class Registrations(Protocol):
    """What is kept of registrations and seats."""

    def seats(self, session_id: str) -> Seats:
        """The seats of a session, read strongly."""

    def add(
        self, registration: Registration, line: HistoryLine, mails: Sequence[Message], limit: int | None,
        needs: tuple[Mapping[str, str], datetime] | None = ...,
    ) -> bool:  # fmt: skip
        """Keep a new registration with its seat or place; False if a condition does not hold."""

    def find(self, registration_id: str) -> Registration | None:
        """The registration, or None."""

    def find_person(self, session_id: str, person_key: str) -> str:
        """The registration under which that person counts on the session; empty for nobody."""

    def count_of_structure(self, registration: Registration) -> int:
        """How many people of the structure count on the session."""


@dataclass(frozen=True)
class Newcomer:
    """One person of a form, with what is asked of each, and what they need (disability, diet)."""

    person: Person
    answers: Mapping[str, Any] = field(default_factory=dict)
    needs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Applied:
    """What became of one person of a form: a registration, or the situation that stands against it."""

    person: Person
    registration: Registration | None
    problem: Situation | None = None


MissedOn = Callable[[str], Sequence[date]]
"""The days on which a person, by its key, did not come and had not said so."""


@dataclass(frozen=True)
class RegisteringService:
    """Takes people in, each on their own: one of them who cannot be taken keeps nobody else out."""

    registrations: Registrations
    missed: MissedOn
    process: Process
    office: Callable[[], Office]
    clock: Clock

    def register(
        self,
        session: Session,
        structure: Structure,
        visitor: Visitor,
        people: Sequence[Newcomer],
        form_key: str,
        *,
        by: str = "",
    ) -> list[Applied]:
        """Register each person of a form; sent twice under the same `form_key`, it registers nobody twice.

        `by` names who of the office does it for them. Raises `RegistrationClosed` or `NotAudience`, which concern
        all of them.
        """
        now = self.clock()
        check_open(session, now)
        check_audience(session.plan, visitor, now)
        return [
            self._applied(session, structure, one, f"{form_key}#{number}", by)
            for number, one in enumerate(people)
        ]

    def _applied(
        self, session: Session, structure: Structure, new: Newcomer, secret: str, by: str
    ) -> Applied:
        try:
            return Applied(new.person, self._register(self._arrival(session, structure, new, secret, by)))
        except AlreadyRegistered as already:
            return Applied(new.person, self.registrations.find(already.registration_id), already)
        except Situation as problem:
            return Applied(new.person, None, problem)

    def _arrival(
        self, session: Session, structure: Structure, new: Newcomer, secret: str, by: str
    ) -> "Arrival":
        office, at = self.office(), self.clock()
        key = person_key(structure, new.person)
        missed = self.missed(key) if session.plan.is_free else ()
        priority = priority_of(session.plan, missed, office.training_rules.no_shows, paris_day(at))
        return Arrival(session, structure, new, secret, key, priority, office, at, by)

    def _register(self, arrival: "Arrival") -> Registration:
        for _ in range(ATTEMPTS):
            made = arrival.placed(self._place(arrival))
            if self._add(arrival, made):
                self._start(made)
                return made
            if known := self._known(made):
                return known
            self._check_limit(arrival.session, made)
        raise ChangedMeanwhile(BUSY)

    def _place(self, arrival: "Arrival") -> Status:
        """Where somebody who comes now is put. Raises `RegistrationClosed` or `SessionFull`."""
        session = arrival.session
        seats = self.registrations.seats(session.id)
        if not seats.is_open:
            raise RegistrationClosed(NOT_PUBLISHED)
        if session.plan.selects:
            return Status.PENDING
        if not seats.is_full:
            return Status.CONFIRMED
        if not session.plan.has_waitlist and not self._known(arrival.placed(Status.WAITING)):
            raise SessionFull
        return Status.WAITING

    def _add(self, arrival: "Arrival", made: Registration) -> bool:
        session, office, needs = arrival.session, arrival.office, arrival.new.needs
        line = arrival.told(made.status)
        mails = emails.arrival_mails(session, made, office)
        kept = (needs, purge_at(session, office)) if needs else None
        return self.registrations.add(made, line, mails, session.plan.audience.per_structure, kept)

    def _known(self, made: Registration) -> Registration | None:
        """The same form sent before, or the same person under another. Raises `AlreadyRegistered` for the latter."""
        if before := self.registrations.find(made.id):
            return before
        held_by = self.registrations.find_person(made.session_id, made.person_key)
        if held_by:
            raise AlreadyRegistered(held_by)
        return None

    def _check_limit(self, session: Session, made: Registration) -> None:
        """Raise `StructureLimitReached`, unless a seat was freed meanwhile: then there is no need to wait."""
        limit = session.plan.audience.per_structure
        if limit is None or made.status is not Status.WAITING:
            return
        is_reached = self.registrations.count_of_structure(made) >= limit
        if is_reached and self.registrations.seats(session.id).is_full:
            raise StructureLimitReached(limit)

    def _start(self, made: Registration) -> None:
        if made.is_in_progress:
            self.process.start(made.run_name, made.run_input)


def purge_at(session: Session, office: Office) -> datetime:
    """The instant from which nobody needs to know what the people needed."""
    return session.plan.end + timedelta(days=office.training_rules.needs_kept_days)


@dataclass(frozen=True)
class Arrival:
    """Somebody who comes to register, with all that does not depend on where there is room."""

    session: Session
    structure: Structure
    new: Newcomer
    secret: str
    person_key: str
    priority: Priority
    office: Office
    at: datetime
    by: str = ""

    def told(self, status: Status) -> HistoryLine:
        """The line that tells it: who came, or who of the office saw to it for them."""
        name = self.structure.contact_name
        words = REGISTERED_WORDS[status]
        return HistoryLine(self.at, self.by or name, words, on_behalf_of=name if self.by else "")

    def placed(self, status: Status) -> Registration:
        """The registration of who is put there."""
        return Registration(
            id=new_registration_id(self.session.id, self.secret),
            reference=ids.new_reference("INS"),
            status=status,
            status_since=self.at,
            person=self.new.person,
            structure=self.structure,
            person_key=self.person_key,
            asked_at=self.at,
            office_version=self.office.version,
            presence_code=ids.new_id(),
            answers=dict(self.new.answers),
            price_cents=self.session.plan.price_cents,
            priority=int(self.priority),
            run=1 if status is Status.PENDING else 0,
            confirmed_at=self.at if status is Status.CONFIRMED else None,
            told_version=self.session.plan_version,
            told_days=len(self.session.plan.days) if status is Status.CONFIRMED else 0,
        )
