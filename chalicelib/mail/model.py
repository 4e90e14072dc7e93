"""What is to be sent to whom, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from chalicelib.kernel.errors import NotFound
from chalicelib.links.model import LinkRequest

UNCERTAIN_AFTER = timedelta(minutes=15)
FIRST_PAUSE = timedelta(minutes=1)
ATTEMPTS = 8
UNWRITABLE = "le mail n’a pas pu être rédigé"
"""The reason of a mail that never came as far as the mail service."""


class MailState(StrEnum):
    """A row of the outbox is new, claimed by a sender, then sent, failed or uncertain.

    Staff send a failed or uncertain one again (it is new once more), or close it: settled.
    """

    NEW = "new"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    SETTLED = "settled"


IN_TROUBLE = (MailState.FAILED, MailState.UNCERTAIN)
"""What staff have to look at."""


class MailUnknown(NotFound):
    """No mail has this key."""

    def __init__(self) -> None:
        super().__init__("Ce mail n’existe pas, ou il est trop ancien pour être encore connu.")


@dataclass(frozen=True)
class Message:
    """A mail to write: `template` is `<room>/<message>`, `context` plain JSON.

    It goes once per (record, template, occasion, addressee). Its link, if any, is minted when it leaves.
    """

    template: str
    to: str
    record: str
    occasion: str
    context: Mapping[str, Any] = field(default_factory=dict)
    link: LinkRequest | None = None
    reply_to: str = ""

    @property
    def key(self) -> str:
        """The identity of this mail: the same words for the same occasion are the same mail."""
        parts = (self.record, self.template, self.occasion, self.to.lower())
        return sha256("\n".join(parts).encode()).hexdigest()


@dataclass(frozen=True)
class OutboxMail:
    """A row of the outbox; `link_subject` is what its link is about, kept when the words are forgotten.

    `attempts` counts since the row was new, `claims` since it was written: it tells one sender from the next.
    `resent_by` and `settled_by` are the names of the staff who last did so.
    """

    key: str
    message: Message
    state: MailState
    created_at: datetime
    attempts: int = 0
    claims: int = 0
    subject: str = ""
    claimed_at: datetime | None = None
    sent_at: datetime | None = None
    delivered_at: datetime | None = None
    bounced_at: datetime | None = None
    complained_at: datetime | None = None
    reason: str = ""
    link_subject: str = ""
    resent_by: str = ""
    resent_at: datetime | None = None
    settled_by: str = ""
    settled_at: datetime | None = None

    @property
    def is_in_trouble(self) -> bool:
        """Whether it waits for staff to look at it."""
        return self.state in IN_TROUBLE

    def is_too_late(self, now: datetime) -> bool:
        """Whether its link was to end before `now`: sent again, the mail would lead nowhere."""
        link = self.message.link
        return link is not None and now >= self.created_at + timedelta(seconds=link.valid_for_seconds)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after the given number of attempts: doubling from one minute."""
    return FIRST_PAUSE * (1 << (attempts - 1))


def is_worth_another_try(attempts: int) -> bool:
    """Whether a postponed mail is tried again, or given up and shown to staff."""
    return attempts < ATTEMPTS
