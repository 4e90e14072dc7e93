"""What happens at the door and after it: marking people, closing the attendance, noting who did not come."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.french import french_date
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.rounds import one_by_one
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.trainings.attendance import (
    STATE_WORDS,
    State,
    check_markable,
    closes_at,
    is_at_rest,
    marked,
    outcome,
    was_recorded,
)
from chalicelib.trainings.changes import change
from chalicelib.trainings.gate import takes_registrations
from chalicelib.trainings.half_days import HalfDay
from chalicelib.trainings.model import Change, Registration, RegistrationUnknown, Session
from chalicelib.trainings.statuses import OPEN, Event, SessionEvent, SessionStatus, Status
from chalicelib.trainings.wording import EVENT_WORDS, SESSION_EVENT_WORDS

Said = Mapping[str, str]
SYSTEM = "Cordée"
ATTEMPTS = 8
BUSY = "Cette personne est relevée par quelqu’un d’autre en ce moment. Recommencez."


class Registrations(Protocol):
    """What is kept of registrations."""

    def find(self, registration_id: str) -> Registration | None:
        """The registration, read strongly, or None."""

    def list_of_session(self, session_id: str) -> Sequence[Registration]:
        """All of a session."""

    def save(self, changes: Sequence[Change], mails: Sequence[Message]) -> None:
        """Keep changes. Raises `ChangedMeanwhile`."""


class Sessions(Protocol):
    """The sessions."""

    def list_in_status(self, *statuses: SessionStatus) -> Sequence[Session]:
        """Those in these statuses."""


class Desk(Protocol):
    """What happens to registrations, seats included."""

    def record(
        self, registration_id: str, event: Event, line: HistoryLine, *, said: Said = ...
    ) -> Registration:
        """What happened; an event that does not fit leaves it as it is. `said` is what its mail says besides."""


class SessionDesk(Protocol):
    """What happens to sessions."""

    def record(
        self, session_id: str, event: SessionEvent, line: HistoryLine, in_round: int | None = None
    ) -> Session:
        """What happened."""


class Missed(Protocol):
    """Who did not come, and when."""

    def note(self, person_key: str, session_id: str, on: date) -> None:
        """Note it, once."""


@dataclass(frozen=True)
class AttendingService:
    """Each mark is one change of one registration; closing is many of them, and goes on where it stopped."""

    sessions: Sessions
    session_desk: SessionDesk
    registrations: Registrations
    desk: Desk
    missed: Missed
    office: Callable[[], Office]
    clock: Clock

    def mark(
        self, session: Session, registration_id: str, half_day: HalfDay, state: State, by: str
    ) -> Registration:
        """Mark somebody for a half-day; the same mark again changes nothing.

        Raises `AttendanceClosed`, or `RegistrationUnknown` for who has no seat in this session.
        """
        everybody = partial(self.registrations.list_of_session, session.id)
        check_markable(session, half_day, self.clock(), self.office().training_rules, everybody)
        for _ in range(ATTEMPTS):
            found = self.registrations.find(registration_id)
            if found is None or found.session_id != session.id or found.status is not Status.CONFIRMED:
                raise RegistrationUnknown
            known = found.marks.get(half_day.key)
            if known and known.state == state:
                return found
            try:
                return self._mark(found, half_day, state, by)
            except ChangedMeanwhile:
                continue
        raise ChangedMeanwhile(BUSY)

    def close_due(self) -> int:
        """Close the attendance of sessions whose time for it is over; how many.

        One in which nobody was marked in that time stays open for staff, until they have marked people late.
        """
        now, rules = self.clock(), self.office().training_rules
        dated = [one for one in self.sessions.list_in_status(*sorted(OPEN)) if one.plan.ends_at]
        return one_by_one([one for one in dated if now >= closes_at(one.plan, rules)], self._close_at_rest)

    def close(self, session: Session, by: str) -> bool:
        """Say of everybody whether they came; False for a session in which nobody was marked: staff have to look."""
        return self._close_all(session, self.registrations.list_of_session(session.id), by)

    def _close_at_rest(self, session: Session) -> bool:
        found = self.registrations.list_of_session(session.id)
        rules, now = self.office().training_rules, self.clock()
        return is_at_rest(found, session.plan, rules, now) and self._close_all(session, found, SYSTEM)

    def _close_all(self, session: Session, found: Sequence[Registration], by: str) -> bool:
        seated = [one for one in found if one.status is Status.CONFIRMED]
        was_noted = any(one.status in {Status.ATTENDED, Status.ABSENT, Status.EXCUSED} for one in found)
        if seated and not (was_noted or was_recorded(found)):
            return False
        self._note_all(session, found)
        event = SessionEvent.CLOSED
        self.session_desk.record(session.id, event, HistoryLine(self.clock(), by, SESSION_EVENT_WORDS[event]))
        # Somebody may have been added meanwhile; from now on nobody is.
        self._note_all(session, self.registrations.list_of_session(session.id))
        return True

    def _note_all(self, session: Session, found: Sequence[Registration]) -> None:
        held = [one for one in found if one.is_held]
        has_more = any(one.status is not Status.CONFIRMED for one in held)
        said = {"theme": self._theme_ahead(session)} if has_more else {}
        one_by_one(held, lambda one: self._note(session, one, said))

    def _mark(self, found: Registration, half_day: HalfDay, state: State, by: str) -> Registration:
        now = self.clock()
        words = f"{STATE_WORDS[state]}, {french_date(half_day.on)}"
        line = HistoryLine(now, by, f"{EVENT_WORDS[Event.MARKED]}\u00a0: {words}")
        changed = change(found, Event.MARKED, line, marks=marked(found, half_day, state, by, now))
        self.registrations.save([changed], [])
        return changed.after

    def _theme_ahead(self, session: Session) -> str:
        """Its theme, if another session has it that takes registrations: who got no seat is led there."""
        now, theme = self.clock(), session.plan.theme
        ahead = (one for one in self.sessions.list_in_status(*sorted(OPEN)) if takes_registrations(one, now))
        return theme if any(one.plan.theme == theme for one in ahead) else ""

    def _note(self, session: Session, registration: Registration, said: Said) -> bool:
        event = outcome(registration, session.plan)
        if event is Event.FOUND_ABSENT and session.plan.is_free and session.plan.first_day:
            self.missed.note(registration.person_key, session.id, session.plan.first_day)
        line = HistoryLine(self.clock(), SYSTEM, EVENT_WORDS[event])
        self.desk.record(registration.id, event, line, said=said)
        return True
