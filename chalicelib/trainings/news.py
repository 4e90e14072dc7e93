"""Telling everybody who registered for a session of a change, or that it is cancelled: each person once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.kernel.clock import Clock
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.rounds import one_by_one
from chalicelib.office.model import Office
from chalicelib.trainings.model import Registration, Session
from chalicelib.trainings.registering import purge_at
from chalicelib.trainings.statuses import Event, SessionStatus, Status
from chalicelib.trainings.wording import EVENT_WORDS

SYSTEM = "Cordée"


class Registrations(Protocol):
    """The registrations of a session."""

    def list_of_session(self, session_id: str) -> Sequence[Registration]:
        """All of them, in the order of their arrival."""

    def keep_needs(self, session_id: str, until: datetime) -> None:
        """Keep what the people need until that instant."""


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
        """Tell who was not told yet, then note that all were."""
        session = self.sessions.get(session_id)
        if not session.is_untold:
            return session
        # The table forgets needs by itself: on the day after the session, not after the one that it was to be on.
        self.registrations.keep_needs(session_id, purge_at(session, self.office()))
        found = self.registrations.list_of_session(session_id)
        one_by_one(found, lambda one: self._tell(one, session))
        return self.sessions.note_told(session_id, session.plan_version)

    def _tell(self, registration: Registration, session: Session) -> bool:
        if session.status is SessionStatus.CANCELLED:
            return registration.is_held and self._note(registration, Event.CALLED_OFF, session.note)
        is_behind = registration.told_version < session.plan_version
        if not is_behind or registration.status is not Status.CONFIRMED:
            return False
        return self._note(registration, Event.RESCHEDULED, "")

    def _note(self, registration: Registration, event: Event, reason: str) -> bool:
        line = HistoryLine(self.clock(), SYSTEM, EVENT_WORDS[event], reason)
        self.desk.record(registration.id, event, line)
        return True
