"""The report of a season or a month: where it stands, what may happen to it, and where that leads."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from chalicelib.kernel.errors import AlreadySettled, NotFound
from chalicelib.kernel.history import HistoryLine

PROCESS = "observatory_report"
"""The state machine that drives a report."""

MOST_LETTERS = 3000
"""Of a commentary, whether it is written at the desk or with the answer to a question."""


class ReportKind(StrEnum):
    """What a report is about: what a season promises, how it was, or one month."""

    OPENING = "opening"
    CLOSING = "closing"
    BULLETIN = "bulletin"


class ReportStatus(StrEnum):
    """Where a report stands."""

    GATHERING = "gathering"
    IN_REVIEW = "in_review"
    AWAITING_APPROVAL = "awaiting_approval"
    PRINTING = "printing"
    SENDING = "sending"
    PUBLISHED = "published"
    OVERDUE = "overdue"
    DROPPED = "dropped"


class ReportEvent(StrEnum):
    """What happens to a report; the state machine names these."""

    DRAFTED = "drafted"
    REVIEWED = "reviewed"
    REVIEW_EXPIRED = "review_expired"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    APPROVAL_EXPIRED = "approval_expired"
    PRINTED = "printed"
    SENT = "sent"
    TAKEN_UP = "taken_up"
    DROPPED = "dropped"
    COMMENTED = "commented"


RS, RE = ReportStatus, ReportEvent

DROPPABLE = (RS.GATHERING, RS.IN_REVIEW, RS.AWAITING_APPROVAL, RS.OVERDUE)
"""It may be given up in these: one that cannot be drafted would hold up all that come after it."""

MOVES: Mapping[tuple[ReportStatus, ReportEvent], ReportStatus] = {
    (RS.GATHERING, RE.DRAFTED): RS.IN_REVIEW,
    (RS.IN_REVIEW, RE.COMMENTED): RS.IN_REVIEW,
    (RS.IN_REVIEW, RE.REVIEWED): RS.AWAITING_APPROVAL,
    (RS.IN_REVIEW, RE.REVIEW_EXPIRED): RS.OVERDUE,
    (RS.AWAITING_APPROVAL, RE.APPROVED): RS.PRINTING,
    (RS.AWAITING_APPROVAL, RE.SENT_BACK): RS.IN_REVIEW,
    (RS.AWAITING_APPROVAL, RE.APPROVAL_EXPIRED): RS.OVERDUE,
    (RS.PRINTING, RE.PRINTED): RS.SENDING,
    (RS.SENDING, RE.SENT): RS.PUBLISHED,
    (RS.OVERDUE, RE.TAKEN_UP): RS.IN_REVIEW,
    **{(status, RE.DROPPED): RS.DROPPED for status in DROPPABLE},
}

DRIVEN = (RS.GATHERING, RS.IN_REVIEW, RS.AWAITING_APPROVAL, RS.PRINTING, RS.SENDING)
"""A run of the process has work to do in these."""
PUBLIC = frozenset({RS.SENDING, RS.PUBLISHED})
"""Anybody may read it, while it is still being sent too."""
NEW_ROUND = frozenset({RE.SENT_BACK, RE.TAKEN_UP})
"""Its questions are put anew after these."""
STEPS: Mapping[ReportStatus, str] = {
    RS.IN_REVIEW: "report_review",
    RS.AWAITING_APPROVAL: "report_approval",
}


@dataclass(frozen=True)
class Report:
    """A report; what it says is kept beside it. `about` is a season's identifier, or a month (`2027-03`).

    `subject` is what it is about in words, `commentary` what the office says of the figures, `note` the reason of the
    last change. `compared` is what it is compared with, empty for nothing. `covered` are the months that it is made of.
    """

    id: str
    slug: str
    kind: ReportKind
    about: str
    subject: str
    status: ReportStatus
    status_since: datetime
    created_at: datetime
    office_version: int
    compared: str = ""
    covered: tuple[str, ...] = ()
    commentary: str = ""
    note: str = ""
    published_at: datetime | None = None
    version: int = 1
    round: int = 1
    run: int = 1

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it."""
        return self.status in PUBLIC

    @property
    def awaited_step(self) -> str:
        """The step of the question that it waits for; empty when it waits for none."""
        return STEPS.get(self.status, "")

    @property
    def is_in_progress(self) -> bool:
        """Whether a run of the process has work to do."""
        return self.status in DRIVEN

    @property
    def run_name(self) -> str:
        """The name of its present run."""
        return f"{self.id}-{self.run}"

    @property
    def run_input(self) -> Mapping[str, Any]:
        """What a run is started with."""
        return {"report_id": self.id}


@dataclass(frozen=True)
class ReportChange:
    """A report after an event, with the line that tells it."""

    before: Report
    after: Report
    line: HistoryLine
    event: ReportEvent


class ReportUnknown(NotFound):
    """No such report, or none for this person's eyes."""

    def __init__(self) -> None:
        super().__init__(
            "Ce bilan n’existe pas ou n’est pas encore publié. Retrouvez les autres à l’observatoire."
        )


class OutOfStep(AlreadySettled):
    """The report has moved on: this event no longer applies to it."""

    def __init__(self) -> None:
        super().__init__("Ce bilan a changé entre-temps\u00a0: rechargez la page pour voir où il en est.")


def change(report: Report, event: ReportEvent, line: HistoryLine, **details: Any) -> ReportChange:
    """The report after the event. Raises `OutOfStep` when the event does not fit where it stands."""
    target = MOVES.get((report.status, event))
    if target is None:
        raise OutOfStep
    moved = {"status_since": line.at, "note": line.reason} if target is not report.status else {}
    after = replace(
        report,
        status=target,
        version=report.version + 1,
        round=report.round + (event in NEW_ROUND),
        run=report.run + (event is ReportEvent.TAKEN_UP),
        **{**moved, **details},
    )
    return ReportChange(report, after, line, event)
