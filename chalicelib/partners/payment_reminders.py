"""Reminders to applicants whose payment is awaited, as often as the office file says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.kernel.rounds import one_by_one
from chalicelib.mail.model import Message
from chalicelib.office.model import Delays, Office
from chalicelib.partners import emails
from chalicelib.partners.model import Application, Status


class AwaitedPayments(Protocol):
    """The files to look at."""

    def list_in_status(self, status: Status) -> list[Application]:
        """The files in this status, oldest first."""


class MailDesk(Protocol):
    """Takes mails that go on their own."""

    def enqueue(self, message: Message) -> bool:
        """Add a mail; False if that very mail is there already."""


def reminders_due(since: date, today: date, delays: Delays) -> int:
    """How many reminders should have gone by `today` for a payment awaited since that day."""
    days = (today - since).days
    return days // delays.payment_reminder_days if days < delays.payment_days else 0


@dataclass(frozen=True)
class PaymentReminders:
    """Each reminder goes once; a missed morning is made good by the next one."""

    applications: AwaitedPayments
    mail: MailDesk
    office_at: Callable[[int], Office]
    clock: Clock

    def send(self) -> int:
        """Remind those whose day has come; how many."""
        return one_by_one(self.applications.list_in_status(Status.AWAITING_PAYMENT), self._remind)

    def _remind(self, application: Application) -> bool:
        office = self.office_at(application.office_version)
        since = paris_day(application.status_since)
        due = reminders_due(since, paris_day(self.clock()), office.delays)
        return due > 0 and self.mail.enqueue(emails.payment_reminder(application, office, due))
