"""Mails that go some days before an end: of an award, of a classification. Each goes once, whatever the morning.

A morning that was missed is made good by the next one; of several that were missed, the last one says it all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.kernel.rounds import one_by_one
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.subsidies import emails
from chalicelib.subsidies.classification import reminder_due
from chalicelib.subsidies.directory import Listed
from chalicelib.subsidies.model import Subsidy
from chalicelib.subsidies.statuses import TO_CLASSIFY, Status


class Files(Protocol):
    """The aid files."""

    def find(self, subsidy_id: str) -> Subsidy | None:
        """The file, read strongly, or None."""

    def list_in_status(self, status: Status) -> list[Subsidy]:
        """The files in this status, oldest first; it may lag behind."""


class ClassifiedPlaces(Protocol):
    """The directory."""

    def list_all(self, on: date) -> list[Listed]:
        """What is classified on that day."""


class MailDesk(Protocol):
    """Takes mails that go on their own."""

    def enqueue(self, message: Message) -> bool:
        """Add a mail; False if that very mail is there already."""


@dataclass(frozen=True)
class Reminders:
    """Sends them."""

    files: Files
    directory: ClassifiedPlaces
    mail: MailDesk
    office: Callable[[], Office]
    office_at: Callable[[int], Office]
    clock: Clock

    def send(self) -> int:
        """Send all that is due today; how many mails were added."""
        today = paris_day(self.clock())
        return one_by_one((self._of_awards, self._of_classifications), lambda chore: chore(today))

    def _of_awards(self, today: date) -> int:
        listed = [file for status in TO_CLASSIFY for file in self.files.list_in_status(status)]
        return one_by_one(listed, lambda file: self._remind_of_award(file, today))

    def _remind_of_award(self, listed: Subsidy, today: date) -> bool:
        file = self.files.find(listed.id) if self._due(listed, today) else None
        days = self._due(file, today) if file else None
        if file is None or days is None:
            return False
        return self.mail.enqueue(emails.lapse_reminder(file, self.office_at(file.office_version), days))

    def _due(self, file: Subsidy, today: date) -> int | None:
        """The reminder that is due for an award, as its days before; those from before its letter are not."""
        if file.status not in TO_CLASSIFY or file.lapses_on is None or file.notified_on is None:
            return None
        wanted = self.office_at(file.office_version).aid.lapse_reminder_days
        later = [days for days in wanted if file.lapses_on - timedelta(days=days) > file.notified_on]
        return reminder_due(file.lapses_on, today, later)

    def _of_classifications(self, today: date) -> int:
        office = self.office()
        if office.subsidies is None:
            return 0
        return one_by_one(
            self.directory.list_all(today), lambda one: self._remind_to_renew(one, office, today)
        )

    def _remind_to_renew(self, listed: Listed, office: Office, today: date) -> bool:
        days = reminder_due(listed.place.expires_on, today, office.aid.renewal_reminder_days)
        return days is not None and self.mail.enqueue(emails.renewal_reminder(listed, office, days, today))
