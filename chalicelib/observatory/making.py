"""From the territory to a draft: parts read one by one, added up, and told in the words of the report."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Protocol

from chalicelib.kernel.clock import Clock, paris_day
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.observatory import archive, parts
from chalicelib.observatory.drafting import Holidays, Source, draft
from chalicelib.observatory.effects import LocalEvent
from chalicelib.observatory.frames import Frame, Frames, frames_of_month, frames_of_season
from chalicelib.observatory.holidays import Calendar
from chalicelib.observatory.model import MonthlyReturn
from chalicelib.observatory.outlook import asking_month
from chalicelib.observatory.parts import Part
from chalicelib.observatory.report_files import ReportFiles
from chalicelib.observatory.reports import Report, ReportKind, ReportStatus
from chalicelib.observatory.tables import Cell
from chalicelib.office.model import Office
from chalicelib.office.observatory import NoObservatory

OTHERS_FIRST = "Un autre bilan est en cours de calcul : celui-ci vient après."
NO_SEASON = "Cette saison n’est plus dans le fichier de l’office\u00a0: remettez-la pour faire son bilan."


class Returns(Protocol):
    """The monthly returns."""

    def list_of(self, month: str, commune: str) -> Iterable[MonthlyReturn]:
        """Those that were asked of a commune for a month."""


class Reports(Protocol):
    """The reports."""

    def list_all(self) -> Sequence[Report]:
        """All of them in the order in which they were begun, read strongly."""


@dataclass(frozen=True)
class Making:
    """Each step may run again: it writes what it wrote before."""

    returns: Returns
    reports: Reports
    files: ReportFiles
    calendar: Calendar
    abroad: Callable[[date], frozenset[str]]
    events: Callable[[], Sequence[LocalEvent]]
    office: Callable[[], Office]
    clock: Clock

    def part_numbers(self) -> list[int]:
        """The parts of the territory, by number: a sector each, and the communes of none."""
        return list(range(len(_communes(self.office()))))

    def read_part(self, report: Report, number: int) -> None:
        """Sum one part up and keep the sums."""
        office = self.office()
        part = parts.read_part(
            _communes(office)[number], self._frames(report, office), _sectors(office), self._reader(report),
            asking_month(report, office.observatory_rules),
        )  # fmt: skip
        self.files.keep_part(report.id, number, parts.to_json(part))

    def draft(self, report: Report) -> None:
        """Add the parts up, hide what is secret, keep what may be said. Raises `FileMissing` without all parts.

        One after the other: each knows what those before it make known. Raises `ChangedMeanwhile` for who has to wait.
        """
        begun = self.reports.list_all()
        _wait_for_turn(report, begun)
        office, on = self.office(), paris_day(self.clock())
        whole = parts.joined(map(parts.from_json, self.files.parts(report.id, len(_communes(office)))))
        frames = self._frames(report, office)
        rule = office.observatory_rules.secrecy_on(on)
        source = Source(report, frames, whole, office, rule, self._holidays(), on)
        others = [one for one in begun if one.status in KNOWN and one.id != report.id]
        made = draft(source, *self._earlier(others, frames, whole))
        self.files.keep_published(report.id, archive.to_json(made.published))
        self.files.keep_content(report.id, made.content)

    def frame_of(self, report: Report) -> Frame:
        """The slices and periods that a report is about, in its own year."""
        return self._frames(report, self.office()).now

    def _reader(self, report: Report) -> parts.Reader:
        """Reads the months that the report holds still; the office file may name others since it was begun."""

        def read(month: str, commune: str) -> Iterable[MonthlyReturn]:
            return self.returns.list_of(month, commune) if month in report.covered else ()

        return read

    def _earlier(self, others: Iterable[Report], frames: Frames, part: Part) -> tuple[list[Cell], list[Cell]]:
        """What every other report makes known that is public, or may still be."""
        known = [cell for one in others for cell in self.files.published(one.id)]
        return _of_year(known, frames.now, part.now.kinds), _of_year(known, frames.before, part.before.kinds)

    def _frames(self, report: Report, office: Office) -> Frames:
        if report.kind is ReportKind.BULLETIN:
            return frames_of_month(report.about, self.calendar, self.events())
        rules = office.observatory_rules
        season = rules.season(report.about)
        if season is None:
            raise NoObservatory(NO_SEASON)
        return frames_of_season(season, rules.previous(season), self.calendar, self.events())

    def _holidays(self) -> Holidays:
        def on(day: date) -> tuple[frozenset[str], frozenset[str]]:
            return self.calendar.zones_on_holiday(day) or frozenset(), self.abroad(day)

        return on


KNOWN = (
    ReportStatus.IN_REVIEW, ReportStatus.AWAITING_APPROVAL, ReportStatus.OVERDUE, ReportStatus.PRINTING,
    ReportStatus.SENDING, ReportStatus.PUBLISHED,
)  # fmt: skip
"""What they say is public, or will be when somebody says so: two drafts of one day know of each other."""


def _wait_for_turn(report: Report, begun: Iterable[Report]) -> None:
    """The order is that in which they were begun: of two at the same instant, one knows of the other."""
    earlier = takewhile(lambda one: one.id != report.id, begun)
    if any(one.status is ReportStatus.GATHERING for one in earlier):
        raise ChangedMeanwhile(OTHERS_FIRST)


def _of_year(known: list[dict[str, object]], frame: Frame, kinds: Iterable[object]) -> list[Cell]:
    return archive.cells_from(known, list(kinds), frame.days)  # type: ignore[arg-type]


def _communes(office: Office) -> list[list[str]]:
    """The communes of each sector, then those of none."""
    sectors = [list(one.communes) for one in office.sectors]
    inside = {commune for sector in sectors for commune in sector}
    rest = [one.insee for one in office.communes if one.insee not in inside]
    return [*sectors, rest] if rest else sectors


def _sectors(office: Office) -> dict[str, str]:
    return {commune: one.name for one in office.sectors for commune in one.communes}
