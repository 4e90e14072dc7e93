"""The figures of a report as they may be published: rates and changes, and in place of some the reason why not."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from chalicelib.observatory.counting import Counts, Period
from chalicelib.observatory.figures import Occupancy, points
from chalicelib.observatory.groups import OF_DAYS, CellKey, PeriodKey, cells, groups
from chalicelib.observatory.primary import Secret
from chalicelib.observatory.suppression import hidden_in_turn
from chalicelib.observatory.tables import Cell
from chalicelib.office.observatory import SecrecyRule


@dataclass(frozen=True)
class Figure:
    """One figure: `secret` says why it is not published, and then nothing else is told.

    `rate` is None where nothing was open; `before`, that of the year before, and `change` (in points) are where there
    is no such rate, or a secret one.
    """

    rate: Fraction | None = None
    use_rate: Fraction | None = None
    before: Fraction | None = None
    change: Fraction | None = None
    secret: Secret | None = None

    @property
    def is_closed(self) -> bool:
        """Whether nothing was open."""
        return self.rate is None and self.secret is None


@dataclass(frozen=True)
class Year:
    """What is known of the report's season in one year: sums, the periods they are of, what was published of them."""

    counts: Counts
    periods: Sequence[tuple[PeriodKey, Period]]
    earlier: Sequence[Cell] = ()


@dataclass(frozen=True)
class Results:
    """The figures of a report by their keys, and what they make known: to be kept for the reports that come after."""

    figures: Mapping[CellKey, Figure]
    published: Sequence[Cell]


def results(now: Year, before: Year, rule: SecrecyRule, rated: Collection[str]) -> Results:
    """The figures of the season beside those of the year before.

    The rate of the year before is known by who knows the rate and its change: it is kept as secret as any other.
    """
    present, published = _open(now, rule, rated)
    past, told = _open(before, rule, rated)
    figures = {key: _compared(figure, past.get(key)) for key, figure in present.items()}
    return Results(figures, [*published, *told])


def _open(year: Year, rule: SecrecyRule, rated: Collection[str]) -> tuple[dict[CellKey, Figure], list[Cell]]:
    listed = cells(groups(year.counts.kinds, rated), year.periods)
    days = [cell for cell in listed if cell.name.period.of in OF_DAYS]
    others = [cell for cell in listed if cell.name.period.of not in OF_DAYS]
    why = hidden_in_turn(others, days, year.counts.sums, rule, year.earlier)
    figures = {cell.name: _figure(cell, year.counts, why.get(cell.name)) for cell in listed}
    return figures, [cell for cell in listed if cell.name not in why]


def _figure(cell: Cell, counts: Counts, secret: Secret | None) -> Figure:
    if secret:
        return Figure(secret=secret)
    found: Occupancy = counts.occupancy(cell.kinds, cell.period)
    return Figure(found.rate, found.use_rate)


def _compared(figure: Figure, past: Figure | None) -> Figure:
    if past is None or past.secret or figure.secret:
        return figure
    return replace(figure, before=past.rate, change=points(figure.rate, past.rate))
