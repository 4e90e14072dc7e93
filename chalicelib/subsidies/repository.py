"""Aid files in DynamoDB: each change one transaction with its line, its mails and what it does to the money."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import islice

from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb import committed, held
from chalicelib.adapters.history import LINE, line_from
from chalicelib.adapters.records import POINTER, reference_key
from chalicelib.drafts.repository import DraftRepository
from chalicelib.kernel.clock import iso, paris_day
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import Message
from chalicelib.mail.repository import OutboxRepository
from chalicelib.subsidies.changes import Change
from chalicelib.subsidies.envelope import EnvelopeExhausted, Movement, movement
from chalicelib.subsidies.items import (
    HEAD,
    LineItem,
    PointerItem,
    StatusIndex,
    SubsidyItem,
    subsidy_key,
    unit_key,
)
from chalicelib.subsidies.mapping import line_item, subsidy_from, subsidy_item
from chalicelib.subsidies.model import Subsidy, UnitTaken
from chalicelib.subsidies.money_repository import MoneyRepository
from chalicelib.subsidies.register_repository import RegisterRepository
from chalicelib.subsidies.statuses import BEFORE_AWARD, PAYING, Status

RECENT = 200
NOTHING_SEEN: Mapping[str, int] = {}


class SubsidyRepository:
    """The aid files of the deployment."""

    def __init__(
        self,
        outbox: OutboxRepository,
        drafts: DraftRepository,
        money: MoneyRepository,
        register: RegisterRepository,
    ) -> None:
        self.outbox = outbox
        self.drafts = drafts
        self.money = money
        self.register = register

    def add(self, subsidy: Subsidy, line: HistoryLine, mails: list[Message]) -> bool:
        """Keep a new file in place of its draft; False if its identifier or reference is taken.

        Raises `UnitTaken` when another file holds one of its accommodations.
        """

        def write(transaction: TransactWrite) -> None:
            transaction.save(subsidy_item(subsidy), condition=SubsidyItem.pk.does_not_exist())
            reference = PointerItem(pk=reference_key(subsidy.reference), subsidy_id=subsidy.id)
            transaction.save(reference, condition=PointerItem.pk.does_not_exist())
            _hold(transaction, subsidy, subsidy.units, line)
            self._write_line(transaction, subsidy, line, mails)
            self.drafts.remove_within(transaction, subsidy.id)

        if committed(write):
            return True
        if self.find(subsidy.id) is None and self.find_holder(subsidy.units, paris_day(line.at)):
            raise UnitTaken
        return False

    def find(self, subsidy_id: str) -> Subsidy | None:
        """The file, read strongly, or None."""
        try:
            return subsidy_from(SubsidyItem.get(subsidy_key(subsidy_id), HEAD, consistent_read=True))
        except SubsidyItem.DoesNotExist:
            return None

    def find_all(self, subsidy_ids: Iterable[str]) -> dict[str, Subsidy]:
        """The files by their identifiers, read strongly, a hundred at a time."""
        keys = [(subsidy_key(subsidy_id), HEAD) for subsidy_id in subsidy_ids]
        found = map(subsidy_from, SubsidyItem.batch_get(keys, consistent_read=True))
        return {subsidy.id: subsidy for subsidy in found}

    def find_by_reference(self, reference: str) -> Subsidy | None:
        """The file with this reference, or None."""
        return self._behind([reference_key(reference)])

    def find_holder(self, units: tuple[str, ...], on: date) -> Subsidy | None:
        """A file that holds one of these accommodations on that day, or None."""
        return self._behind([unit_key(unit) for unit in units], on)

    def save(self, change: Change, mails: list[Message], seen: Mapping[str, int] = NOTHING_SEEN) -> None:
        """Keep a change; corrections in place of their draft.

        `seen` is the register as the change was worked out on. Raises `ChangedMeanwhile`, or `EnvelopeExhausted`
        when the money that it takes is not there, or is for those who wait.
        """
        if not committed(lambda transaction: self.write_within(transaction, change, mails, seen)):
            raise self._what_stopped(change, movement(change))

    def write_within(
        self,
        transaction: TransactWrite,
        change: Change,
        mails: list[Message],
        seen: Mapping[str, int] = NOTHING_SEEN,
    ) -> None:
        """Add a change of a file, and all that goes with it, to a transaction."""
        unchanged = SubsidyItem.version == change.before.version
        transaction.save(subsidy_item(change.after), condition=unchanged)
        self._write_line(transaction, change.after, change.line, mails)
        self.money.write_within(transaction, change, movement(change))
        self.register.write_within(transaction, change, seen)
        self._write_units(transaction, change)
        if change.closes_draft:
            self.drafts.remove_within(transaction, change.closes_draft)

    def renew_run(self, subsidy: Subsidy) -> Subsidy:
        """Count one more run of the award machine. Raises `ChangedMeanwhile`."""
        item = SubsidyItem(subsidy_key(subsidy.id), HEAD)
        unchanged = (SubsidyItem.version == subsidy.version) & (SubsidyItem.run == subsidy.run)
        if not held(lambda: item.update([SubsidyItem.run.set(subsidy.run + 1)], unchanged)):
            raise ChangedMeanwhile("Ce dossier a changé entre-temps.")
        return subsidy_from(item)

    def renew_payment_run(self, subsidy: Subsidy) -> Subsidy:
        """Count one more run of the payment machine. Raises `ChangedMeanwhile`."""
        after = replace(subsidy, payment_run=subsidy.payment_run + 1)
        unchanged = (SubsidyItem.version == subsidy.version) & (SubsidyItem.run == subsidy.run)
        if not held(lambda: subsidy_item(after).save(unchanged)):
            raise ChangedMeanwhile("Ce dossier a changé entre-temps.")
        return after

    def list_being_paid(self, unchanged_since: datetime) -> list[str]:
        """The identifiers of the files that the payment machine works on, unchanged since; it may lag behind."""
        found = (
            SubsidyItem.by_status.query(status, StatusIndex.status_since <= iso(unchanged_since))
            for status in PAYING
        )
        return [item.pk.partition("#")[2] for items in found for item in items]

    def list_in_status(self, status: Status) -> list[Subsidy]:
        """The files in this status, oldest first; it may lag behind."""
        return [subsidy_from(item) for item in SubsidyItem.by_status.query(status)]

    def list_recent(self, status: Status) -> list[Subsidy]:
        """The files that came to this status last, newest first."""
        found = SubsidyItem.by_status.query(status, scan_index_forward=False, limit=RECENT)
        return [subsidy_from(item) for item in islice(found, RECENT)]

    def list_by_email(self, email: str) -> list[Subsidy]:
        """The files of this address, newest first."""
        found = SubsidyItem.by_holder.query(email.lower(), scan_index_forward=False)
        return [subsidy_from(item) for item in found]

    def list_in_progress(self, unchanged_since: datetime) -> list[str]:
        """The identifiers of the files that the award machine works on, unchanged since; it may lag behind."""
        found = (
            SubsidyItem.by_status.query(status, StatusIndex.status_since <= iso(unchanged_since))
            for status in (*BEFORE_AWARD, Status.GRANTED)
        )
        files = (subsidy_from(item) for items in found for item in items)
        return [subsidy.id for subsidy in files if subsidy.is_in_progress]

    def list_history(self, subsidy_id: str) -> list[HistoryLine]:
        """The lines of one file, oldest first."""
        lines = LineItem.query(subsidy_key(subsidy_id), LineItem.sk.startswith(LINE), consistent_read=True)
        return [line_from(item) for item in lines]

    def _behind(self, keys: list[str], on: date = date.min) -> Subsidy | None:
        pointers = PointerItem.batch_get([(key, POINTER) for key in keys], consistent_read=True)
        good = (one for one in pointers if one.free_from is None or one.free_from > on.isoformat())
        found = sorted(good, key=lambda pointer: pointer.pk)
        return self.find(found[0].subsidy_id) if found else None

    def _write_line(
        self, transaction: TransactWrite, subsidy: Subsidy, line: HistoryLine, mails: list[Message]
    ) -> None:
        item = line_item(subsidy.id, subsidy.version, line)
        transaction.save(item, condition=LineItem.pk.does_not_exist())
        for mail in mails:
            self.outbox.put_within(transaction, mail, line.at)

    def _write_units(self, transaction: TransactWrite, change: Change) -> None:
        """Accommodations that corrections added are held, those that they left or that got no aid are free.

        Those that were paid for are free from a day on.
        """
        before = set(change.before.units)
        after = set() if change.frees_units else set(change.after.units)
        is_its_own = PointerItem.subsidy_id == change.after.id
        _hold(transaction, change.after, after - before, change.line)
        for unit in sorted(before - after):
            transaction.delete(PointerItem(unit_key(unit), POINTER), condition=is_its_own)
        if free_from := change.frees_units_from:
            for unit in sorted(after):
                pointer = PointerItem(
                    pk=unit_key(unit), subsidy_id=change.after.id, free_from=free_from.isoformat()
                )
                transaction.save(pointer, condition=PointerItem.pk.does_not_exist() | is_its_own)

    def _what_stopped(self, change: Change, moved: Movement) -> Exception:
        """Why a change was refused: another change of the file, an accommodation, the money."""
        current = self.find(change.before.id)
        if current and current.version == change.before.version:
            if self._is_held_by_another(change):
                return UnitTaken()
            if moved.takes and not self.money.has_room_for(moved):
                return EnvelopeExhausted(
                    "L’enveloppe de l’année est épuisée\u00a0: le dossier attend son tour."
                )
        return ChangedMeanwhile("Ce dossier a changé entre-temps\u00a0: rechargez la page.")

    def _is_held_by_another(self, change: Change) -> bool:
        """Whether accommodations that a change adds belong to another file."""
        added = tuple(sorted(set(change.after.units) - set(change.before.units)))
        on = paris_day(change.line.at)
        holder = self.find_holder(added, on) if added and not change.frees_units else None
        return holder is not None and holder.id != change.after.id


def _hold(transaction: TransactWrite, subsidy: Subsidy, units: Iterable[str], line: HistoryLine) -> None:
    """Hold accommodations that no file holds on the day of the line."""
    is_free = PointerItem.pk.does_not_exist() | (PointerItem.free_from <= paris_day(line.at).isoformat())
    for unit in sorted(units):
        transaction.save(PointerItem(pk=unit_key(unit), subsidy_id=subsidy.id), condition=is_free)
