"""Trainings in memory: the services with their fakes, and what staff and people do to sessions and registrations."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from chalicelib.decisions.reconciling import Reconciler
from chalicelib.decisions.service import DecisionService
from chalicelib.decisions.sweeping import DecisionSweeper
from chalicelib.decisions.timetable import Calendar
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import Message
from chalicelib.mail.service import MailDesk
from chalicelib.office.calendar import add_working_days
from chalicelib.office.model import Office
from chalicelib.trainings.convoking import Convoking
from chalicelib.trainings.gate import GUEST, Visitor
from chalicelib.trainings.model import (
    REGISTRATION_PROCESS,
    SESSION_PROCESS,
    Person,
    Registration,
    Session,
    Structure,
)
from chalicelib.trainings.news import News
from chalicelib.trainings.people import person_key
from chalicelib.trainings.planning import PlanningService
from chalicelib.trainings.registering import Applied, Newcomer, RegisteringService
from chalicelib.trainings.seats import Seats
from chalicelib.trainings.service import RegistrationService
from chalicelib.trainings.session_form import session_errors
from chalicelib.trainings.statuses import Event, SessionEvent, SessionStatus, Status
from chalicelib.trainings.watching import Watch
from tests.fakes.clock import FakeClock
from tests.fakes.decisions import FakeDecisions
from tests.fakes.mail import FakeOutbox
from tests.fakes.printer import FakePrinter
from tests.fakes.process import FakeProcess, FakeResumer
from tests.fakes.trainings import FakeMissed, FakeRegistrations, FakeSeats, FakeSessions
from tests.fakes.uploads import FakeFiles
from tests.training import NOW, a_structure, a_training_office, session_answers

OFFICER = "Yann Le Goff"


class World:
    """The house, with one office and whoever comes."""

    def __init__(
        self, office: Office | None = None, machine: Any = None, session_machine: Any = None
    ) -> None:
        self.clock, self.outbox = FakeClock(NOW), FakeOutbox()
        self.rules = office or a_training_office()
        self.room, self.missed, self.keys = FakeSeats(), FakeMissed(), count(1)
        self.gone: list[str] = []
        self.sessions = FakeSessions(self.outbox, self.room)
        self.registrations = FakeRegistrations(self.outbox, self.room)
        self.session_process = session_machine or FakeProcess(SESSION_PROCESS)
        self.process = machine or FakeProcess(REGISTRATION_PROCESS)
        self.service = RegistrationService(
            self.sessions, self.registrations, self.process, self.office, self.clock, self.gone.append
        )
        self.registering = RegisteringService(
            self.registrations, self.missed.list_of, self.process, self.office, self.clock
        )
        self.planning = PlanningService(
            self.sessions, self.registrations.seats, self.service.serve, session_errors, self.session_process,
            self.office, self.clock,
        )  # fmt: skip
        self.news = News(self.planning, self.registrations, self.service, self.office, self.clock)
        enqueue = MailDesk(self.outbox, self.clock).enqueue
        self.papers, self.printer = FakeFiles(), FakePrinter()
        self.convoking = Convoking(self.papers, self.printer, enqueue, self.office, self.clock)
        self.watch = Watch(
            self.sessions, self.registrations, self.planning, self.news, self.service.serve,
            self.convoking.convoke, enqueue, self.office, self.clock,
        )  # fmt: skip
        self.decisions = FakeDecisions(self.outbox)
        self.desk = DecisionService(
            self.decisions,
            machine or session_machine or FakeResumer(),
            Calendar(add_working_days),
            self.clock,
        )
        self.sweeper = DecisionSweeper(self.desk, lambda decision: None)
        self.session_reconciler = Reconciler(
            self.sessions, self.decisions, self.desk, self.session_process, self.clock
        )
        self.reconciler = Reconciler(self.registrations, self.decisions, self.desk, self.process, self.clock)

    def office(self) -> Office:
        return self.rules

    def draft(self, **answers: Any) -> Session:
        """A session as somebody writes it; None takes an answer away."""
        return self.planning.create(f"session {next(self.keys)}", session_answers(**answers), OFFICER)

    def published(self, **answers: Any) -> Session:
        """A session that is open to registrations, whoever leads it."""
        session = self.planning.publish(self.draft(**answers), OFFICER)
        if session.status is SessionStatus.AWAITING_APPROVAL:
            return self.happens(session, SessionEvent.APPROVED, who="Claire Martin")
        return session

    def edited(
        self, session: Session, *, shrink: bool = False, roles: Collection[str] = (), **answers: Any
    ) -> Session:
        """The session with some other answers."""
        known = self.planning.get(session.id)
        return self.planning.edit(known, {**known.answers, **answers}, OFFICER, shrink=shrink, roles=roles)

    def called_off(self, session: Session, reason: str = "Intervenante malade") -> Session:
        """The session cancelled, and nobody told yet."""
        return self.planning.call_off(self.planning.get(session.id), OFFICER, reason)

    def happens(self, session: Session, event: SessionEvent, who: str = OFFICER, reason: str = "") -> Session:
        """What an answer, or a silence, made of the session."""
        return self.planning.record(session.id, event, self.line(event.value, who, reason), session.round)

    def applies(
        self,
        session: Session,
        *people: Newcomer,
        structure: Structure | None = None,
        visitor: Visitor = GUEST,
        key: str = "",
    ) -> list[Applied]:
        """What becomes of the people of one form."""
        known, form_key = self.planning.get(session.id), key or f"form {next(self.keys)}"
        return self.registering.register(known, structure or a_structure(), visitor, people, form_key)

    def comes(self, session: Session, name: str = "Maëlle Le Goff", **more: Any) -> Registration:
        """One person, with a structure of their own unless one is given. Raises what stands against it."""
        more.setdefault("structure", a_structure(f"Chez {name}", f"{ascii_of(name)}@example.org"))
        [applied] = self.applies(session, newcomer(name), **more)
        if applied.problem:
            raise applied.problem
        assert applied.registration
        return applied.registration

    def come(self, session: Session, *names: str) -> list[Registration]:
        """Several people, one after the other, a minute apart."""
        found = []
        for name in names:
            found.append(self.comes(session, name))
            self.clock.wait(minutes=1)
        return found

    def cancels(self, registration: Registration, reason: str = "") -> Registration:
        """The person gives the seat or the place back."""
        known = self.now(registration)
        return self.service.cancel(known, known.structure.contact_name, reason)

    def answers(self, registration: Registration, event: Event, reason: str = "") -> Registration:
        """What the person, the office or their silence says to the open question."""
        known = self.now(registration)
        line = self.line(event.value, known.person.name, reason)
        return self.service.record(known.id, event, line, known.round)

    def replaced(self, registration: Registration, name: str, key: str = "") -> Registration:
        """A colleague comes instead."""
        known, secret = self.now(registration), key or f"form {next(self.keys)}"
        return self.service.replace(known, newcomer(name).person, known.structure.contact_name, secret)

    def moved(self, registration: Registration, rank: int, reason: str = "Trajet partagé") -> Registration:
        """Staff put who waits at another place."""
        return self.service.move(self.now(registration), rank, OFFICER, reason)

    def missed_before(self, name: str, *days: date) -> None:
        """Somebody who did not come on these days."""
        structure = a_structure(f"Chez {name}", f"{ascii_of(name)}@example.org")
        for on in days:
            self.missed.note(person_key(structure, newcomer(name).person), f"session of {on}", on)

    def now(self, registration: Registration) -> Registration:
        """The registration as it stands."""
        return self.service.get(registration.id)

    def stands(self, *registrations: Registration) -> list[Status]:
        """Where they stand now."""
        return [self.now(one).status for one in registrations]

    def seats(self, session: Session) -> Seats:
        return self.registrations.seats(session.id)

    def queue(self, session: Session) -> list[str]:
        """The names of those who wait, the next one first."""
        return [self.service.get(one).person.name for one in self.seats(session).waiting]

    def mails(self, record: Session | Registration) -> list[Message]:
        """The mails about a session or a registration, in the order in which they were written."""
        return [mail for mail in self.outbox.messages if mail.record == record.id]

    def templates(self, record: Session | Registration) -> list[str]:
        """Their names, without the room."""
        return [mail.template.removeprefix("trainings/") for mail in self.mails(record)]

    def told(self, record: Session | Registration) -> list[str]:
        """What the history of a record says."""
        store = self.sessions if isinstance(record, Session) else self.registrations
        return [line.what for line in store.list_history(record)]

    def line(self, what: str, who: str = OFFICER, reason: str = "") -> HistoryLine:
        return HistoryLine(self.clock(), who, what, reason)

    def put(self, registration: Registration, **changes: Any) -> Registration:
        """The registration as it would stand after other things than those here."""
        self.registrations.registrations[registration.id] = replace(registration, **changes)
        return self.registrations.registrations[registration.id]


def newcomer(name: str, **more: Any) -> Newcomer:
    """Somebody who comes, by first and last name."""
    first_name, _, last_name = name.partition(" ")
    return Newcomer(Person(first_name, last_name or "Durand"), **more)


def ascii_of(name: str) -> str:
    """A name as it may stand in an address."""
    return "".join(sign for sign in name.lower() if sign.isascii() and sign.isalpha())


def instant(month: int, day: int, hour: int = 8, minute: int = 0, year: int = 2027) -> datetime:
    """An instant in UTC, in the year of these tests."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def names(registrations: Sequence[Registration]) -> list[str]:
    return [one.person.name for one in registrations]
