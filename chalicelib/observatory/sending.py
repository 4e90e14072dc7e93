"""A published report goes to those whom it concerns: in batches, each mail once, partners with their own position."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from chalicelib.kernel.clock import Clock
from chalicelib.kernel.files import PNG
from chalicelib.kernel.rounds import one_by_one
from chalicelib.mail.model import AttachedFile, Message
from chalicelib.observatory.content import Content, rate_told
from chalicelib.observatory.figures import one_decimal
from chalicelib.observatory.frames import Frame
from chalicelib.observatory.french_figures import french_percent
from chalicelib.observatory.model import MonthlyReturn, rate_of
from chalicelib.observatory.paths import PUBLIC_PAGE
from chalicelib.observatory.pictures import said_of_weeks
from chalicelib.observatory.presenting import key_figure_in_words
from chalicelib.observatory.report_files import ReportFiles
from chalicelib.observatory.reports import Report
from chalicelib.office.categories import CATEGORY_LABELS
from chalicelib.office.model import Office

BATCH = 100
PARTNER, ELECTED, PRESS = "partner", "elected", "press"


@dataclass(frozen=True)
class Reader:
    """Who is told: `lodging` is the establishment that has a position of its own, empty for who has none."""

    email: str
    audience: str
    lodging: str = ""
    category: str = ""


class Partners(Protocol):
    """The partners of the office."""

    def list_readers(self) -> Iterable[Reader]:
        """Every active partner."""


class Returns(Protocol):
    """The monthly returns."""

    def list_own(self, establishment_id: str, since: str) -> Sequence[MonthlyReturn]:
        """The returns of an establishment from a month on."""


@dataclass(frozen=True)
class Sending:
    """Each step may run again: a batch that was told is told nothing twice."""

    partners: Partners
    returns: Returns
    files: ReportFiles
    frame_of: Callable[[Report], Frame]
    enqueue: Callable[[Message], bool]
    office: Callable[[], Office]
    clock: Clock

    def list_batches(self, report: Report) -> list[int]:
        """Keep who is to be told, batch by batch; the numbers of the batches."""
        readers = list(self._readers())
        batches = [readers[start : start + BATCH] for start in range(0, len(readers), BATCH)]
        for number, batch in enumerate(batches):
            self.files.keep_batch(report.id, number, [vars(one) for one in batch])
        return list(range(len(batches)))

    def send_batch(self, report: Report, number: int) -> int:
        """Write the mails of one batch; how many are new."""
        content, frame = self.files.content(report.id), self.frame_of(report)
        readers = [Reader(**one) for one in self.files.batch(report.id, number)]
        return one_by_one(readers, lambda reader: self.enqueue(self._mail(report, reader, content, frame)))

    def _readers(self) -> Iterator[Reader]:
        """Each address once; a partner who is on another list too is told as a partner."""
        told: set[str] = set()
        for reader in self._listed():
            if reader.email.lower() not in told:
                told.add(reader.email.lower())
                yield reader

    def _listed(self) -> Iterator[Reader]:
        rules = self.office().observatory_rules
        yield from sorted(self.partners.list_readers(), key=lambda one: (not one.lodging, one.email))
        yield from (Reader(one.email, ELECTED) for one in rules.elected)
        yield from (Reader(one.email, PRESS) for one in rules.press)

    def _mail(self, report: Report, reader: Reader, content: Content, frame: Frame) -> Message:
        context = {
            "title": content.title,
            "audience": reader.audience,
            "figures": [key_figure_in_words(one) for one in content.key_figures],
            "commentary": list(content.commentary),
            "own": self._position(reader, content, frame),
            "page": f"{PUBLIC_PAGE}/{report.slug}",
            "picture": said_of_weeks(content.weeks) if content.weeks else "",
        }
        chart = AttachedFile(picture_key(report.id), f"{report.slug}.png", PNG)
        attachments = (chart,) if content.weeks else ()
        return Message(
            "observatory/report", reader.email, report.id, "published", context, attachments=attachments
        )

    def _position(self, reader: Reader, content: Content, frame: Frame) -> Mapping[str, str]:
        """Their own rate beside that of their kind, empty if it is not published; nothing where they gave nothing."""
        if not reader.lodging or not frame.months:
            return {}
        own = rate_of(self.returns.list_own(reader.lodging, frame.months[0]), frame.days)
        if own is None:
            return {}
        label = CATEGORY_LABELS[reader.category]
        group = rate_told(content.rows_of("categories"), label)
        told = "" if group is None else french_percent(group)
        return {"rate": french_percent(one_decimal(own)), "kind": label, "group": told}


def picture_key(report_id: str) -> str:
    """Where the picture for mails is kept."""
    return f"printed/{report_id}/chart.png"


def document_key(report_id: str) -> str:
    """Where the document is kept."""
    return f"printed/{report_id}/report.pdf"
