"""The outbox and the addresses that refuse mails, in memory."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.kernel.letters import Letter
from chalicelib.mail.model import (
    IN_TROUBLE,
    MailState,
    Message,
    OutboxMail,
    Refusal,
    RefusingAddress,
    RestoredAddress,
    address_key,
)
from tests.fakes.clock import NOON


class FakeOutbox:
    """The rows of mails."""

    def __init__(self) -> None:
        self.rows: dict[str, OutboxMail] = {}
        self.due_at: dict[str, datetime] = {}

    @property
    def messages(self) -> list[Message]:
        """Every mail handed in, in order."""
        return [row.message for row in self.rows.values()]

    def takes(self, messages: Iterable[Message]) -> bool:
        """Whether a transaction with these mails would go through; twice the same mail is an error."""
        keys = [message.key for message in messages]
        if len(set(keys)) < len(keys):
            raise ValueError("one transaction cannot write the same item twice")
        return not any(key in self.rows for key in keys)

    def put_within(self, messages: Iterable[Message], now: datetime) -> None:
        for message in messages:
            self.rows[message.key] = OutboxMail(
                message.key, message, MailState.NEW, now,
                link_subject=message.link.subject if message.link else "",
            )  # fmt: skip
            self.due_at[message.key] = now

    def put_once(self, message: Message, now: datetime) -> bool:
        if not self.takes([message]):
            return False
        self.put_within([message], now)
        return True

    def claim(self, key: str, now: datetime) -> OutboxMail | None:
        row = self.rows.get(key)
        if row is None or row.state is not MailState.NEW or (row.attempts and self.due_at[key] > now):
            return None
        counted = {"attempts": row.attempts + 1, "claims": row.claims + 1}
        return self._change(key, state=MailState.CLAIMED, claimed_at=now, **counted)

    def mark_sent(self, mail: OutboxMail, letter: Letter, service_id: str, now: datetime) -> None:
        if self._is_its(mail, MailState.CLAIMED, MailState.UNCERTAIN, MailState.SENT):
            self._change(mail.key, state=MailState.SENT, sent_at=now, subject=letter.subject)
            self._forget_words(mail.key)

    def mark_failed(self, mail: OutboxMail, reason: str) -> None:
        if self._is_its(mail, MailState.CLAIMED, MailState.UNCERTAIN):
            self._change(mail.key, state=MailState.FAILED, reason=reason)

    def mark_uncertain(self, mail: OutboxMail) -> None:
        if self._is_its(mail, MailState.CLAIMED):
            self._change(mail.key, state=MailState.UNCERTAIN)

    def release(self, mail: OutboxMail, due_at: datetime) -> None:
        if self._is_its(mail, MailState.CLAIMED):
            self.due_at[mail.key] = due_at
            self._change(mail.key, state=MailState.NEW)

    def withhold(self, mail: OutboxMail) -> None:
        if self._is_its(mail, MailState.CLAIMED):
            self._change(mail.key, state=MailState.WITHHELD)

    def let_go(self, mail: OutboxMail, now: datetime) -> bool:
        if self.rows[mail.key].state is not MailState.WITHHELD:
            return False
        self.due_at[mail.key] = now
        self._change(mail.key, state=MailState.NEW, attempts=0)
        return True

    def list_withheld(self) -> list[OutboxMail]:
        return self.list_in_state(MailState.WITHHELD)

    def resend(self, key: str, who: str, now: datetime) -> bool:
        if key not in self.rows or self.rows[key].state not in IN_TROUBLE:
            return False
        self.due_at[key] = now
        self._change(key, state=MailState.NEW, attempts=0, reason="", resent_by=who, resent_at=now)
        return True

    def settle(self, mail: OutboxMail, subject: str, who: str, now: datetime) -> bool:
        if mail.key not in self.rows or self.rows[mail.key].state not in IN_TROUBLE:
            return False
        told = {"subject": subject, "settled_by": who, "settled_at": now}
        self._change(mail.key, state=MailState.SETTLED, **told)
        self._forget_words(mail.key)
        return True

    def record_event(self, key: str, event: str, at: datetime) -> OutboxMail | None:
        if key not in self.rows:
            return None
        if getattr(self.rows[key], f"{event}_at") is None:
            self._change(key, **{f"{event}_at": at})
        if self.rows[key].state in (MailState.CLAIMED, MailState.UNCERTAIN):
            self._change(key, state=MailState.SENT)
            self._forget_words(key)
        return self.rows[key]

    def find(self, key: str) -> OutboxMail | None:
        return self.rows.get(key)

    def list_due(self, now: datetime) -> list[OutboxMail]:
        due = [row for row in self.list_in_state(MailState.NEW) if self.due_at[row.key] <= now]
        return sorted(due, key=lambda row: self.due_at[row.key])

    def list_claimed_before(self, limit: datetime) -> list[OutboxMail]:
        return [row for row in self.list_in_state(MailState.CLAIMED) if (row.claimed_at or NOON) <= limit]

    def list_in_state(self, state: MailState) -> list[OutboxMail]:
        return [row for row in self.rows.values() if row.state is state]

    def list_by_record(self, record: str) -> list[OutboxMail]:
        found = [row for row in self.rows.values() if row.message.record == record]
        return sorted(found, key=lambda row: (row.created_at, row.message.template))

    def _is_its(self, mail: OutboxMail, *states: MailState) -> bool:
        """Whether the row is in one of these states, and was claimed by nobody since `mail` was."""
        row = self.rows[mail.key]
        return row.state in states and row.claims == mail.claims

    def _forget_words(self, key: str) -> None:
        message = self.rows[key].message
        bare = Message(message.template, message.to, message.record, occasion="")
        self._change(key, message=bare)

    def _change(self, key: str, **changes: Any) -> OutboxMail:
        self.rows[key] = replace(self.rows[key], **changes)
        return self.rows[key]


class FakeAddresses:
    """The addresses that refuse our mails."""

    def __init__(self) -> None:
        self.refusing: dict[str, RefusingAddress] = {}
        self.restored: dict[str, RestoredAddress] = {}

    def refuse(self, email: str, why: Refusal, mailed_at: datetime, now: datetime) -> bool:
        key = address_key(email)
        restored = self.restored.get(key)
        if key in self.refusing or (restored and restored.at > mailed_at):
            return False
        self.refusing[key] = RefusingAddress(key, email.lower(), why, now)
        return True

    def find(self, key: str) -> RefusingAddress | None:
        return self.refusing.get(key)

    def restore(self, key: str, who: str, now: datetime) -> bool:
        address = self.refusing.pop(key, None)
        if address is None:
            return False
        self.restored[key] = RestoredAddress(address.email, who, now)
        return True

    def knows(self, key: str) -> bool:
        return key in self.refusing or key in self.restored

    def find_restored(self, key: str) -> RestoredAddress | None:
        return None if key in self.refusing else self.restored.get(key)

    def list_refusing(self) -> list[RefusingAddress]:
        return sorted(self.refusing.values(), key=lambda one: one.since)
