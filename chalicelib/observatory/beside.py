"""What stands beside one's own figures: what reports made known of the territory and of one's kind, never counted anew.

A report keeps every rule of secrecy, and never changes: who looks every day sees the same figures every day.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from chalicelib.kernel.files import FileMissing
from chalicelib.observatory.content import Content, Row, WeekRow, rate_told
from chalicelib.observatory.figures import one_decimal
from chalicelib.observatory.french_figures import french_percent
from chalicelib.observatory.model import MonthlyReturn, rate_of
from chalicelib.observatory.months import moved
from chalicelib.observatory.reports import Report, ReportKind
from chalicelib.observatory.slices import slices_of_season
from chalicelib.office.categories import CATEGORY_LABELS
from chalicelib.office.model import Office
from chalicelib.office.observatory import Season

MOST_REPORTS = 3
MONTHS = 3
"""One's own curve goes over as many."""


class Reports(Protocol):
    """The published reports."""

    def list_published(self) -> Sequence[Report]:
        """All of them, the newest first."""


class Contents(Protocol):
    """What reports say."""

    def content(self, report_id: str) -> Content:
        """What the report says. Raises `FileMissing`."""


@dataclass(frozen=True)
class Position:
    """One's own rate over a season beside that of one's kind, both in words."""

    season: str
    own: str
    kind: str
    group: str


@dataclass(frozen=True)
class Group:
    """What was published: weeks of the whole territory by their labels, and the season that was told of last."""

    weeks: Mapping[str, WeekRow] = field(default_factory=dict)
    season: Season | None = None
    kinds: Sequence[Row] = ()

    def position_of(self, own: Sequence[MonthlyReturn], category: str) -> Position | None:
        """Where an establishment stood in that season; None where one of the two rates is not there."""
        label = CATEGORY_LABELS[category]
        group = rate_told(self.kinds, label)
        if self.season is None or group is None:
            return None
        days = {one.id: one.length_days for one in slices_of_season(self.season)}
        rate = rate_of(own, days)
        if rate is None:
            return None
        return Position(self.season.label, french_percent(one_decimal(rate)), label, french_percent(group))


@dataclass(frozen=True)
class Beside:
    """Reads at most MOST_REPORTS reports."""

    reports: Reports
    contents: Contents
    office: Callable[[], Office]

    def of(self, month: str) -> Group:
        """What was published of the months up to this one."""
        found = [(one, content) for one in self._chosen(month) if (content := self._content(one))]
        weeks = _weeks(content for _, content in found)
        for report, content in found:
            if report.kind is ReportKind.CLOSING:
                return Group(
                    weeks, self.office().observatory_rules.season(report.about), content.rows_of("categories")
                )
        return Group(weeks)

    def _chosen(self, month: str) -> Sequence[Report]:
        """The season that was told of last, then the bulletins of the months, the newest first."""
        published = self.reports.list_published()
        closings = [one for one in published if one.kind is ReportKind.CLOSING][:1]
        bulletins = {one.about: one for one in published if one.kind is ReportKind.BULLETIN}
        wanted = (moved(month, -back) for back in range(MONTHS))
        return [*closings, *(bulletins[one] for one in wanted if one in bulletins)][:MOST_REPORTS]

    def _content(self, report: Report) -> Content | None:
        """One's own figures are shown even where those of a report cannot be read."""
        try:
            return self.contents.content(report.id)
        except FileMissing:
            return None


def _weeks(contents: Iterable[Content]) -> dict[str, WeekRow]:
    """A week that two reports tell of as the one says it that has a rate: a table may hide what another can tell."""
    found: dict[str, WeekRow] = {}
    for week in (week for content in contents for week in content.weeks):
        if week.label not in found or found[week.label].rate is None:
            found[week.label] = week
    return found
