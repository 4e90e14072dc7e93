"""What ends by itself on its day: awards that were not used in time, engagements that were kept.

Days are days in Paris. What is done is done once: another round on the same day, or after a crash in the middle of
one, finds it done.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.rounds import one_by_one
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.subsidies import emails
from chalicelib.subsidies.changes import Change, apply
from chalicelib.subsidies.model import OutOfStep, Subsidy
from chalicelib.subsidies.repayment import Engagement
from chalicelib.subsidies.statuses import TO_CLASSIFY, Event, Status
from chalicelib.subsidies.wording import EVENT_WORDS

SYSTEM = "Cordée"


class Files(Protocol):
    """The aid files; every change is one transaction with its line, its mails and its money."""

    def find(self, subsidy_id: str) -> Subsidy | None:
        """The file, read strongly, or None."""

    def list_in_status(self, status: Status) -> list[Subsidy]:
        """The files in this status, oldest first; it may lag behind."""

    def save(self, change: Change, mails: list[Message]) -> None:
        """Keep a change. Raises `ChangedMeanwhile`."""


@dataclass(frozen=True)
class Deadlines:
    """Keeps them, one file after the other."""

    files: Files
    office_at: Callable[[int], Office]
    clock: Clock

    def keep(self) -> int:
        """End what has come to its end; how many files."""
        today = paris_day(self.clock())
        return one_by_one((self._lapse_awards, self._end_engagements), lambda chore: chore(today))

    def _lapse_awards(self, today: date) -> int:
        return self._end(TO_CLASSIFY, Event.LAPSED, lambda file: has_lapsed(file, today))

    def _end_engagements(self, today: date) -> int:
        return self._end([Status.PAID], Event.ENGAGEMENT_ENDED, lambda file: self._is_free(file, today))

    def _end(self, statuses: Sequence[Status], event: Event, is_due: Callable[[Subsidy], bool]) -> int:
        listed = [file for status in statuses for file in self.files.list_in_status(status)]
        return one_by_one(filter(is_due, listed), lambda file: self._end_one(file.id, event, is_due))

    def _end_one(self, subsidy_id: str, event: Event, is_due: Callable[[Subsidy], bool]) -> bool:
        """What somebody changes at this moment is left to them, and to the next round."""
        file = self.files.find(subsidy_id)
        if file is None or not is_due(file):
            return False
        try:
            change = apply(file, event, HistoryLine(self.clock(), SYSTEM, EVENT_WORDS[event]))
            self.files.save(change, emails.mails_of(change, self.office_at(file.office_version)))
        except (OutOfStep, ChangedMeanwhile):
            return False
        return True

    def _is_free(self, file: Subsidy, today: date) -> bool:
        scheme = self.office_at(file.office_version).aid.scheme(file.scheme_id)
        return file.paid_on is not None and Engagement(file.paid_on, scheme.engagement_years).ends_on <= today


def has_lapsed(file: Subsidy, today: date) -> bool:
    """Whether the last day to classify and to prove it is over."""
    return file.lapses_on is not None and file.lapses_on < today
