"""Addresses that refuse our mails: what is heard of them, and what staff do about them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.kernel.clock import Clock
from chalicelib.mail.model import (
    KEY,
    AddressUnknown,
    MailState,
    OutboxMail,
    Refusal,
    RefusingAddress,
    RestoredAddress,
    address_key,
)
from chalicelib.mail.news import MailNews


class Addresses(Protocol):
    """The addresses that refuse our mails."""

    def refuse(self, email: str, why: Refusal, mailed_at: datetime, now: datetime) -> bool:
        """Note that a mail of `mailed_at` was refused; False if that is known, or was before it was restored."""

    def find(self, key: str) -> RefusingAddress | None:
        """The address while it refuses, or None."""

    def restore(self, key: str, who: str, now: datetime) -> bool:
        """Let mails go to the address again; False if it refuses none."""

    def knows(self, key: str) -> bool:
        """Whether the address refuses our mails, or did before it was restored."""

    def find_restored(self, key: str) -> RestoredAddress | None:
        """The address if it refused our mails and was restored, or None."""

    def list_refusing(self) -> list[RefusingAddress]:
        """All of them, those that refuse for longest first."""


class ToldOutbox(Protocol):
    """The rows of mails, for what is heard of them and for those that are withheld."""

    def record_event(self, key: str, event: str, at: datetime) -> OutboxMail | None:
        """Note that the mail was delivered, bounced or complained of; None for an unknown mail."""

    def list_in_state(self, state: MailState) -> list[OutboxMail]:
        """All the rows in an open state."""


@dataclass(frozen=True)
class RefusalDesk:
    """Takes in what becomes of mails; an address that refuses them gets none until somebody restores it."""

    outbox: ToldOutbox
    addresses: Addresses
    clock: Clock

    def hear(self, news: MailNews) -> None:
        """Note the news; told again, they change nothing."""
        now = self.clock()
        mail = self.outbox.record_event(news.key, news.kind, now)
        if mail and news.is_lasting:
            mailed_at = mail.claimed_at or mail.created_at
            self.addresses.refuse(mail.message.to, Refusal(news.kind), mailed_at, now)

    def refuses(self, email: str) -> bool:
        """Whether the address takes no mail of ours."""
        return self.addresses.find(address_key(email)) is not None

    def list_withheld(self) -> list[tuple[RefusingAddress, int]]:
        """The addresses that refuse, with how many mails are withheld from each."""
        refusing = self.addresses.list_refusing()
        mails = self.outbox.list_in_state(MailState.WITHHELD) if refusing else []
        withheld = [mail.message.to.lower() for mail in mails]
        return [(one, withheld.count(one.email)) for one in refusing]

    def find_restored(self, key: str) -> RestoredAddress | None:
        """The address if it takes our mails again, or None."""
        return self.addresses.find_restored(key) if KEY.fullmatch(key) else None

    def restore(self, key: str, who: str) -> None:
        """Let mails go to the address again; those that were withheld go with the next sweep.

        Done twice, it changes nothing. Raises `AddressUnknown`.
        """
        known = KEY.fullmatch(key) and (
            self.addresses.restore(key, who, self.clock()) or self.addresses.knows(key)
        )
        if not known:
            raise AddressUnknown
