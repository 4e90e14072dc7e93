"""A stage of the town at which a report is published."""

from chalicelib.kernel.files import PDF
from chalicelib.kernel.history import HistoryLine
from chalicelib.observatory import bootstrap
from chalicelib.observatory.reports import Report, ReportKind, ReportStatus
from chalicelib.observatory.sending import document_key
from chalicelib.uploads.bootstrap import files
from tests.harness.world import FaultyWorld
from tests.unit.documents.report_samples import a_report

SLUG = "bilan-hiver-2026-2027"


def publish(world: FaultyWorld) -> None:
    """A report is published."""
    now = bootstrap.now()
    report = Report(
        "r1", SLUG, ReportKind.CLOSING, "hiver-2026-2027", "Hiver 2026-2027", ReportStatus.PUBLISHED, now, now, 1,
        published_at=now,
    )  # fmt: skip
    bootstrap.reports().add(report, HistoryLine(now, "Cordée", "Bilan publié"))
    bootstrap.report_files().keep_content(report.id, a_report())
    files().put(document_key(report.id), b"%PDF-1.7", PDF)
