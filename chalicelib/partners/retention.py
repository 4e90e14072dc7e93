"""What the privacy page promises: a file that led to no partnership is erased in its time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from chalicelib.kernel.clock import Clock
from chalicelib.kernel.rounds import one_by_one
from chalicelib.office.model import Office
from chalicelib.partners.model import CLOSED, Application, Status


class ClosedFiles(Protocol):
    """The files, for erasing."""

    def list_unchanged_since(self, status: Status, limit: datetime) -> list[str]:
        """The identifiers of files in this status since `limit` or longer, oldest first; it may lag behind."""

    def find(self, application_id: str) -> Application | None:
        """The file, read strongly, or None."""

    def erase(self, application: Application) -> bool:
        """Remove the file and all that belongs to it; False, and nothing removed, if it changed meanwhile."""


@dataclass(frozen=True)
class Retention:
    """Erases what was kept long enough."""

    files: ClosedFiles
    office: Callable[[], Office]
    clock: Clock

    def purge(self) -> int:
        """Erase the closed files that nothing has happened to for as long as the office says; how many."""
        kept_days = self.office().delays.closed_file_purge_days
        if kept_days is None:
            return 0
        limit = self.clock() - timedelta(days=kept_days)
        return one_by_one(self._candidates(limit), lambda file_id: self._erase(file_id, limit))

    def _candidates(self, limit: datetime) -> Iterator[str]:
        for status in sorted(CLOSED):
            yield from self.files.list_unchanged_since(status, limit)

    def _erase(self, application_id: str, limit: datetime) -> bool:
        """The list may lag behind: the file itself says whether it is still closed and old."""
        application = self.files.find(application_id)
        if application is None or application.status not in CLOSED or application.status_since > limit:
            return False
        return self.files.erase(application)
