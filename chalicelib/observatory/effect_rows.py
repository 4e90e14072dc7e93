"""Events as a report tells of them: by day where enough gave each day, else by week, each with how it was compared."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from chalicelib.kernel.french import NBSP, french_integer, french_month, french_period
from chalicelib.observatory.content import Effect
from chalicelib.observatory.counting import Counts
from chalicelib.observatory.days import day_of
from chalicelib.observatory.effects import LocalEvent
from chalicelib.observatory.figures import one_decimal, points, tenths
from chalicelib.observatory.frames import Frames
from chalicelib.observatory.groups import ALL, CellKey, PeriodKey
from chalicelib.observatory.months import month_of
from chalicelib.observatory.results import Figure, Results

MOST_NAMED = 14
"""So many days are named one by one; more are counted."""
BY_WEEK = (
    "Les semaines qui ont un jour de l’événement et, pour comparer, celles sans aucun événement, à quatre semaines "
    "près, avec autant de zones en vacances."
)
ALIKE = "mêmes jours de la semaine, autant de zones en vacances, aucun événement"
ALIKE_WITHOUT_ZONES = "mêmes jours de la semaine, aucun événement"


def effects_of(frames: Frames, counts: Counts, found: Results) -> Iterator[Effect]:
    """Only where both rates may be told: one without the other says nothing."""
    for event in frames.events:
        by_day = _rates(event, found, "event_days", "comparable_days")
        by_week = _rates(event, found, "event", "comparable")
        if by_day:
            yield Effect(*by_day, method=_by_day(event, frames, counts))
        elif by_week:
            yield Effect(*by_week, method=BY_WEEK)


def _rates(
    event: LocalEvent, found: Results, of: str, beside: str
) -> tuple[str, str, float, float, float | None] | None:
    """The event, its days, both rates and their difference; None where one of them may not be told."""
    during = found.figures.get(CellKey(ALL, PeriodKey(of, event.id)), Figure()).rate
    alike = found.figures.get(CellKey(ALL, PeriodKey(beside, event.id)), Figure()).rate
    if during is None or alike is None:
        return None
    days = french_period(event.first, event.last)
    return event.label, days, one_decimal(during), one_decimal(alike), tenths(points(during, alike))


def _by_day(event: LocalEvent, frames: Frames, counts: Counts) -> str:
    periods = dict(frames.now.periods)
    during, alike = (periods[PeriodKey(of, event.id)] for of in ("event_days", "comparable_days"))
    given = french_integer(counts.sums.tally(counts.kinds, during).count)
    why = ALIKE_WITHOUT_ZONES if frames.zones is None else ALIKE
    return (
        f"Les jours de l’événement et, pour comparer, {named(alike)} ({why}), dans les {given}{NBSP}établissements "
        "ouverts qui ont donné leurs chiffres jour par jour."
    )


def named(period: Iterable[str]) -> str:
    """`les 3, 4 et 10 juillet 2027`, `le 31 juillet 2027, le 1er août 2027`, `23 jours`."""
    days = sorted(map(day_of, period))
    if len(days) > MOST_NAMED:
        return f"{len(days)}{NBSP}jours des mêmes mois"
    return ", ".join(_of_month(list(inside)) for _, inside in groupby(days, month_of))


def _of_month(days: Sequence[date]) -> str:
    numbers = ["1er" if day.day == 1 else str(day.day) for day in days]
    *others, last = numbers
    told = f"les {', '.join(others)} et {last}" if others else f"le {last}"
    return f"{told}{NBSP}{french_month(days[0])}"
