"""Approved payments collected into one file for the bank; then marked paid or failed, one by one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from chalicelib.kernel import ids
from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.kernel.errors import ChangedMeanwhile, NotFound, RuleBroken
from chalicelib.kernel.french import french_date
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.rounds import one_by_one
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.subsidies import emails
from chalicelib.subsidies.changes import Change, apply
from chalicelib.subsidies.model import OutOfStep, Subsidy
from chalicelib.subsidies.proofs import BankAccount, proofs_of
from chalicelib.subsidies.statuses import Event, Status
from chalicelib.subsidies.wording import EVENT_WORDS

REFERENCE_PREFIX = "VIR"
PATIENCE = timedelta(minutes=5)
"""A batch that was begun a moment ago is still in good hands."""


@dataclass(frozen=True)
class Transfer:
    """One payment as it was collected: in cents, to an account, under an identifier that statements bring back."""

    subsidy_id: str
    reference: str
    business_name: str
    cents: int
    account: BankAccount
    end_to_end_id: str


@dataclass(frozen=True)
class Batch:
    """Payments that go to the bank together; once closed, none is added.

    Once it is forgotten, the accounts in it are masked: no file for the bank can be made of it any more.
    """

    id: str
    reference: str
    created_at: datetime
    created_by: str
    execute_on: date
    is_closed: bool = False
    is_forgotten: bool = False


class BatchUnknown(NotFound):
    """No such batch."""

    def __init__(self) -> None:
        super().__init__("Cet ordre de virement n’existe pas.")


class AccountsForgotten(NotFound):
    """The accounts of a batch are not kept any more."""

    def __init__(self) -> None:
        super().__init__(
            "Les comptes bancaires de cet ordre ont été effacés\u00a0: son fichier ne peut plus être fait."
        )


class NothingToPay(RuleBroken):
    """No approved payment waits."""

    def __init__(self) -> None:
        super().__init__("Aucun paiement approuvé n’attend son virement.")


class ProofMissing(RuleBroken):
    """A payment is not final without what proves it."""

    def __init__(self) -> None:
        super().__init__(
            "Indiquez la date et la référence du relevé bancaire\u00a0: elles prouvent le paiement."
        )


class PaidBeforeOrdered(RuleBroken):
    """No transfer is on a statement before it was ordered."""

    def __init__(self, ordered_on: date) -> None:
        super().__init__(
            f"L’ordre de virement est du {french_date(ordered_on)}\u00a0: vérifiez la date sur le relevé."
        )


class ReasonMissing(RuleBroken):
    """A failed transfer has a reason."""

    def __init__(self) -> None:
        super().__init__("Indiquez pourquoi le virement est revenu\u00a0: le bénéficiaire le lira.")


class BatchStore(Protocol):
    """The batches and what is in them."""

    def begin(self, batch: Batch) -> Batch:
        """Keep a new batch; the one that is there under its identifier otherwise."""

    def collect(self, batch: Batch, change: Change, transfer: Transfer, mails: list[Message]) -> None:
        """Put a payment into an open batch, with the change of its file. Raises `ChangedMeanwhile`."""

    def close(self, batch: Batch) -> None:
        """Nothing more goes into it."""

    def find(self, batch_id: str) -> Batch | None:
        """The batch, or None."""

    def list_all(self) -> list[Batch]:
        """All the batches, newest first."""

    def list_transfers(self, batch_id: str) -> list[Transfer]:
        """What is in a batch, by reference."""


class PaidFiles(Protocol):
    """The aid files."""

    def find(self, subsidy_id: str) -> Subsidy | None:
        """The file, read strongly, or None."""

    def list_in_status(self, status: Status) -> list[Subsidy]:
        """The files in this status, oldest first; it may lag behind."""

    def save(self, change: Change, mails: list[Message]) -> None:
        """Keep a change. Raises `ChangedMeanwhile`."""


@dataclass(frozen=True)
class BatchService:
    """Collects approved payments, and marks what became of them; each one on its own."""

    files: PaidFiles
    batches: BatchStore
    office_at: Callable[[int], Office]
    next_working_day: Callable[[date], date]
    clock: Clock

    def create(self, key: str, who: str) -> Batch:
        """A batch of all the approved payments, once per key; begun again, it is completed. Raises `NothingToPay`."""
        waiting = self.files.list_in_status(Status.PAYMENT_APPROVED)
        known = self.batches.find(ids.id_of(key))
        if known is None and not waiting:
            raise NothingToPay
        batch = known or self.batches.begin(self._new(key, who))
        return batch if batch.is_closed else self._fill(batch, waiting, who)

    def finish_left_open(self) -> int:
        """Complete the batches whose maker died half-way: what is in them would never be paid. How many."""
        limit = self.clock() - PATIENCE
        left = [one for one in self.batches.list_all() if not one.is_closed and one.created_at <= limit]
        return one_by_one(left, self._finish)

    def get(self, batch_id: str) -> Batch:
        """The batch. Raises `BatchUnknown`."""
        batch = self.batches.find(batch_id)
        if batch is None:
            raise BatchUnknown
        return batch

    def mark_paid(self, subsidy: Subsidy, who: str, on: date, statement: str) -> Subsidy:
        """Accounting has seen the transfer on a statement.

        Raises `ProofMissing`, `PaidBeforeOrdered` or `OutOfStep`.
        """
        if not statement.strip():
            raise ProofMissing
        ordered_on = paris_day(self.get(subsidy.batch).created_at)
        if on < ordered_on:
            raise PaidBeforeOrdered(ordered_on)
        words = f"{EVENT_WORDS[Event.PAID]} le {french_date(on)}, relevé {statement.strip()}"
        line, again = HistoryLine(self.clock(), who, words), self._renewable_from(subsidy, on)
        return self._save(apply(subsidy, Event.PAID, line, paid_on=on, renewable_from=again))

    def mark_failed(self, subsidy: Subsidy, who: str, reason: str) -> Subsidy:
        """The transfer came back. Raises `ReasonMissing` or `OutOfStep`."""
        if not reason.strip():
            raise ReasonMissing
        line = HistoryLine(self.clock(), who, EVENT_WORDS[Event.PAYMENT_FAILED], reason.strip())
        return self._save(apply(subsidy, Event.PAYMENT_FAILED, line))

    def retry(self, subsidy: Subsidy, who: str) -> Subsidy:
        """A transfer that came back goes with the next batch, to the same account. Raises `OutOfStep`."""
        line = HistoryLine(self.clock(), who, EVENT_WORDS[Event.PAYMENT_RETRIED])
        return self._save(apply(subsidy, Event.PAYMENT_RETRIED, line))

    def _finish(self, batch: Batch) -> bool:
        waiting = self.files.list_in_status(Status.PAYMENT_APPROVED)
        return self._fill(batch, waiting, batch.created_by).is_closed

    def _fill(self, batch: Batch, waiting: Sequence[Subsidy], who: str) -> Batch:
        for subsidy in waiting:
            self._collect(batch, subsidy.id, who)
        self.batches.close(batch)
        return replace(batch, is_closed=True)

    def _new(self, key: str, who: str) -> Batch:
        now = self.clock()
        reference = ids.new_reference(REFERENCE_PREFIX)
        return Batch(ids.id_of(key), reference, now, who, self.next_working_day(paris_day(now)))

    def _collect(self, batch: Batch, subsidy_id: str, who: str) -> None:
        """What was collected or changed meanwhile is left alone: the list may lag behind."""
        subsidy = self.files.find(subsidy_id)
        if subsidy is None or subsidy.status is not Status.PAYMENT_APPROVED:
            return
        words = f"{EVENT_WORDS[Event.PAYMENT_ORDERED]}, ordre {batch.reference}"
        line = HistoryLine(self.clock(), who, words)
        change = apply(subsidy, Event.PAYMENT_ORDERED, line, batch=batch.id)
        try:
            self.batches.collect(batch, change, _transfer(subsidy), [])
        except (ChangedMeanwhile, OutOfStep):
            return

    def _renewable_from(self, subsidy: Subsidy, paid_on: date) -> date:
        """An accommodation is helped once per classification: again in the window before its end."""
        if subsidy.classification is None:
            return paid_on
        scheme = self.office_at(subsidy.office_version).aid.scheme(subsidy.scheme_id)
        return subsidy.classification.renewable_from(scheme.renewal_window_months)

    def _save(self, change: Change) -> Subsidy:
        self.files.save(change, emails.mails_of(change, self.office_at(change.after.office_version)))
        return change.after


def _transfer(subsidy: Subsidy) -> Transfer:
    """The identifier counts the versions of the file: a transfer that is made again has another one."""
    return Transfer(
        subsidy_id=subsidy.id,
        reference=subsidy.reference,
        business_name=subsidy.beneficiary.business_name,
        cents=subsidy.payable_cents,
        account=proofs_of(subsidy.proofs, subsidy.request.spending).account,
        end_to_end_id=f"{subsidy.reference}-{subsidy.version}",
    )


def total_cents(transfers: Sequence[Transfer]) -> int:
    """What a batch pays."""
    return sum(transfer.cents for transfer in transfers)
