"""The list of sessions by stages: those to come first, and each that waits for somebody also by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.trainings.model import Session
from chalicelib.trainings.statuses import OPEN, SessionStatus

MOST = 100
"""So many sessions make a page."""


@dataclass(frozen=True)
class Stage:
    """A part of the life of sessions: its key in addresses, what it is called, its statuses, what is said of none.

    `is_over` tells sessions whose last half-day has ended from the others; None takes both. `is_ahead` begins with the
    next one, others begin with the last.
    """

    key: str
    label: str
    statuses: tuple[SessionStatus, ...]
    empty: str
    is_over: bool | None = None
    is_ahead: bool = False


_OPEN = tuple(sorted(OPEN))
STAGES = (
    Stage("a-venir", "À venir", _OPEN, "Aucune session à venir.", is_over=False, is_ahead=True),
    Stage("brouillons", "Brouillons", (SessionStatus.DRAFT,), "Aucun brouillon."),
    Stage(
        "a-confirmer", "À confirmer", (SessionStatus.AWAITING_APPROVAL, SessionStatus.AT_RISK),
        "Aucune session n’attend de décision.", is_ahead=True,
    ),
    Stage("a-relever", "Présences à relever", _OPEN, "Aucune présence à relever.", is_over=True, is_ahead=True),
    Stage("passees", "Passées", (*_OPEN, SessionStatus.CLOSED), "Aucune session passée.", is_over=True),
    Stage("annulees", "Annulées", (SessionStatus.CANCELLED,), "Aucune session annulée."),
)  # fmt: skip


class Sessions(Protocol):
    """The sessions."""

    def list_in_status(self, *statuses: SessionStatus) -> Sequence[Session]:
        """Those in these statuses."""


def stage_of(key: str) -> Stage:
    """The stage of that key; the first one for any other text."""
    return next((stage for stage in STAGES if stage.key == key), STAGES[0])


def list_in(stage: Stage, sessions: Sessions, now: datetime) -> list[Session]:
    """Its sessions, by their beginning."""
    found = [one for one in sessions.list_in_status(*stage.statuses) if _belongs(stage, one, now)]
    return sorted(found, key=_in_time, reverse=not stage.is_ahead)[:MOST]


def is_over(session: Session, now: datetime) -> bool:
    """Whether its last half-day has ended; a draft without dates has none."""
    ends_at = session.plan.ends_at
    return ends_at is not None and ends_at <= now


def _belongs(stage: Stage, session: Session, now: datetime) -> bool:
    return stage.is_over in (None, is_over(session, now) or session.status is SessionStatus.CLOSED)


def _in_time(session: Session) -> datetime:
    """By the beginning; a session without dates by its last change."""
    return session.plan.starts_at or session.status_since
