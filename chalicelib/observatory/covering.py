"""Which months a report is made of: from the moment it begins, their figures stay as they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.observatory.frames import slices_before
from chalicelib.observatory.months import moved
from chalicelib.observatory.reports import ReportKind
from chalicelib.observatory.slices import Slice, slices_of_month, slices_of_season
from chalicelib.office.observatory import ObservatoryRules


@dataclass(frozen=True)
class Months:
    """The months whose figures a report is made of, in order: of its own year, and of the year compared with."""

    own: tuple[str, ...]
    compared: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Every month of both years, once."""
        return tuple(sorted({*self.own, *self.compared}))

    @property
    def told(self) -> tuple[str, ...]:
        """Those without which it has nothing to say: its own; of a season that has not begun, the year before."""
        return self.own or self.compared


def months_of(kind: ReportKind, about: str, rules: ObservatoryRules) -> Months:
    """The months of the report on a season of the office file, or on a month.

    What a season promises is told by the year before alone: its own months are to come, and take figures.
    """
    slices, past = _both_years(kind, about, rules)
    own = () if kind is ReportKind.OPENING else _months(slices)
    return Months(own, _months(slices_before(slices, past)))


def _both_years(
    kind: ReportKind, about: str, rules: ObservatoryRules
) -> tuple[tuple[Slice, ...], tuple[Slice, ...]]:
    if kind is ReportKind.BULLETIN:
        return slices_of_month(about), slices_of_month(moved(about, -12))
    season = rules.season(about)
    previous = rules.previous(season) if season else None
    return slices_of_season(season) if season else (), slices_of_season(previous) if previous else ()


def _months(slices: Iterable[Slice]) -> tuple[str, ...]:
    return tuple(sorted({one.month for one in slices}))
