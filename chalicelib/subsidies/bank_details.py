"""The account that an aid was paid to is forgotten before the rest of the file: nothing needs it any more.

What stays are its last signs, by which a statement can be found. The proof of it, among the documents of the
payment, goes too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.kernel.days import add_months
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.rounds import one_by_one
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.subsidies.batches import Batch
from chalicelib.subsidies.changes import Change, apply
from chalicelib.subsidies.model import Subsidy
from chalicelib.subsidies.proofs import without_account
from chalicelib.subsidies.statuses import SPENT, WITHOUT_AID, Event, Status
from chalicelib.subsidies.wording import EVENT_WORDS
from chalicelib.uploads.model import Upload

KIND = "bank-details"
"""The kind of the documents that prove an account, in every office file."""
SYSTEM = "Cordée"


class Files(Protocol):
    """The aid files."""

    def find(self, subsidy_id: str) -> Subsidy | None:
        """The file, read strongly, or None."""

    def list_in_status(self, status: Status) -> list[Subsidy]:
        """The files in this status, oldest first; it may lag behind."""

    def save(self, change: Change, mails: list[Message]) -> None:
        """Keep a change. Raises `ChangedMeanwhile`."""


class Batches(Protocol):
    """The batches of payments."""

    def list_all(self) -> list[Batch]:
        """All the batches."""

    def forget_accounts(self, batch: Batch) -> None:
        """Mask the accounts in a batch, then say so."""


class Uploads(Protocol):
    """The documents that were joined."""

    def list_of(self, owner: str) -> Sequence[Upload]:
        """The documents of a file."""

    def destroy(self, upload: Upload) -> None:
        """Take one away, the content first; nothing happens if it is gone."""


@dataclass(frozen=True)
class BankDetails:
    """Forgets them: once a transfer cannot be contested any more, or at once where none will ever be made."""

    files: Files
    batches: Batches
    uploads: Uploads
    office: Callable[[], Office]
    clock: Clock

    def forget(self) -> int:
        """Forget the accounts of files and of batches; of how many."""
        months = self.office().delays.bank_details_kept_months
        limit = add_months(paris_day(self.clock()), -months)
        return one_by_one((self._of_files, self._of_batches), lambda chore: chore(limit))

    def _of_files(self, limit: date) -> int:
        ended = sorted(SPENT | WITHOUT_AID)
        listed = [file for status in ended for file in self.files.list_in_status(status)]
        due = [file.id for file in listed if is_due(file, limit)]
        return one_by_one(due, lambda file_id: self._of_file(file_id, limit))

    def _of_file(self, subsidy_id: str, limit: date) -> bool:
        """The list may lag behind; what somebody changes at this moment is left to the next night."""
        file = self.files.find(subsidy_id)
        if file is None or not is_due(file, limit):
            return False
        for upload in self.uploads.list_of(file.id):
            if upload.kind == KIND:
                self.uploads.destroy(upload)
        try:
            self.files.save(self._forgotten(file), [])
        except ChangedMeanwhile:
            return False
        return True

    def _forgotten(self, file: Subsidy) -> Change:
        event = Event.BANK_DETAILS_FORGOTTEN
        return apply(
            file,
            event,
            HistoryLine(self.clock(), SYSTEM, EVENT_WORDS[event]),
            proofs=without_account(file.proofs),
            proof_documents=tuple(one for one in file.proof_documents if one.kind != KIND),
            is_account_forgotten=True,
        )

    def _of_batches(self, limit: date) -> int:
        kept = (one for one in self.batches.list_all() if one.is_closed and not one.is_forgotten)
        return one_by_one([one for one in kept if one.execute_on <= limit], self._of_batch)

    def _of_batch(self, batch: Batch) -> bool:
        self.batches.forget_accounts(batch)
        return True


def is_due(file: Subsidy, limit: date) -> bool:
    """Whether the account of a file, if it may have one, is needed no more; paid on `limit` or before, it is not."""
    if file.is_account_forgotten or file.granted_on is None:
        return False
    is_old = file.paid_on is not None and file.paid_on <= limit
    return file.status in WITHOUT_AID or (file.status in SPENT and is_old)
