"""Where a session and a registration stand, what may happen to them, and where that leads."""

from collections.abc import Mapping
from enum import StrEnum


class SessionStatus(StrEnum):
    """Where a session stands, from the first word of it to the closed attendance."""

    DRAFT = "draft"
    AWAITING_APPROVAL = "awaiting_approval"
    PUBLISHED = "published"
    AT_RISK = "at_risk"
    CANCELLED = "cancelled"
    CLOSED = "closed"


class SessionEvent(StrEnum):
    """What happens to a session; the state machine names some of these."""

    EDITED = "edited"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    APPROVAL_EXPIRED = "approval_expired"
    MINIMUM_MISSED = "minimum_missed"
    KEPT = "kept"
    MINIMUM_EXPIRED = "minimum_expired"
    TRAINER_PROPOSED = "trainer_proposed"
    TRAINER_APPROVED = "trainer_approved"
    TRAINER_REFUSED = "trainer_refused"
    TRAINER_EXPIRED = "trainer_expired"
    CALLED_OFF = "called_off"
    TOLD = "told"
    CLOSED = "closed"


class Status(StrEnum):
    """Where a registration stands."""

    PENDING = "pending"
    WAITING = "waiting"
    OFFERED = "offered"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    UNANSWERED = "unanswered"
    DECLINED = "declined"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"
    REPLACED = "replaced"
    CALLED_OFF = "called_off"
    ATTENDED = "attended"
    ABSENT = "absent"
    EXCUSED = "excused"
    UNSERVED = "unserved"


class Event(StrEnum):
    """What happens to a registration; the state machine names some of these."""

    APPROVED = "approved"
    REFUSED = "refused"
    APPROVAL_EXPIRED = "approval_expired"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    OFFER_EXPIRED = "offer_expired"
    CANCELLED = "cancelled"
    REPLACED = "replaced"
    CORRECTED = "corrected"
    MOVED = "moved"
    SEATED = "seated"
    CALLED_OFF = "called_off"
    RESCHEDULED = "rescheduled"
    MARKED = "marked"
    MARK_CORRECTED = "mark_corrected"
    FOUND_PRESENT = "found_present"
    FOUND_ABSENT = "found_absent"
    FOUND_EXCUSED = "found_excused"
    ENDED = "ended"
    CERTIFIED = "certified"


SS, SE, S, E = SessionStatus, SessionEvent, Status, Event

OPEN = frozenset({SS.PUBLISHED, SS.AT_RISK})
"""People may register, and those who did have their seat."""

SESSION_MOVES: Mapping[tuple[SessionStatus, SessionEvent], SessionStatus] = {
    (SS.DRAFT, SE.SUBMITTED): SS.AWAITING_APPROVAL,
    (SS.DRAFT, SE.PUBLISHED): SS.PUBLISHED,
    (SS.AWAITING_APPROVAL, SE.APPROVED): SS.PUBLISHED,
    (SS.AWAITING_APPROVAL, SE.SENT_BACK): SS.DRAFT,
    (SS.AWAITING_APPROVAL, SE.APPROVAL_EXPIRED): SS.DRAFT,
    (SS.PUBLISHED, SE.MINIMUM_MISSED): SS.AT_RISK,
    (SS.AT_RISK, SE.KEPT): SS.PUBLISHED,
    (SS.AT_RISK, SE.MINIMUM_EXPIRED): SS.PUBLISHED,
    **{(status, SE.EDITED): status for status in (SS.DRAFT, *OPEN)},
    **{(status, SE.TRAINER_PROPOSED): status for status in OPEN},
    **{
        (SS.PUBLISHED, event): SS.PUBLISHED
        for event in (SE.TRAINER_APPROVED, SE.TRAINER_REFUSED, SE.TRAINER_EXPIRED)
    },
    **{(status, SE.TOLD): status for status in (*OPEN, SS.CANCELLED)},
    **{(status, SE.CALLED_OFF): SS.CANCELLED for status in (SS.DRAFT, SS.AWAITING_APPROVAL, *OPEN)},
    **{(status, SE.CLOSED): SS.CLOSED for status in OPEN},
}

HELD = frozenset({S.PENDING, S.WAITING, S.OFFERED, S.CONFIRMED})
"""The person counts on the session in these, and cannot register for it once more."""

DRIVEN = (S.PENDING, S.OFFERED)
"""A run of the registration machine has a question open in these."""

PRESENT_OR_NOT = frozenset({S.ATTENDED, S.ABSENT, S.EXCUSED})
"""The attendance is closed."""

MOVES: Mapping[tuple[Status, Event], Status] = {
    (S.PENDING, E.APPROVED): S.CONFIRMED,
    (S.PENDING, E.REFUSED): S.REFUSED,
    (S.PENDING, E.APPROVAL_EXPIRED): S.UNANSWERED,
    (S.WAITING, E.OFFERED): S.OFFERED,
    (S.WAITING, E.MOVED): S.WAITING,
    (S.WAITING, E.SEATED): S.CONFIRMED,
    (S.OFFERED, E.ACCEPTED): S.CONFIRMED,
    (S.OFFERED, E.DECLINED): S.DECLINED,
    (S.OFFERED, E.OFFER_EXPIRED): S.LAPSED,
    (S.CONFIRMED, E.REPLACED): S.REPLACED,
    (S.CONFIRMED, E.MARKED): S.CONFIRMED,
    (S.CONFIRMED, E.FOUND_PRESENT): S.ATTENDED,
    (S.CONFIRMED, E.FOUND_ABSENT): S.ABSENT,
    (S.CONFIRMED, E.FOUND_EXCUSED): S.EXCUSED,
    (S.ATTENDED, E.CERTIFIED): S.ATTENDED,
    **{(status, E.MARK_CORRECTED): status for status in PRESENT_OR_NOT},
    **{(status, E.CANCELLED): S.CANCELLED for status in HELD},
    **{(status, E.CALLED_OFF): S.CALLED_OFF for status in HELD},
    **{(status, E.CORRECTED): status for status in HELD | PRESENT_OR_NOT},
    **{(status, E.RESCHEDULED): status for status in HELD},
    **{(status, E.ENDED): S.UNSERVED for status in (S.WAITING, S.OFFERED)},
}

NEW_ROUND = frozenset({E.OFFERED})
"""A question is put anew after these, by a run of its own."""
