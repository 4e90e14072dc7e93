"""What the privacy page promises: aid files that ended are erased in their time, with all that belongs to them.

What an erased file counts for stays in the totals of its year, which name nobody: docs/decisions/0031.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from chalicelib.kernel.clock import Clock, paris_day, year_begins
from chalicelib.kernel.files import StoredFile
from chalicelib.kernel.rounds import one_by_one
from chalicelib.office.model import Office
from chalicelib.subsidies.batches import Batch
from chalicelib.subsidies.model import Subsidy
from chalicelib.subsidies.printing import printed_of
from chalicelib.subsidies.statuses import WITHOUT_AID, Status


class EndedFiles(Protocol):
    """The files, for erasing."""

    def list_unchanged_since(self, status: Status, limit: datetime) -> list[str]:
        """The identifiers of files in this status since `limit` or longer, oldest first; it may lag behind."""

    def find(self, subsidy_id: str) -> Subsidy | None:
        """The file, read strongly, or None."""

    def erase(self, subsidy: Subsidy) -> bool:
        """Remove the rows of the file; False if it changed meanwhile."""


class Batches(Protocol):
    """The batches of payments."""

    def list_all(self) -> list[Batch]:
        """All the batches."""

    def remove_empty(self, batch: Batch) -> bool:
        """Forget a closed batch whose payments are all erased; False while there is one."""


class Uploads(Protocol):
    """The documents that were joined."""

    def erase(self, owner: str) -> None:
        """Forget all documents of a file."""


class Papers(Protocol):
    """Where PDFs are kept."""

    def list_under(self, prefix: str) -> list[StoredFile]:
        """The PDFs whose keys begin with `prefix`."""

    def delete(self, *keys: str) -> None:
        """Forget them, if they are there."""


@dataclass(frozen=True)
class Retention:
    """Erases what was kept long enough."""

    files: EndedFiles
    batches: Batches
    uploads: Uploads
    papers: Papers
    office: Callable[[], Office]
    clock: Clock

    def purge(self) -> int:
        """Erase the files that ended as long ago as the office says, with or without an aid; how many."""
        return one_by_one((self._without_aid, self._paid), lambda chore: chore())

    def _without_aid(self) -> int:
        kept_days = self.office().delays.closed_file_purge_days
        if kept_days is None:
            return 0
        return self._erase_before(WITHOUT_AID, self.clock() - timedelta(days=kept_days))

    def _paid(self) -> int:
        """Accounts are kept from the end of their year."""
        years = self.office().delays.paid_aid_kept_years
        limit = year_begins(paris_day(self.clock()).year - years)
        erased = self._erase_before([Status.CLOSED], limit)
        old = [one for one in self.batches.list_all() if one.is_closed and one.created_at < limit]
        one_by_one(old, self.batches.remove_empty)
        return erased

    def _erase_before(self, statuses: Iterable[Status], limit: datetime) -> int:
        ended = frozenset(statuses)
        listed = [one for status in sorted(ended) for one in self.files.list_unchanged_since(status, limit)]
        return one_by_one(listed, lambda file_id: self._erase(file_id, ended, limit))

    def _erase(self, subsidy_id: str, ended: frozenset[Status], limit: datetime) -> bool:
        """The list may lag behind: the file itself says whether it ended long ago, and then nothing moves it any more.

        Its rows go last: what a crash leaves is found by them the next night.
        """
        subsidy = self.files.find(subsidy_id)
        if subsidy is None or subsidy.status not in ended or subsidy.status_since > limit:
            return False
        self.uploads.erase(subsidy.id)
        self.papers.delete(*(each.key for each in self.papers.list_under(printed_of(subsidy.id))))
        return self.files.erase(subsidy)
