"""The published reports, for everybody: what each says, and its document; drafts look as if they were not there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from chalicelib.observatory.content import Content
from chalicelib.observatory.due import title_of
from chalicelib.observatory.reports import PUBLIC, Report, ReportKind, ReportStatus, ReportUnknown

BULLETINS = "Bulletins mensuels"
NO_DAY = ""


class Reports(Protocol):
    """The reports, published or not."""

    def find_by_slug(self, slug: str) -> Report | None:
        """The report at this address, or None."""

    def list_in_status(self, *statuses: ReportStatus) -> Sequence[Report]:
        """The reports in these statuses."""


class Contents(Protocol):
    """What reports say."""

    def content(self, report_id: str) -> Content:
        """What the report says."""


@dataclass(frozen=True)
class Published:
    """A report that anybody may read."""

    report: Report
    content: Content


@dataclass(frozen=True)
class Shelf:
    """The reports of a season, or the bulletins of a year, the newest first: each with its title."""

    heading: str
    reports: Sequence[tuple[str, Report]]


@dataclass(frozen=True)
class PublishedReports:
    """What is published; `document_link` leads to the document of a report for some minutes."""

    reports: Reports
    contents: Contents
    document_link: Callable[[Report], str]

    def find(self, slug: str) -> Published | None:
        """The published report at this address, or None."""
        report = self.reports.find_by_slug(slug)
        if report is None or not report.is_public:
            return None
        return Published(report, self.contents.content(report.id))

    def get(self, slug: str) -> Published:
        """The same. Raises `ReportUnknown`."""
        found = self.find(slug)
        if found is None:
            raise ReportUnknown
        return found

    def list_published(self) -> list[Report]:
        """Every published report, the newest first."""
        return sorted(self.reports.list_in_status(*sorted(PUBLIC)), key=_newest, reverse=True)


def shelves(reports: Iterable[Report]) -> list[Shelf]:
    """The reports by season, bulletins by year, in the order in which they come."""
    found: dict[str, list[tuple[str, Report]]] = {}
    for one in reports:
        found.setdefault(_heading(one), []).append((title_of(one.kind, one.about, one.subject), one))
    return [Shelf(heading, listed) for heading, listed in found.items()]


def _heading(report: Report) -> str:
    if report.kind is ReportKind.BULLETIN:
        return f"{BULLETINS} de {report.about[:4]}"
    return report.subject


def _newest(report: Report) -> str:
    return report.published_at.isoformat() if report.published_at else NO_DAY
