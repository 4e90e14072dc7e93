"""What is kept of reports: a published one for ever, of one that was given up no file, only that it was.

A published report holds sums that name nobody, and those that come after it have to know what it made known. What
single establishments gave is forgotten by itself, `kept_months` after its month.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from chalicelib.kernel.clock import Clock
from chalicelib.kernel.rounds import one_by_one
from chalicelib.observatory.report_files import ReportFiles
from chalicelib.observatory.reports import Report, ReportStatus

LATELY = timedelta(days=2)
"""A run that had begun to read or to draft has ended long before."""


class Reports(Protocol):
    """The reports."""

    def list_in_status(self, *statuses: ReportStatus) -> Sequence[Report]:
        """Those in these statuses, those that came to it last first; it may lag behind."""


@dataclass(frozen=True)
class Forgetting:
    """Forgets the drafts that came to nothing, however they were given up."""

    reports: Reports
    files: ReportFiles
    clock: Clock

    def forget_dropped(self) -> int:
        """Forget the files of the reports that were dropped lately; of how many there were some."""
        since = self.clock() - LATELY
        dropped = [
            one for one in self.reports.list_in_status(ReportStatus.DROPPED) if one.status_since > since
        ]
        return one_by_one(dropped, lambda one: self.files.forget(one.id))
