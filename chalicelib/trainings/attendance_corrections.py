"""A mark that was wrong is corrected after the attendance was closed, with a reason, for as long as the office says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.kernel.errors import ChangedMeanwhile, RuleBroken
from chalicelib.kernel.french import french_date
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.office.trainings import TrainingRules
from chalicelib.trainings.attendance import STATE_WORDS, State, attended, marked, outcome
from chalicelib.trainings.changes import change
from chalicelib.trainings.correction_mails import correction_mails
from chalicelib.trainings.half_days import HalfDay
from chalicelib.trainings.model import Certificate, Change, OutOfStep, Registration, Session
from chalicelib.trainings.statuses import MOVES, PRESENT_OR_NOT, Event, SessionStatus, Status
from chalicelib.trainings.when import hours_of
from chalicelib.trainings.wording import EVENT_WORDS

CHANGED = (
    "Cette inscription a changé entre-temps\u00a0: rechargez la page, puis corrigez ce qui reste à corriger."
)
WITHDRAWN = "l’attestation du {day} est retirée"


class NotCorrectable(RuleBroken):
    """The attendance is not closed, or was closed too long ago."""

    def __init__(self, why: str) -> None:
        super().__init__(why)


NOT_CLOSED = "Les présences ne sont pas closes\u00a0: corrigez-les sur la liste des présences."
TOO_LATE = "Les présences de cette session ne se corrigent plus, depuis le {day}."


@dataclass(frozen=True)
class Correction:
    """What a half-day is to be, and why; `version` is that of the registration which staff have seen."""

    half_day: HalfDay
    state: State
    reason: str
    version: int


class Store(Protocol):
    """Where a correction is kept."""

    def save(self, change: Change, mails: Sequence[Message], missed: Mapping[date, bool]) -> None:
        """Keep it, with the days that the person missed, or did not. Raises `ChangedMeanwhile`."""


def last_day(session: Session, rules: TrainingRules) -> date | None:
    """The last day, in Paris, on which a mark is corrected; None while the attendance is not closed."""
    if session.status is not SessionStatus.CLOSED:
        return None
    return paris_day(session.status_since) + timedelta(days=rules.correction_days)


def check_correctable(session: Session, now: datetime, rules: TrainingRules) -> None:
    """Raise `NotCorrectable` unless a mark of the session may be corrected at that instant."""
    last = last_day(session, rules)
    if last is None:
        raise NotCorrectable(NOT_CLOSED)
    if paris_day(now) > last:
        raise NotCorrectable(TOO_LATE.format(day=french_date(last + timedelta(days=1))))


@dataclass(frozen=True)
class AttendanceCorrections:
    """Each is one transaction: the mark, where the person stands, what they missed, the line and the mail."""

    store: Store
    office: Callable[[], Office]
    clock: Clock

    def correct(
        self, session: Session, registration: Registration, correction: Correction, by: str
    ) -> Registration:
        """Another mark for a half-day; the same one again changes nothing.

        With other hours a certificate is withdrawn: its code leads to a page that says so, and the round prints a new
        one for the hours that are left, as for who turns out to have come. `status_since` begins anew, so that the
        round, which looks back some weeks only, finds it. Questionnaires go once to an address: not once more.

        Raises `NotCorrectable`, `OutOfStep` for who had no seat, `ChangedMeanwhile` where somebody was faster.
        """
        now = self.clock()
        check_correctable(session, now, self.office().training_rules)
        if registration.status not in PRESENT_OR_NOT:
            raise OutOfStep
        known = registration.marks.get(correction.half_day.key)
        if known and known.state == correction.state:
            return registration
        if registration.version != correction.version:
            raise ChangedMeanwhile(CHANGED)
        changed = corrected(session, registration, correction, by, now)
        mails = correction_mails(session, changed, self.office(), correction.half_day, correction.state)
        self.store.save(changed, mails, missed_days(session, changed))
        return changed.after


def corrected(
    session: Session, registration: Registration, correction: Correction, by: str, now: datetime
) -> Change:
    """The registration with the mark, where that leads, and without a certificate that tells other hours."""
    after = replace(registration, marks=marked(registration, correction.half_day, correction.state, by, now))
    void = _void_certificate(session, registration, after)
    return change(
        registration,
        Event.MARK_CORRECTED,
        HistoryLine(now, by, _words(correction, void), correction.reason),
        to=_status_of(after, session),
        marks=after.marks,
        certificate=None if void else registration.certificate,
        withdrawn={**registration.withdrawn, void.code: now} if void else registration.withdrawn,
        status_since=now,
        note=correction.reason,
    )


def _void_certificate(session: Session, before: Registration, after: Registration) -> Certificate | None:
    """The certificate that tells other hours than those attended, or None."""
    has_other_hours = attended(before, session.plan) != attended(after, session.plan)
    return before.certificate if has_other_hours else None


def missed_days(session: Session, changed: Change) -> dict[date, bool]:
    """The first day of a free session, where the person now missed it, or did not after all; nothing for any other."""
    was, is_now = (one is not None and one.status is Status.ABSENT for one in (changed.before, changed.after))
    day = session.plan.first_day
    return {day: is_now} if session.plan.is_free and day and was is not is_now else {}


def _status_of(registration: Registration, session: Session) -> Status:
    """What the marks come to, as when attendance was closed."""
    return MOVES[Status.CONFIRMED, outcome(replace(registration, status=Status.CONFIRMED), session.plan)]


def _words(correction: Correction, void: Certificate | None) -> str:
    half_day = correction.half_day
    what = f"{STATE_WORDS[correction.state]}, {french_date(half_day.on)}, {hours_of(half_day)}"
    told = f"{EVENT_WORDS[Event.MARK_CORRECTED]}\u00a0: {what}"
    return f"{told}\u00a0; {WITHDRAWN.format(day=french_date(void.made_at))}" if void else told
