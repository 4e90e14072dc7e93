"""Membership files in DynamoDB: each change one transaction with its line and its mails."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb import committed, held
from chalicelib.adapters.history import LINE, line_from
from chalicelib.adapters.records import POINTER, reference_key
from chalicelib.drafts.repository import DraftRepository
from chalicelib.kernel.clock import iso
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import Message
from chalicelib.mail.repository import OutboxRepository
from chalicelib.partners.items import (
    HEAD,
    ApplicationItem,
    LineItem,
    PointerItem,
    StatusIndex,
    application_key,
    identity_keys,
)
from chalicelib.partners.mapping import application_from, application_item, line_item
from chalicelib.partners.model import (
    IN_PROGRESS,
    AlreadyKnown,
    Application,
    Change,
    Event,
    Status,
    leaves_identity,
    takes_identity,
)

RECENT = 200
NOBODY = "nobody"
"""No file has this identifier: looking for it takes as long as finding one."""


class ApplicationRepository:
    """The membership files of the deployment."""

    def __init__(self, outbox: OutboxRepository, drafts: DraftRepository) -> None:
        self.outbox = outbox
        self.drafts = drafts

    def add(self, application: Application, line: HistoryLine, mails: list[Message]) -> bool:
        """Keep a new file in place of its draft; False if its identifier or its reference is taken."""

        def write(transaction: TransactWrite) -> None:
            transaction.save(application_item(application), condition=ApplicationItem.pk.does_not_exist())
            transaction.save(
                PointerItem(pk=reference_key(application.reference), application_id=application.id),
                condition=PointerItem.pk.does_not_exist(),
            )
            self._write_line(transaction, application, line, mails)
            self.drafts.remove_within(transaction, application.id)

        return committed(write)

    def find(self, application_id: str) -> Application | None:
        """The file, read strongly, or None."""
        try:
            item = ApplicationItem.get(application_key(application_id), HEAD, consistent_read=True)
        except ApplicationItem.DoesNotExist:
            return None
        return application_from(item)

    def find_by_reference(self, reference: str) -> Application | None:
        """The file with this reference, or None."""
        return self._find_by_pointer(reference_key(reference))

    def find_holder(self, email: str, siret: str) -> Application | None:
        """The file that holds this address or this SIRET, or None; the same reads for both answers."""
        keys = [(key, POINTER) for key in identity_keys(email, siret)]
        pointers = sorted(PointerItem.batch_get(keys, consistent_read=True), key=lambda pointer: pointer.pk)
        return self.find(pointers[0].application_id if pointers else NOBODY)

    def save(self, change: Change, mails: list[Message]) -> None:
        """Keep a change; corrections in place of their draft.

        Raises `ChangedMeanwhile`, or `AlreadyKnown` when its identity is held.
        """

        def write(transaction: TransactWrite) -> None:
            unchanged = ApplicationItem.version == change.before.version
            transaction.save(application_item(change.after), condition=unchanged)
            self._write_identity(transaction, change)
            self._write_line(transaction, change.after, change.line, mails)
            if change.event is Event.CORRECTED:
                self.drafts.remove_within(transaction, change.after.id)

        if not (committed(write) or (self._free_identity(change.after) and committed(write))):
            raise self._what_stopped(change)

    def renew_run(self, application: Application) -> Application:
        """Count one more run of the process. Raises `ChangedMeanwhile`."""
        item = ApplicationItem(application_key(application.id), HEAD)
        unchanged = (ApplicationItem.version == application.version) & (
            ApplicationItem.run == application.run
        )
        if not held(lambda: item.update([ApplicationItem.run.set(application.run + 1)], unchanged)):
            raise ChangedMeanwhile("Ce dossier a changé entre-temps.")
        return application_from(item)

    def list_in_status(self, status: Status) -> list[Application]:
        """The files in this status, oldest first."""
        return [application_from(item) for item in ApplicationItem.by_status.query(status)]

    def list_in_progress(self, unchanged_since: datetime) -> list[str]:
        """The identifiers of the files under way that did not change since that instant; it may lag behind."""
        found = (
            ApplicationItem.by_status.query(status, StatusIndex.status_since <= iso(unchanged_since))
            for status in sorted(IN_PROGRESS)
        )
        return [item.pk.partition("#")[2] for items in found for item in items]

    def list_recent(self, status: Status) -> list[Application]:
        """The files that came to this status last, newest first."""
        found = ApplicationItem.by_status.query(status, scan_index_forward=False, limit=RECENT)
        return _applications(islice(found, RECENT))

    def list_by_email(self, email: str) -> list[Application]:
        """The files of this address, newest first."""
        return _applications(ApplicationItem.by_holder.query(email.lower(), scan_index_forward=False))

    def list_history(self, application_id: str) -> list[HistoryLine]:
        """The lines of one file, oldest first."""
        lines = LineItem.query(
            application_key(application_id), LineItem.sk.startswith(LINE), consistent_read=True
        )
        return [line_from(item) for item in lines]

    def _find_by_pointer(self, key: str) -> Application | None:
        found = self._pointed_to(key)
        return self.find(found) if found else None

    def _pointed_to(self, key: str) -> str:
        """The identifier that the pointer leads to; empty for none."""
        try:
            return str(PointerItem.get(key, POINTER, consistent_read=True).application_id)
        except PointerItem.DoesNotExist:
            return ""

    def _write_line(
        self, transaction: TransactWrite, application: Application, line: HistoryLine, mails: list[Message]
    ) -> None:
        transaction.save(
            line_item(application.id, application.version, line), condition=LineItem.pk.does_not_exist()
        )
        for mail in mails:
            self.outbox.put_within(transaction, mail, line.at)

    def _write_identity(self, transaction: TransactWrite, change: Change) -> None:
        before = set(identity_keys(change.before.email, change.before.siret))
        after = set(identity_keys(change.after.email, change.after.siret))
        if takes_identity(change):
            before = set()
        elif leaves_identity(change):
            after = set()
        for key in sorted(after - before):
            pointer = PointerItem(pk=key, application_id=change.after.id)
            transaction.save(pointer, condition=PointerItem.pk.does_not_exist())
        for key in sorted(before - after):
            pointer = PointerItem(pk=key, sk=POINTER)
            transaction.delete(pointer, condition=PointerItem.application_id == change.after.id)

    def _free_identity(self, application: Application) -> bool:
        """Take its address and SIRET from files that are there no more, which never come back; False if none was."""
        return sum(map(self._free_if_gone, identity_keys(application.email, application.siret))) > 0

    def _free_if_gone(self, key: str) -> bool:
        try:
            pointer = PointerItem.get(key, POINTER, consistent_read=True)
        except PointerItem.DoesNotExist:
            return False
        if self.find(pointer.application_id):
            return False
        same = PointerItem.application_id == pointer.application_id
        return held(lambda: pointer.delete(same))

    def _what_stopped(self, change: Change) -> Exception:
        """Why the change was refused: another file's identity, or another change of this one."""
        current = self.find(change.before.id)
        if current and current.version == change.before.version:
            return AlreadyKnown("Un autre dossier existe pour cet établissement.")
        return ChangedMeanwhile("Ce dossier a changé entre-temps\u00a0: rechargez la page.")


def _applications(items: Iterable[ApplicationItem]) -> list[Application]:
    return [application_from(item) for item in items]
