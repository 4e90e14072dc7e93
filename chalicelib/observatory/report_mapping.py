"""Reports to stored items and back."""

from datetime import datetime
from typing import Any

from chalicelib.adapters.history import line_attributes
from chalicelib.kernel.clock import iso
from chalicelib.kernel.history import HistoryLine
from chalicelib.observatory.items import HEAD, LineItem, ReportItem, report_key, report_line_key
from chalicelib.observatory.reports import Report, ReportKind, ReportStatus

NOBODY = "-"
"""Reports are found by where they stand, never by whose they are."""
_IN_ITEM = frozenset({"id", "slug", "status", "status_since", "version", "run"})
_MOMENTS = ("created_at", "published_at")


def report_item(report: Report) -> ReportItem:
    """The item of a report."""
    stored: dict[str, Any] = {name: value for name, value in vars(report).items() if name not in _IN_ITEM}
    moments = {name: iso(stored[name]) if stored[name] else "" for name in _MOMENTS}
    return ReportItem(
        pk=report_key(report.id),
        sk=HEAD,
        reference=report.slug,
        status_key=status_key(report.status),
        status_since=iso(report.status_since),
        holder_key=NOBODY,
        holder_sort=iso(report.created_at),
        file={**stored, **moments, "kind": report.kind.value},
        version=report.version,
        run=report.run,
    )


def report_from(item: ReportItem) -> Report:
    """The report that an item holds."""
    stored: dict[str, Any] = dict(item.file)
    moments = {name: datetime.fromisoformat(stored[name]) if stored[name] else None for name in _MOMENTS}
    told = {"kind": ReportKind(stored["kind"]), "covered": tuple(stored["covered"])}
    return Report(
        id=item.pk.partition("#")[2],
        slug=item.reference,
        status=ReportStatus(item.status_key.partition("#")[2]),
        status_since=datetime.fromisoformat(item.status_since),
        version=int(item.version),
        run=int(item.run),
        **{**stored, **moments, **told},
    )


def status_key(status: ReportStatus) -> str:
    """Where a report stands, as the index knows it."""
    return f"report#{status.value}"


def report_line(report: Report, line: HistoryLine) -> LineItem:
    """The item of the line that goes with this version of a report."""
    return LineItem(pk=report_key(report.id), sk=report_line_key(report.version), **line_attributes(line))
