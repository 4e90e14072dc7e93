"""A world of fakes that may die at any of its writes, before it or after it."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from chalicelib.kernel.letters import Letter
from chalicelib.mail.model import Message
from chalicelib.mail.service import MailService
from chalicelib.partners.payment_reminders import PaymentReminders
from chalicelib.partners.retention import Retention
from tests.fakes.applications import FakeClosedFiles
from tests.harness.crash import Gate
from tests.harness.machine import Machine
from tests.stateful.trade import KEPT_DAYS
from tests.world import World

WRITES = {
    "applications": ("add", "save", "renew_run"),
    "decisions": ("add", "add_token", "settle", "mark_delivered", "add_addressee", "note"),
    "drafts": ("put", "remove", "remove_unchanged"),
    "outbox": ("put_once", "claim", "mark_sent", "mark_uncertain", "release", "mark_failed"),
    "process": ("start", "succeed", "fail"),
    "closed": ("erase",),
    "sender": ("send",),
}


class Sender:
    """The mail service: it keeps what it took, by the keys of the outbox."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    def send(self, letter: Letter) -> str:
        self.taken.append(letter.key)
        return "id"


class MortalWorld(World):
    """The onboarding on fakes with its mails really sent; every write passes the gate."""

    def __init__(self, machine: Machine, gate: Gate) -> None:
        super().__init__(machine, machine)
        delays = replace(self.the_office.delays, closed_file_purge_days=KEPT_DAYS)
        self.the_office = replace(self.the_office, delays=delays)
        self.closed, self.sender = FakeClosedFiles(self.applications, self.drafts), Sender()
        self.retention = Retention(self.closed, self.office, self.clock)
        self.mail_service = MailService(self.outbox, self.sender, written, self.clock)
        self.payment_reminders = PaymentReminders(
            self.applications, self.drafting.mail, self.office_at, self.clock
        )
        for store, names in WRITES.items():
            for name in names:
                _put_behind(gate, getattr(self, store), name)


def written(message: Message, key: str) -> Letter:
    """A letter without words."""
    return Letter(key, message.to, message.template, "", "")


def _put_behind(gate: Gate, store: Any, name: str) -> None:
    do: Callable[..., Any] = getattr(store, name)

    @wraps(do)
    def through(*given: Any, **named: Any) -> Any:
        return gate.call(name, lambda: do(*given, **named))

    setattr(store, name, through)
