"""Telling everybody who registered for a session of a change, or that it is cancelled: each person once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.kernel.clock import Clock
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.rounds import one_by_one
from chalicelib.office.model import Office
from chalicelib.trainings.gate import has_ended
from chalicelib.trainings.model import Registration, Session
from chalicelib.trainings.registering import purge_at
from chalicelib.trainings.statuses import Event, SessionStatus
from chalicelib.trainings.wording import EVENT_WORDS

SYSTEM = "Cordée"


class Registrations(Protocol):
    """The registrations of a session."""

    def list_of_session(self, session_id: str) -> Sequence[Registration]:
        """All of them, in the order of their arrival."""

    def keep_needs(self, session_id: str, until: datetime) -> int:
        """Keep what people need until then; how many had another date."""


class RegistrationDesk(Protocol):
    """What happens to a registration."""

    def record(
        self, registration_id: str, event: Event, line: HistoryLine, in_round: int | None = None
    ) -> Registration:
        """What happened; an event that does not fit leaves it as it is."""


class SessionDesk(Protocol):
    """What happens to a session."""

    def get(self, session_id: str) -> Session:
        """The session."""

    def note_told(self, session_id: str, plan_version: int) -> Session:
        """Everybody was told of this version."""


@dataclass(frozen=True)
class News:
    """Goes through the registrations one by one; those that were told are passed over, so it may stop anywhere."""

    sessions: SessionDesk
    registrations: Registrations
    desk: RegistrationDesk
    office: Callable[[], Office]
    clock: Clock

    def tell(self, session_id: str) -> Session:
        """Tell who was not told yet, then note that all were; needs are kept as long as the new dates say."""
        session = self.sessions.get(session_id)
        if not session.is_untold:
            return session
        self._keep_needs(session)
        found = self.registrations.list_of_session(session_id)
        one_by_one(found, lambda one: self._tell(one, session))
        return self.sessions.note_told(session_id, session.plan_version)

    def _tell(self, registration: Registration, session: Session) -> bool:
        if session.status is SessionStatus.CANCELLED:
            return registration.is_held and self._note(registration, Event.CALLED_OFF, session.note)
        return is_behind(registration, session) and self._note(registration, Event.RESCHEDULED, "")

    def tell_late(self, session: Session, found: Sequence[Registration]) -> int:
        """Tell who registered by an older plan while a change of it was told to all others; how many.

        While a run still tells it, this is left to the run.
        """
        if session.is_untold or not session.is_open or has_ended(session, self.clock()):
            return 0
        told = one_by_one(found, lambda one: self._tell(one, session))
        if told:
            self._keep_needs(session)
        return told

    def _keep_needs(self, session: Session) -> None:
        if session.plan.ends_at:
            self.registrations.keep_needs(session.id, purge_at(session, self.office()))

    def _note(self, registration: Registration, event: Event, reason: str) -> bool:
        line = HistoryLine(self.clock(), SYSTEM, EVENT_WORDS[event], reason)
        self.desk.record(registration.id, event, line)
        return True


def is_behind(registration: Registration, session: Session) -> bool:
    """Whether somebody counts on the session who was not told of its latest change."""
    return registration.is_held and registration.told_version < session.plan_version
