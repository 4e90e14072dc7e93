"""Figures that are possible, and strange: staff ask about them, the establishment corrects or confirms them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from chalicelib.kernel.french import french_month
from chalicelib.observatory.figures import Occupancy, points
from chalicelib.observatory.french_figures import french_percent
from chalicelib.observatory.model import MonthlyReturn
from chalicelib.observatory.months import first_day
from chalicelib.observatory.slices import slices_of_month

LEAST_WEEKS = 4
PERCENT = 100


class Doubt(StrEnum):
    """What makes figures strange."""

    JUMP = "jump"
    FULL = "full"
    SAME = "same"


@dataclass(frozen=True)
class Doubtful:
    """A doubt, and what it rests on: a sentence for staff and for the establishment itself."""

    doubt: Doubt
    sentence: str


def doubts(
    given: MonthlyReturn,
    month_before: MonthlyReturn | None,
    year_before: MonthlyReturn | None,
    jump_percent: int,
) -> Iterator[Doubtful]:
    """What is strange in given figures and not answered; each doubt at most once for a month."""
    found = {
        Doubt.JUMP: _jump(given, year_before, jump_percent),
        Doubt.FULL: _full(given),
        Doubt.SAME: _same(given, month_before),
    }
    for doubt, sentence in found.items():
        if sentence and given.is_given and not given.has_answered(doubt):
            yield Doubtful(doubt, sentence)


def occupancy_of(given: MonthlyReturn) -> Occupancy:
    """The sum of a month."""
    return given.occupancy(_days(given.month))


def _days(month: str) -> Mapping[str, int]:
    return {one.id: one.length_days for one in slices_of_month(month)}


def _jump(given: MonthlyReturn, before: MonthlyReturn | None, jump_percent: int) -> str:
    if before is None or not before.is_given:
        return ""
    now, then = occupancy_of(given).rate, occupancy_of(before).rate
    change = points(now, then)
    if now is None or then is None or change is None or abs(change) <= jump_percent:
        return ""
    month = french_month(first_day(before.month))
    return f"Le taux du mois est de {_percent(now)}, contre {_percent(then)} en {month}."


def _full(given: MonthlyReturn) -> str:
    sold = occupancy_of(given)
    return "Tout est loué, chaque nuit du mois." if sold.rate == 1 else ""


def _same(given: MonthlyReturn, before: MonthlyReturn | None) -> str:
    if before is None or not before.is_given:
        return ""
    now, then = _weeks(given), _weeks(before)
    common = min(len(now), len(then))
    is_same = common >= LEAST_WEEKS and any(now[:common]) and now[:common] == then[:common]
    month = french_month(first_day(before.month))
    return f"Les nuits vendues sont les mêmes, semaine par semaine, qu’en {month}." if is_same else ""


def _weeks(given: MonthlyReturn) -> list[int]:
    return [given.sold[key].occupied for key in sorted(given.sold)]


def _percent(rate: Fraction) -> str:
    return french_percent(float(rate * PERCENT))
