"""What the privacy page promises: needs are forgotten days after a session, sessions years after their end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from chalicelib.kernel.clock import Clock, paris_day, year_begins
from chalicelib.kernel.files import StoredFile
from chalicelib.kernel.rounds import one_by_one
from chalicelib.office.model import Office
from chalicelib.trainings.model import Session
from chalicelib.trainings.statuses import OPEN, SessionStatus

SS = SessionStatus
ENDED = (SS.CLOSED, SS.CANCELLED)
LOOKS_BACK = timedelta(days=60)
"""The table itself forgets needs too: a round that was down longer leaves nothing."""


class Sessions(Protocol):
    """The sessions, for erasing."""

    def list_in_status(self, *statuses: SessionStatus) -> Sequence[Session]:
        """Those in these statuses; it may lag behind."""

    def forget_needs(self, session_id: str) -> int:
        """Purge what people said they need; how many."""

    def erase(self, session: Session) -> None:
        """Remove everything of the session, its own row last."""


class Papers(Protocol):
    """Where PDFs are kept."""

    def list_under(self, prefix: str) -> list[StoredFile]:
        """The PDFs whose keys begin with `prefix`."""

    def delete(self, *keys: str) -> None:
        """Forget them, if they are there."""


@dataclass(frozen=True)
class Retention:
    """Forgets what was kept long enough."""

    sessions: Sessions
    papers: Papers
    office: Callable[[], Office]
    clock: Clock

    def purge(self) -> int:
        """Forget needs and erase old sessions; how many things."""
        return one_by_one((self._needs, self._old_sessions), lambda chore: chore())

    def _needs(self) -> int:
        now, kept = self.clock(), timedelta(days=self.office().training_rules.needs_kept_days)
        found = self.sessions.list_in_status(*sorted(OPEN), *ENDED)
        due = [one for one in found if _ended_between(one, now - kept - LOOKS_BACK, now - kept)]
        return one_by_one(due, lambda one: self.sessions.forget_needs(one.id))

    def _old_sessions(self) -> int:
        """From the end of their year."""
        limit = year_begins(paris_day(self.clock()).year - self.office().training_rules.kept_years)
        found = self.sessions.list_in_status(*sorted(OPEN), *ENDED)
        return one_by_one([one for one in found if _is_over_since(one, limit)], self._erase)

    def _erase(self, session: Session) -> bool:
        self.papers.delete(*(each.key for each in self.papers.list_under(f"printed/{session.id}-")))
        self.sessions.erase(session)
        return True


def _is_over_since(session: Session, limit: datetime) -> bool:
    """Whether it ended before; one in which nobody was marked, and that staff never closed, by its last day."""
    ended_at = session.plan.ends_at if session.is_open else session.status_since
    return ended_at is not None and ended_at < limit


def _ended_between(session: Session, since: datetime, until: datetime) -> bool:
    ends_at = session.plan.ends_at
    return ends_at is not None and since < ends_at <= until
