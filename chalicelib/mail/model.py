"""What is to be sent to whom, and what became of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from chalicelib.kernel.calendar import CalendarEntry
from chalicelib.kernel.errors import NotFound
from chalicelib.links.model import LinkRequest
from chalicelib.links.signed import SignedRequest

UNCERTAIN_AFTER = timedelta(minutes=15)
FIRST_PAUSE = timedelta(minutes=1)
ATTEMPTS = 8
KEY = re.compile(r"[0-9a-f]{64}")
"""What the key of a mail or of an address looks like; whatever else comes from outside is none."""
UNWRITABLE = "le mail n’a pas pu être rédigé"
UNATTACHABLE = "une pièce jointe n’a pas pu être lue"
"""The reasons of a mail that never came as far as the mail service."""


class MailState(StrEnum):
    """A row of the outbox is new, claimed by a sender, then sent, failed or uncertain.

    Staff send a failed or uncertain one again (it is new once more), or close it: settled. A mail to an
    address that refuses ours is withheld, and new once more when the address is restored.
    """

    NEW = "new"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    SETTLED = "settled"
    WITHHELD = "withheld"


IN_TROUBLE = (MailState.FAILED, MailState.UNCERTAIN)
"""What staff have to look at."""


class Refusal(StrEnum):
    """Why no mail goes to an address any more: one came back for good, or was reported as spam."""

    BOUNCED = "bounced"
    COMPLAINED = "complained"


@dataclass(frozen=True)
class RefusingAddress:
    """An address that takes no mail of ours since then; `key` names it on a page, and tells nothing of it."""

    key: str
    email: str
    why: Refusal
    since: datetime


@dataclass(frozen=True)
class RestoredAddress:
    """An address that takes our mails again, since the member of staff named `by` restored it."""

    email: str
    by: str
    at: datetime


def address_key(email: str) -> str:
    """The key of an address, however it is written."""
    return sha256(email.lower().encode()).hexdigest()


class MailUnknown(NotFound):
    """No mail has this key."""

    def __init__(self) -> None:
        super().__init__("Ce mail n’existe pas, ou il est trop ancien pour être encore connu.")


class AddressUnknown(NotFound):
    """No address of this key ever refused a mail."""

    def __init__(self) -> None:
        super().__init__("Cette adresse n’a refusé aucun mail, ou c’était il y a trop longtemps.")


@dataclass(frozen=True)
class AttachedFile:
    """A stored file that goes with a mail: its key in the store, its name for the reader, such as `accord.pdf`."""

    key: str
    name: str
    content_type: str


@dataclass(frozen=True)
class Message:
    """A mail to write: `template` is `<room>/<message>`, `context` plain JSON.

    It goes once per (record, template, occasion, addressee). Its links, if any, are minted when it leaves:
    `link` is the one action that it asks for, `signed_link` one to come back to as long as it lasts.
    Its files are read when it leaves: it waits for one that cannot be read, and never goes without. Each entry of its
    `calendar` is written then, too, as an invitation for the attendee's own calendar, and `code_path`, a path of this
    site, is drawn as a code to scan.
    """

    template: str
    to: str
    record: str
    occasion: str
    context: Mapping[str, Any] = field(default_factory=dict)
    link: LinkRequest | None = None
    reply_to: str = ""
    signed_link: SignedRequest | None = None
    attachments: tuple[AttachedFile, ...] = ()
    calendar: tuple[CalendarEntry, ...] = ()
    code_path: str = ""

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
