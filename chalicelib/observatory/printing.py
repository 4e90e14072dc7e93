"""An approved report becomes a document, and a picture for mails; what it says is then final."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.kernel.files import PDF, PNG
from chalicelib.observatory.content import Content
from chalicelib.observatory.pictures import WEEKS
from chalicelib.observatory.printed import PICTURE, REPORT, picture, season_report
from chalicelib.observatory.report_files import ReportFiles
from chalicelib.observatory.reports import Report
from chalicelib.observatory.sending import document_key, picture_key
from chalicelib.office.model import Office


class Store(Protocol):
    """Where documents are kept."""

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """Keep a file, in place of the one of that key."""


class Printer(Protocol):
    """Prints templates."""

    def pdf(self, template: str, data: Mapping[str, Any], made_at: datetime) -> bytes:
        """The printed template."""

    def png(self, template: str, data: Mapping[str, Any]) -> list[bytes]:
        """Its pages as pictures."""


@dataclass(frozen=True)
class Printing:
    """Prints as often as it is asked to; the last one is kept."""

    store: Store
    files: ReportFiles
    printer: Printer
    office: Callable[[], Office]
    clock: Clock

    def print(self, report: Report) -> None:
        """Keep what the report says with its commentary and its day, the document, and the picture."""
        now, office = self.clock(), self.office()
        content = final(self.files.content(report.id), report, now)
        self.files.keep_content(report.id, content)
        self.store.put(
            document_key(report.id), self.printer.pdf(REPORT, season_report(office, content), now), PDF
        )
        drawn = picture(content, WEEKS)
        if drawn:
            pages = self.printer.png(PICTURE, drawn)
            self.store.put(picture_key(report.id), pages[0], PNG)


def final(content: Content, report: Report, at: datetime) -> Content:
    """The draft with what the office says of it, and the day on which it is published."""
    paragraphs = tuple(line.strip() for line in report.commentary.splitlines() if line.strip())
    return replace(content, commentary=paragraphs, published_on=paris_day(at).isoformat())
