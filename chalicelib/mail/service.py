"""Sending each mail once: claim the row, send, mark it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.kernel.clock import Clock
from chalicelib.kernel.letters import Letter, MailInDoubt, MailPostponed, MailRefused
from chalicelib.kernel.rounds import one_by_one
from chalicelib.mail.model import (
    UNCERTAIN_AFTER,
    UNWRITABLE,
    Message,
    OutboxMail,
    is_worth_another_try,
    pause_after,
)


class Outbox(Protocol):
    """The rows of mails to send; each mark is conditional on the state, and on the claim of the given mail."""

    def put_once(self, message: Message, now: datetime) -> bool:
        """Add a mail; False if that very mail is there already."""

    def claim(self, key: str, now: datetime) -> OutboxMail | None:
        """Take a new row for sending; None if it is not there to take, or not yet."""

    def mark_sent(self, mail: OutboxMail, letter: Letter, service_id: str, now: datetime) -> None:
        """The mail service has taken the letter."""

    def mark_failed(self, mail: OutboxMail, reason: str) -> None:
        """The mail will not go; staff see why."""

    def mark_uncertain(self, mail: OutboxMail) -> None:
        """Nobody knows whether the mail left; staff or a delivery event will tell."""

    def withhold(self, mail: OutboxMail) -> None:
        """Its address takes no mail of ours: it stays until that is mended."""

    def let_go(self, mail: OutboxMail, now: datetime) -> bool:
        """A withheld mail is as good as new; False if it is withheld no longer."""

    def list_withheld(self) -> list[OutboxMail]:
        """The mails that are withheld."""

    def release(self, mail: OutboxMail, due_at: datetime) -> None:
        """Give the row back, to be taken again from `due_at` on."""

    def list_due(self, now: datetime) -> list[OutboxMail]:
        """The rows that wait to be sent and may be, oldest first."""

    def list_claimed_before(self, limit: datetime) -> list[OutboxMail]:
        """The rows that somebody claimed before `limit` and never marked."""


class Sender(Protocol):
    """The mail service."""

    def send(self, letter: Letter) -> str:
        """Hand the letter over; its identifier there. Raises `MailRefused`, `MailPostponed`, `MailInDoubt`."""


Writer = Callable[[Message, str], Letter]
"""Renders a message into a letter; the second argument is its outbox key. Raises `MailPostponed`."""


def _nobody(email: str) -> bool:
    return False


@dataclass(frozen=True)
class MailDesk:
    """Takes mails that go on their own, outside any other change."""

    outbox: Outbox
    clock: Clock

    def enqueue(self, message: Message) -> bool:
        """Add a mail; False if that very mail is there already."""
        return self.outbox.put_once(message, self.clock())


@dataclass(frozen=True)
class MailService:
    """Sends what the outbox holds, each row once; nothing to an address that `refuses` our mails."""

    outbox: Outbox
    sender: Sender
    write: Writer
    clock: Clock
    refuses: Callable[[str], bool] = _nobody

    def deliver(self, key: str) -> bool:
        """Send the mail if it still waits; False, and nothing done, if it does not."""
        mail = self.outbox.claim(key, self.clock())
        if mail is None:
            return False
        if self.refuses(mail.message.to):
            self.outbox.withhold(mail)
            return True
        try:
            letter = self._write(mail)
            service_id = self.sender.send(letter)
        except MailRefused as refusal:
            self.outbox.mark_failed(mail, str(refusal))
        except MailPostponed as postponement:
            self._postpone(mail, str(postponement))
        except MailInDoubt:
            self.outbox.mark_uncertain(mail)
        else:
            self.outbox.mark_sent(mail, letter, service_id, self.clock())
        return True

    def sweep(self, has_time: Callable[[], bool] = lambda: True) -> int:
        """Send what was left behind, while there is time, and mark what is in doubt; how many rows were touched."""
        now = self.clock()
        doubtful = self.outbox.list_claimed_before(now - UNCERTAIN_AFTER)
        for mail in doubtful:
            self.outbox.mark_uncertain(mail)
        for mail in self.outbox.list_withheld():
            self._let_go_if_wanted(mail, now)
        due = self.outbox.list_due(now)
        return len(doubtful) + one_by_one(due, lambda mail: has_time() and self.deliver(mail.key))

    def _write(self, mail: OutboxMail) -> Letter:
        try:
            return self.write(mail.message, mail.key)
        except MailPostponed:
            raise
        except Exception:
            # Nothing left the house: the row goes back, the alarm tells the developers.
            self._postpone(mail, UNWRITABLE)
            raise

    def _let_go_if_wanted(self, mail: OutboxMail, now: datetime) -> None:
        """Its address was restored, and it is not too late for its link."""
        if not (mail.is_too_late(now) or self.refuses(mail.message.to)):
            self.outbox.let_go(mail, now)

    def _postpone(self, mail: OutboxMail, reason: str) -> None:
        if is_worth_another_try(mail.attempts):
            self.outbox.release(mail, self.clock() + pause_after(mail.attempts))
        else:
            self.outbox.mark_failed(mail, reason)
