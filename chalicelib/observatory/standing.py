"""How a report stands, as staff read it: in words, and what may be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.observatory.due import title_of
from chalicelib.observatory.reports import DROPPABLE, Report, ReportStatus
from chalicelib.observatory.wording import REPORT_NEXT, REPORT_STATUS_WORDS, REPORT_TONES

RS = ReportStatus
SLOW = timedelta(days=1)
"""A report is drafted, printed and sent within minutes: after that, something holds it up."""
GROUPS: Sequence[tuple[str, tuple[ReportStatus, ...]]] = (
    ("Sans réponse", (RS.OVERDUE,)),
    ("À relire", (RS.IN_REVIEW,)),
    ("Attendent l’accord de la direction", (RS.AWAITING_APPROVAL,)),
    ("En préparation", (RS.GATHERING, RS.PRINTING, RS.SENDING)),
    ("Publiés", (RS.PUBLISHED,)),
    ("Abandonnés", (RS.DROPPED,)),
)
"""The reports of the desk by where they stand: what somebody has to see to comes first."""


@dataclass(frozen=True)
class Standing:
    """A report, its title, its tag, and what happens next."""

    report: Report
    title: str
    label: str
    tone: str
    next: str

    @property
    def may_be_commented(self) -> bool:
        """Whether the office may still say something of it."""
        return self.report.status is RS.IN_REVIEW

    @property
    def may_be_taken_up(self) -> bool:
        """Whether its question may be put anew."""
        return self.report.status is RS.OVERDUE

    @property
    def may_be_dropped(self) -> bool:
        """Whether it may be given up."""
        return self.report.status in DROPPABLE

    @property
    def has_draft(self) -> bool:
        """Whether there is something to read that is not public."""
        return self.report.status not in (RS.GATHERING, RS.DROPPED) and not self.report.is_public


def standing_of(report: Report) -> Standing:
    """How it stands."""
    status = report.status
    return Standing(
        report,
        title_of(report.kind, report.about, report.subject),
        REPORT_STATUS_WORDS[status],
        REPORT_TONES.get(status, "waiting"),
        REPORT_NEXT[status],
    )


def is_late(report: Report, now: datetime) -> bool:
    """Whether somebody has to see to it: nobody answered, or a step that takes minutes takes days."""
    held_up = report.status in (RS.GATHERING, RS.PRINTING, RS.SENDING) and report.status_since < now - SLOW
    return report.status is RS.OVERDUE or held_up
