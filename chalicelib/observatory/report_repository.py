"""Reports in DynamoDB: each change one transaction with its line and its mails. What they say is in files."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pynamodb.exceptions import DoesNotExist
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb import committed, held
from chalicelib.adapters.history import LINE, line_from
from chalicelib.adapters.records import POINTER
from chalicelib.kernel.clock import iso
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import Message
from chalicelib.mail.repository import OutboxRepository
from chalicelib.observatory.covered_repository import cover, uncover
from chalicelib.observatory.items import (
    BEGUN,
    HEAD,
    BegunItem,
    LineItem,
    ReportItem,
    ReportStatusIndex,
    SlugItem,
    report_key,
    slug_key,
)
from chalicelib.observatory.report_mapping import report_from, report_item, report_line, status_key
from chalicelib.observatory.reports import DRIVEN, Report, ReportChange, ReportEvent, ReportStatus

CHANGED = "Ce bilan a changé entre-temps\u00a0: rechargez la page."


class ReportRepository:
    """The reports of the deployment."""

    def __init__(self, outbox: OutboxRepository) -> None:
        self.outbox = outbox

    def add(self, report: Report, line: HistoryLine) -> bool:
        """Keep a new report as the last one, made of its months from now on; False if there is one of that address."""

        def write(transaction: TransactWrite) -> None:
            transaction.save(report_item(report), condition=ReportItem.pk.does_not_exist())
            pointer = SlugItem(pk=slug_key(report.slug), record_id=report.id)
            transaction.save(pointer, condition=SlugItem.pk.does_not_exist())
            transaction.save(report_line(report, line), condition=LineItem.pk.does_not_exist())
            begun = BegunItem.reports
            transaction.update(BegunItem(BEGUN, BEGUN), [begun.set((begun | []).append([report.id]))])
            cover(transaction, report)

        return committed(write)

    def save(self, change: ReportChange, mails: Sequence[Message]) -> None:
        """Keep a change; one that is dropped is made of no month any more. Raises `ChangedMeanwhile`."""

        def write(transaction: TransactWrite) -> None:
            unchanged = ReportItem.version == change.before.version
            transaction.save(report_item(change.after), condition=unchanged)
            transaction.save(report_line(change.after, change.line), condition=LineItem.pk.does_not_exist())
            if change.event is ReportEvent.DROPPED:
                uncover(transaction, change.after)
            for mail in mails:
                self.outbox.put_within(transaction, mail, change.line.at)

        if not committed(write):
            raise ChangedMeanwhile(CHANGED)

    def find(self, report_id: str) -> Report | None:
        """The report, read strongly, or None."""
        try:
            return report_from(ReportItem.get(report_key(report_id), HEAD, consistent_read=True))
        except DoesNotExist:
            return None

    def find_by_slug(self, slug: str) -> Report | None:
        """The report at this address, or None."""
        try:
            pointer = SlugItem.get(slug_key(slug), POINTER, consistent_read=True)
        except DoesNotExist:
            return None
        return self.find(pointer.record_id)

    def list_all(self) -> list[Report]:
        """Every report that is there in the order in which they were begun, read strongly."""
        begun = _begun()
        keys = [(report_key(one), HEAD) for one in begun]
        items: Any = ReportItem.batch_get(keys, consistent_read=True) if keys else ()
        found = {one.id: one for one in map(report_from, items)}
        return [found[one] for one in begun if one in found]

    def list_in_status(self, *statuses: ReportStatus) -> list[Report]:
        """The reports in these statuses, those that came to it last first; it may lag behind."""
        found: list[Any] = [
            item
            for status in statuses
            for item in ReportItem.by_status.query(status_key(status), scan_index_forward=False)
        ]
        return [report_from(item) for item in found]

    def list_in_progress(self, unchanged_since: datetime) -> list[str]:
        """The identifiers of the reports that a run works on, unchanged since; it may lag behind."""
        found: list[Any] = [
            item
            for status in DRIVEN
            for item in ReportItem.by_status.query(
                status_key(status), ReportStatusIndex.status_since <= iso(unchanged_since)
            )
        ]
        return [report_from(item).id for item in found]

    def renew_run(self, report: Report) -> Report:
        """Count one more run of the process. Raises `ChangedMeanwhile`."""
        item = ReportItem(report_key(report.id), HEAD)
        unchanged = (ReportItem.version == report.version) & (ReportItem.run == report.run)
        if not held(lambda: item.update([ReportItem.run.set(report.run + 1)], unchanged)):
            raise ChangedMeanwhile(CHANGED)
        return report_from(item)

    def list_history(self, report: Report) -> list[HistoryLine]:
        """The lines of a report, oldest first."""
        found = LineItem.query(report_key(report.id), LineItem.sk.startswith(LINE), consistent_read=True)
        return [line_from(item) for item in found]


def _begun() -> list[str]:
    try:
        return list(BegunItem.get(BEGUN, BEGUN, consistent_read=True).reports)
    except DoesNotExist:
        return []
