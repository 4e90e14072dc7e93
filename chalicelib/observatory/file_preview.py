"""What a file of one establishment says of one month: week by week beside what stands, or why it cannot be taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chalicelib.kernel.french import capitalised, french_of_month, french_period
from chalicelib.observatory.model import MonthlyReturn, Sold
from chalicelib.observatory.months import first_day
from chalicelib.observatory.reading.entries import Problem
from chalicelib.observatory.reading.headers import ARRIVALS, FIGURES, LABELS, NIGHTS
from chalicelib.observatory.reading.reading import Reading
from chalicelib.observatory.reading.sums import MonthRead, untrue
from chalicelib.observatory.slices import Slice, slices_of_month

MOST_TOLD = 50
"""So many problems a page shows; the others are counted."""
SEVERAL = "Ce fichier parle de plusieurs établissements\u00a0: n’y gardez que les lignes du vôtre."


@dataclass(frozen=True)
class WeekRead:
    """A slice as the file has it, and as it stands, if it does and differs."""

    title: str
    sold: Sold
    standing: Sold | None


@dataclass(frozen=True)
class Preview:
    """What would be kept; `columns` say for each figure what its title is in the file, `notes` what is left out."""

    sold: Mapping[str, Sold]
    weeks: Sequence[WeekRead]
    columns: Sequence[tuple[str, str]]
    problems: Sequence[Problem]
    notes: Sequence[str]

    @property
    def is_good(self) -> bool:
        """Whether the figures can be kept."""
        return not self.problems

    @property
    def told(self) -> Sequence[Problem]:
        """The first problems."""
        return self.problems[:MOST_TOLD]


def preview(reading: Reading, asked: MonthlyReturn) -> Preview:
    """The month that is asked for, out of all that was read."""
    own = [month for (_, name), month in reading.months.items() if name == asked.month]
    month = own[0] if len(own) == 1 else MonthRead("", asked.month)
    return Preview(
        month.sold,
        [_week(one, month, asked) for one in slices_of_month(asked.month) if one.id in month.sold],
        [(LABELS[name], title) for name, title in reading.columns.titles.items()],
        _problems(reading, own, asked),
        list(_notes(reading, asked)),
    )


def _problems(reading: Reading, own: Sequence[MonthRead], asked: MonthlyReturn) -> list[Problem]:
    """All that stands in the way: of a line whose day cannot be read nobody knows the month."""
    of_file = list(reading.problems)
    if len(own) > 1:
        return [*of_file, Problem(0, SEVERAL)]
    if not own:
        none = f"Ce fichier n’a aucune ligne {french_of_month(first_day(asked.month))}."
        return [*of_file, Problem(0, none)]
    found = [*of_file, *own[0].problems, *untrue(own[0], asked.establishment)]
    return sorted(found, key=lambda problem: problem.line)


def _notes(reading: Reading, asked: MonthlyReturn) -> Sequence[str]:
    others = sorted({month for _, month in reading.months} - {asked.month})
    notes = []
    if others:
        named = ", ".join(french_of_month(first_day(month)) for month in others[:12])
        notes.append(f"Les lignes d’autres mois ne sont pas reprises\u00a0: celles {named}.")
    alone = [name for name in (NIGHTS, ARRIVALS) if name in reading.columns.at]
    if len(alone) == 1:
        notes.append(
            "Les nuitées et les arrivées ne sont reprises qu’ensemble\u00a0: il n’y a qu’une des deux colonnes."
        )
    return notes


def _week(one: Slice, month: MonthRead, asked: MonthlyReturn) -> WeekRead:
    sold, standing = month.sold[one.id], asked.sold.get(one.id)
    title = capitalised(french_period(one.first, one.last))
    return WeekRead(title, sold, standing if standing != sold else None)


def figures(sold: Sold | None) -> dict[str, int | None]:
    """The four figures by their names; None for what was not said."""
    if sold is None:
        return dict.fromkeys(FIGURES)
    guests = (sold.guests.nights, sold.guests.arrivals) if sold.guests else (None, None)
    return dict(zip(FIGURES, (sold.offered, sold.occupied, *guests), strict=True))
