"""The round of sessions: reminders, convocations, the choice below the minimum, freed seats, who noted nobody."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.rounds import one_by_one
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.trainings.model import Registration, Session
from chalicelib.trainings.reminders import attendance_mails, due_mails, misses_minimum
from chalicelib.trainings.seats import Seats
from chalicelib.trainings.statuses import OPEN, SessionEvent, SessionStatus
from chalicelib.trainings.wording import SESSION_EVENT_WORDS

SYSTEM = "Cordée"


class Sessions(Protocol):
    """The sessions."""

    def list_in_status(self, *statuses: SessionStatus) -> Sequence[Session]:
        """Those in these statuses."""


class Registrations(Protocol):
    """The registrations and the seats."""

    def seats(self, session_id: str) -> Seats:
        """The seats of a session."""

    def list_of_session(self, session_id: str) -> Sequence[Registration]:
        """All the registrations of a session."""


class News(Protocol):
    """What tells people of changes."""

    def tell_late(self, session: Session, found: Sequence[Registration]) -> int:
        """Tell who was not told of the latest change, and is told by nobody else; how many."""


class Desk(Protocol):
    """What happens to sessions."""

    def record(
        self, session_id: str, event: SessionEvent, line: HistoryLine, in_round: int | None = None
    ) -> Session:
        """What happened."""


@dataclass(frozen=True)
class Watch:
    """Looks at every open session; all it does is done once, however often it looks."""

    sessions: Sessions
    registrations: Registrations
    desk: Desk
    news: News
    serve: Callable[[str], int]
    convoke: Callable[[Session, Sequence[Registration]], int]
    enqueue: Callable[[Message], bool]
    office: Callable[[], Office]
    clock: Clock

    def keep_dates(self) -> int:
        """Send what is due today, ask about sessions below their minimum; how many mails and questions."""
        return one_by_one(self.sessions.list_in_status(*sorted(OPEN)), self._keep)

    def serve_waitlists(self) -> int:
        """Offer the free seats that somebody waits for: a crash, or more seats, may have left some; how many."""
        return one_by_one(self.sessions.list_in_status(*sorted(OPEN)), lambda one: self.serve(one.id))

    def _keep(self, session: Session) -> int:
        office = self.office()
        asked = self._ask_below_minimum(session, office)
        people = self.registrations.list_of_session(session.id)
        told = self.news.tell_late(session, people)
        near = due_mails(session, people, office, self.clock())
        late = attendance_mails(session, people, office, self.clock())
        mailed = sum(map(self.enqueue, [*near, *late]))
        return asked + told + mailed + self.convoke(session, people)

    def _ask_below_minimum(self, session: Session, office: Office) -> int:
        today = paris_day(self.clock())
        if not misses_minimum(session, self.registrations.seats(session.id), office, today):
            return 0
        event = SessionEvent.MINIMUM_MISSED
        self.desk.record(session.id, event, HistoryLine(self.clock(), SYSTEM, SESSION_EVENT_WORDS[event]))
        return 1
