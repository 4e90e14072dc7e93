"""What happens to reports: begun when they are due, reviewed, approved, printed and sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from chalicelib.kernel import ids
from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.ports import Process
from chalicelib.kernel.rounds import one_by_one
from chalicelib.mail.model import Message
from chalicelib.observatory.covering import Months, months_of
from chalicelib.observatory.due import DueReport, closed_on, due_reports
from chalicelib.observatory.reports import (
    OutOfStep,
    Report,
    ReportChange,
    ReportEvent,
    ReportStatus,
    ReportUnknown,
    change,
)
from chalicelib.observatory.wording import BEGUN, REPORT_EVENT_WORDS
from chalicelib.office.model import Office

SYSTEM = "Cordée"


class Returns(Protocol):
    """What is kept of returns."""

    def has_figures(self, months: Sequence[str]) -> bool:
        """Whether anybody gave figures for one of these months; it may lag behind."""


class Reports(Protocol):
    """What is kept of reports."""

    def add(self, report: Report, line: HistoryLine) -> bool:
        """Keep a new report; False if there is one of that address."""

    def save(self, change: ReportChange, mails: Sequence[Message]) -> None:
        """Keep a change. Raises `ChangedMeanwhile`."""

    def find(self, report_id: str) -> Report | None:
        """The report, read strongly, or None."""

    def find_by_slug(self, slug: str) -> Report | None:
        """The report at this address, or None."""


@dataclass(frozen=True)
class ReportService:
    """One method per thing that happens; each is one transaction with its line."""

    reports: Reports
    returns: Returns
    process: Process
    office: Callable[[], Office]
    clock: Clock

    def begin_due(self) -> int:
        """Begin every report whose day has come and that has something to say, once; how many."""
        office = self.office()
        if office.observatory is None:
            return 0
        due = due_reports(office.observatory, paris_day(self.clock()))
        return one_by_one(due, lambda one: self._begin(one, office))

    def get(self, report_id: str) -> Report:
        """The report. Raises `ReportUnknown`."""
        report = self.reports.find(report_id)
        if report is None:
            raise ReportUnknown
        return report

    def get_by_slug(self, slug: str) -> Report:
        """The report at this address, published or not. Raises `ReportUnknown`."""
        report = self.reports.find_by_slug(slug)
        if report is None:
            raise ReportUnknown
        return report

    def record(
        self,
        report_id: str,
        event: ReportEvent,
        line: HistoryLine,
        in_round: int | None = None,
        **details: Any,
    ) -> Report:
        """What an answer, a silence or a task made of it; a repeated or late event leaves it as it is."""
        report = self.get(report_id)
        if in_round not in (None, report.round):
            return report
        try:
            return self._happened(report, event, line, **details)
        except OutOfStep:
            return self.get(report_id)

    def comment(self, report: Report, commentary: str, who: str) -> Report:
        """What the office says of the figures, before it is sent to the direction. Raises `OutOfStep`."""
        if commentary == report.commentary:
            return report
        line = HistoryLine(self.clock(), who, REPORT_EVENT_WORDS[ReportEvent.COMMENTED])
        return self._happened(report, ReportEvent.COMMENTED, line, commentary=commentary)

    def take_up(self, report: Report, who: str) -> Report:
        """Ask anew about one that nobody answered in time. Raises `OutOfStep`."""
        line = HistoryLine(self.clock(), who, REPORT_EVENT_WORDS[ReportEvent.TAKEN_UP])
        return self._happened(report, ReportEvent.TAKEN_UP, line)

    def drop(self, report: Report, who: str, reason: str) -> Report:
        """Give it up: it is never published. Raises `OutOfStep`."""
        line = HistoryLine(self.clock(), who, REPORT_EVENT_WORDS[ReportEvent.DROPPED], reason)
        return self._happened(report, ReportEvent.DROPPED, line)

    def _begin(self, due: DueReport, office: Office) -> bool:
        now = self.clock()
        months = months_of(due.kind, due.about, office.observatory_rules)
        report = _report_of(due, months, office, now)
        if self.reports.find(report.id) or not self._may_begin(months, office):
            return False
        if not self.reports.add(report, HistoryLine(now, SYSTEM, BEGUN)):
            return False
        self.process.start(report.run_name, report.run_input)
        return True

    def _may_begin(self, months: Months, office: Office) -> bool:
        """Whether all of its months are closed, and somebody gave figures: it would hold empty months for ever."""
        rules, on = office.observatory_rules, paris_day(self.clock())
        is_closed = all(closed_on(month, rules) <= on for month in months.all)
        return is_closed and self.returns.has_figures(months.told)

    def _happened(self, report: Report, event: ReportEvent, line: HistoryLine, **details: Any) -> Report:
        if event is ReportEvent.PRINTED:
            details = {"published_at": line.at, **details}
        changed = change(report, event, line, **details)
        self.reports.save(changed, [])
        if changed.after.run > changed.before.run:
            self.process.start(changed.after.run_name, changed.after.run_input)
        return changed.after


def _report_of(due: DueReport, months: Months, office: Office, now: datetime) -> Report:
    return Report(
        id=ids.id_of(f"report\n{due.kind.value}\n{due.about}"),
        slug=due.slug,
        kind=due.kind,
        about=due.about,
        subject=due.subject,
        status=ReportStatus.GATHERING,
        status_since=now,
        created_at=now,
        office_version=office.version,
        compared=due.compared,
        covered=months.all,
    )
