"""Stages of the town at which a report is read by the office, is late, or is published."""

from typing import Any

from chalicelib.kernel.files import PDF
from chalicelib.kernel.history import HistoryLine
from chalicelib.observatory import bootstrap
from chalicelib.observatory.reports import Report, ReportKind, ReportStatus
from chalicelib.observatory.sending import document_key
from chalicelib.uploads.bootstrap import files
from tests.harness.world import FaultyWorld
from tests.unit.documents.report_samples import a_report

SLUG = "bilan-hiver-2026-2027"
DRAFT_SLUG = "bilan-automne-2026"
"""Of the one that is not published."""


def publish(world: FaultyWorld) -> None:
    """A report is published."""
    report = _stands(SLUG, ReportStatus.PUBLISHED, published_at=bootstrap.now())
    files().put(document_key(report.id), b"%PDF-1.7", PDF)


def read(world: FaultyWorld) -> None:
    """The office reads the draft of a report."""
    _stands(DRAFT_SLUG, ReportStatus.IN_REVIEW)


def leave(world: FaultyWorld) -> None:
    """Nobody answered in time."""
    _stands(DRAFT_SLUG, ReportStatus.OVERDUE)


def _stands(slug: str, status: ReportStatus, **more: Any) -> Report:
    now, about = bootstrap.now(), slug.removeprefix("bilan-")
    subject = about.capitalize().replace("-", " ", 1)
    report = Report(f"id-{about}", slug, ReportKind.CLOSING, about, subject, status, now, now, 1, **more)
    bootstrap.reports().add(report, HistoryLine(now, "Cordée", "Bilan commencé"))
    bootstrap.report_files().keep_content(report.id, a_report())
    return report
