"""What an event comes to: it may be too late, told before, or tell the person of the latest plan."""

from dataclasses import replace

from chalicelib.kernel.history import HistoryLine
from chalicelib.trainings.gate import has_begun
from chalicelib.trainings.model import Change, OutOfStep, Registration, Session, SessionBegun
from chalicelib.trainings.statuses import Event, Status
from chalicelib.trainings.wording import EVENT_WORDS

SYSTEM = "Cordée"
TOO_LATE = {Event.ACCEPTED: Event.OFFER_EXPIRED, Event.APPROVED: Event.APPROVAL_EXPIRED}
"""What an answer comes to that is given once the session has begun, which may have been moved to an earlier day."""

TELLS = frozenset({Event.APPROVED, Event.RESCHEDULED})
"""The mails of these say when and where the session is, to who has no seat too."""


def in_time(session: Session, event: Event, line: HistoryLine) -> tuple[Event, HistoryLine]:
    """The event, or the silence that it comes too late for. Raises `SessionBegun` for a cancellation."""
    if not has_begun(session, line.at):
        return event, line
    if event is Event.CANCELLED:
        raise SessionBegun
    late = TOO_LATE.get(event, event)
    return late, line if late is event else HistoryLine(line.at, SYSTEM, EVENT_WORDS[late])


def check_untold(session: Session, registration: Registration, event: Event) -> None:
    """Raise `OutOfStep` where the person was told of this change before: two who tell at once mail nobody twice."""
    if event is Event.RESCHEDULED and registration.told_version >= session.plan_version:
        raise OutOfStep


def told(changed: Change, session: Session) -> Change:
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
