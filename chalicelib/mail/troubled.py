"""The mails that did not leave, or perhaps: staff send them again or close them, each once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.kernel.clock import Clock
from chalicelib.mail.model import IN_TROUBLE, KEY, MailState, MailUnknown, OutboxMail


class TroubledOutbox(Protocol):
    """The rows of mails; each change holds only while the mail is in trouble."""

    def find(self, key: str) -> OutboxMail | None:
        """The mail as it stands now, or None."""

    def resend(self, key: str, who: str, now: datetime) -> bool:
        """Let the mail go once more, as if it were new; False if it is in trouble no longer."""

    def settle(self, mail: OutboxMail, subject: str, who: str, now: datetime) -> bool:
        """Close the mail and forget its words; False if it is in trouble no longer."""

    def list_in_state(self, state: MailState) -> list[OutboxMail]:
        """All the rows in an open state."""


@dataclass(frozen=True)
class TroubledMails:
    """What staff do about mails; `who` is the name of the person who does it.

    Doing it twice, or after another person, changes nothing: the mail says what became of it.
    """

    outbox: TroubledOutbox
    subject_of: Callable[[OutboxMail], str]
    clock: Clock

    def list_waiting(self) -> list[OutboxMail]:
        """The mails in trouble, the oldest first."""
        found = [mail for state in IN_TROUBLE for mail in self.outbox.list_in_state(state)]
        return sorted(found, key=lambda mail: mail.created_at)

    def get(self, key: str) -> OutboxMail:
        """The mail as it stands now. Raises `MailUnknown`."""
        mail = self.outbox.find(key) if KEY.fullmatch(key) else None
        if mail is None:
            raise MailUnknown
        return mail

    def send_again(self, key: str, who: str) -> None:
        """Let the mail go once more, unless it is too late for its link. Raises `MailUnknown`."""
        mail, now = self.get(key), self.clock()
        if not mail.is_too_late(now):
            self.outbox.resend(key, who, now)

    def settle(self, key: str, who: str) -> None:
        """Close the mail: somebody saw to it in another way. Raises `MailUnknown`."""
        mail = self.get(key)
        if mail.is_in_trouble:
            self.outbox.settle(mail, self.subject_of(mail), who, self.clock())
