"""What an event makes of a session or of a registration, with the line that tells it."""

from dataclasses import replace
from typing import Any

from chalicelib.kernel.history import HistoryLine
from chalicelib.trainings.model import Change, OutOfStep, Registration, Session, SessionChange
from chalicelib.trainings.statuses import (
    DRIVEN,
    MOVES,
    NEW_ROUND,
    PRESENT_OR_NOT,
    SESSION_MOVES,
    Event,
    SessionEvent,
    SessionStatus,
    Status,
)

BEGINS_SESSION_RUN = frozenset(
    {SessionEvent.SUBMITTED, SessionEvent.MINIMUM_MISSED, SessionEvent.TRAINER_PROPOSED}
)
"""A question is put anew after these, by a run of its own, unless the choice below the minimum comes first."""
ALTERNATIVES = {Event.APPROVED: frozenset({Status.WAITING}), Event.MARK_CORRECTED: PRESENT_OR_NOT}
"""Where else an event may lead: who is taken when all seats are gone waits, who was absent had come after all."""


def change_session(
    session: Session, event: SessionEvent, line: HistoryLine, *, in_run: bool = False, **details: Any
) -> SessionChange:
    """The session after the event. Raises `OutOfStep` when it does not fit where the session stands.

    `in_run`: a run of the process notes it, and tells people of it by itself.
    """
    target = SESSION_MOVES.get((session.status, event))
    if target is None:
        raise OutOfStep
    asks = event in BEGINS_SESSION_RUN and session.status is not SessionStatus.AT_RISK
    after = replace(
        session,
        status=target,
        version=session.version + 1,
        round=session.round + asks,
        **{**_moved(session.status, target, line), **details},
    )
    after = replace(after, shown_since=line.at) if _looks_different(session, after) else after
    has_news = after.is_untold and not session.is_untold
    begins = asks or (has_news and not in_run)
    return SessionChange(session, replace(after, run=session.run + begins), line, event)


def _looks_different(before: Session, after: Session) -> bool:
    """Whether everybody sees something else from now on: the session at all, or another plan."""
    return after.is_open and (not before.is_open or before.plan.public != after.plan.public)


def change(
    registration: Registration, event: Event, line: HistoryLine, *, to: Status | None = None, **details: Any
) -> Change:
    """The registration after the event; `to` names an alternative end of it. Raises `OutOfStep`."""
    target = MOVES.get((registration.status, event))
    if target is None or (to is not None and to not in (target, *ALTERNATIVES.get(event, ()))):
        raise OutOfStep
    target = to or target
    after = replace(
        registration,
        status=target,
        version=registration.version + 1,
        round=registration.round + (event in NEW_ROUND),
        run=registration.run + (target in DRIVEN and target is not registration.status),
        **{**_moved(registration.status, target, line), **details},
    )
    return Change(registration, after, line, event)


def _moved(
    before: SessionStatus | Status, after: SessionStatus | Status, line: HistoryLine
) -> dict[str, Any]:
    """What a change of place leaves behind: since when, and why."""
    return {"status_since": line.at, "note": line.reason} if before is not after else {}
