"""The PDFs of a file: printed after the fact, kept, sent; printed again at will."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Protocol

from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.kernel.days import add_months
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.rounds import one_by_one
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.subsidies import emails
from chalicelib.subsidies.assessing import Assessor
from chalicelib.subsidies.changes import Change, apply
from chalicelib.subsidies.model import AWARD, RECEIPT, PrintedDocument, Subsidy, SubsidyUnknown
from chalicelib.subsidies.statuses import Event
from chalicelib.subsidies.wording import EVENT_WORDS

SYSTEM = "Cordée"
PDF = "application/pdf"
PATIENCE = timedelta(hours=1)
"""So long the machine itself tries to print a receipt."""
EVENT_OF = {RECEIPT: Event.PRINTED, AWARD: Event.NOTIFIED}


def printed_of(subsidy_id: str) -> str:
    """How the keys begin under which the PDFs of a file are kept."""
    return f"printed/{subsidy_id}/"


class Files(Protocol):
    """The files whose PDFs are printed."""

    def find(self, subsidy_id: str) -> Subsidy | None:
        """The file, read strongly, or None."""

    def list_in_progress(self, unchanged_since: datetime) -> list[str]:
        """The identifiers of the files that the award machine works on, unchanged since; it may lag behind."""

    def save(self, change: Change, mails: list[Message]) -> None:
        """Keep a change. Raises `ChangedMeanwhile`."""


class Store(Protocol):
    """Where PDFs are kept."""

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """Keep a file, in place of the one of that key."""


class Printer(Protocol):
    """Makes PDFs."""

    def pdf(self, template: str, data: Mapping[str, Any], made_at: datetime) -> bytes:
        """The printed template."""


@dataclass(frozen=True)
class Printing:
    """Prints what is due; `data_of` gives what a kind of document says of a file."""

    files: Files
    store: Store
    printer: Printer
    assessor: Assessor
    data_of: Callable[[str, Subsidy, datetime], Mapping[str, Any]]
    office_at: Callable[[int], Office]
    clock: Clock

    def write(self, subsidy_id: str, kind: str) -> Subsidy:
        """Print and send what is due of that kind; nothing when it was done, or is not due any more."""
        subsidy = self.files.find(subsidy_id)
        if subsidy is None:
            raise SubsidyUnknown
        if subsidy.document_due != kind:
            return subsidy
        change = self._change(subsidy, kind)
        office = self.office_at(subsidy.office_version)
        self.files.save(change, emails.mails_of(change, office))
        return change.after

    def catch_up(self) -> int:
        """Print and send the receipts that their machine could not; how many."""
        late = self.files.list_in_progress(self.clock() - PATIENCE)
        return one_by_one(late, self._catch_up)

    def _catch_up(self, subsidy_id: str) -> bool:
        subsidy = self.files.find(subsidy_id)
        if subsidy is None or subsidy.document_due != RECEIPT:
            return False
        self.write(subsidy_id, RECEIPT)
        return True

    def _change(self, subsidy: Subsidy, kind: str) -> Change:
        now = self.clock()
        printed = self._print(subsidy, kind, now)
        event = EVENT_OF[kind]
        line = HistoryLine(now, SYSTEM, EVENT_WORDS[event])
        return apply(
            subsidy, event, line, printed=(*subsidy.printed, printed), **self._dates(subsidy, kind, now)
        )

    def _print(self, subsidy: Subsidy, kind: str, now: datetime) -> PrintedDocument:
        """The key names the version of the file: what was printed for another one is never replaced."""
        content = self.printer.pdf(f"subsidies/{kind}.typ", self.data_of(kind, subsidy, now), now)
        key = f"{printed_of(subsidy.id)}{kind}-{subsidy.version}.pdf"
        self.store.put(key, content, PDF)
        return PrintedDocument(kind, key, sha256(content).hexdigest(), now)

    def _dates(self, subsidy: Subsidy, kind: str, now: datetime) -> dict[str, Any]:
        if kind != AWARD:
            return {}
        day, scheme = paris_day(now), self.assessor.scheme_of(subsidy)
        return {"notified_on": day, "lapses_on": add_months(day, scheme.completion_months)}
