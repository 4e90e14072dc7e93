"""The shortest time that figures are kept for: weeks from Monday to Sunday, cut where months end.

Months and weeks are both made of whole slices, and no figure is ever split. Seasons begin on any day: a slice belongs
to the one that has most of its days.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from chalicelib.kernel.errors import RuleBroken
from chalicelib.kernel.french import french_period
from chalicelib.office.observatory import Season

ONE_DAY = timedelta(days=1)
WEEK_DAYS = 7
MONDAY_TO_SUNDAY = timedelta(days=WEEK_DAYS - 1)


class SliceCut(RuleBroken):
    """A period begins or ends inside a slice, of which no figures are kept day by day."""


@dataclass(frozen=True, order=True)
class Slice:
    """From the first to the last day, both included: one to seven days of one week and one month."""

    first: date
    last: date

    @property
    def id(self) -> str:
        """Its first day, `2027-03-01`."""
        return self.first.isoformat()

    @property
    def length_days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def days(self) -> tuple[date, ...]:
        """Each of its days, in order."""
        return tuple(self.first + timedelta(days=number) for number in range(self.length_days))

    @property
    def middle(self) -> date:
        """Its middle day, of two the earlier: whatever has more than half of its days has this one."""
        return self.first + timedelta(days=(self.length_days - 1) // 2)

    @property
    def month(self) -> str:
        """`2027-03`."""
        return self.id[:7]

    @property
    def monday(self) -> date:
        """The first day of its week, perhaps in the month before."""
        return _monday(self.first)


@dataclass(frozen=True)
class Week:
    """The slices of one week, in order; one alone where the other is not asked about."""

    monday: date
    slices: tuple[Slice, ...]

    @property
    def id(self) -> str:
        """`2027-W09`, as ISO 8601 counts weeks: its year is that of the Thursday."""
        year, number, _ = self.monday.isocalendar()
        return f"{year}-W{number:02d}"

    @property
    def is_whole(self) -> bool:
        """Whether these are all of its seven days."""
        return sum(each.length_days for each in self.slices) == WEEK_DAYS

    @property
    def label(self) -> str:
        """`semaine du 1er au 7 mars 2027`; of a part of a week the days that it has, `du 29 au 31 mars 2027`."""
        if self.is_whole:
            return week_label(self.monday)
        return french_period(self.slices[0].first, self.slices[-1].last)


def week_label(monday: date) -> str:
    """`semaine du 29 mars au 4 avril 2027`."""
    return f"semaine {french_period(monday, monday + MONDAY_TO_SUNDAY)}"


def slice_of(day: date) -> Slice:
    """The slice that the day is in."""
    monday = _monday(day)
    return Slice(max(monday, day.replace(day=1)), min(monday + MONDAY_TO_SUNDAY, _month_end(day)))


def slices_of_month(month: str) -> tuple[Slice, ...]:
    """The four to six slices of `2027-03`. Raises ValueError for what is no month."""
    first = date.fromisoformat(f"{month}-01")
    return tuple(_slices(first, _month_end(first)))


def slices_of_week(monday: date) -> tuple[Slice, ...]:
    """The slice of a week, or the two where a month ends inside it. Raises ValueError for another day of the week."""
    if monday != _monday(monday):
        raise ValueError(f"{monday.isoformat()} is no Monday")
    return tuple(_slices(monday, monday + MONDAY_TO_SUNDAY))


def slices_between(first: date, last: date) -> tuple[Slice, ...]:
    """The slices that these days are made of. Raises SliceCut where the first or the last of them cuts one."""
    found = tuple(_slices(first, last))
    if found and (found[0].first, found[-1].last) != (first, last):
        raise SliceCut(
            "Les chiffres sont gardés par semaine et par mois\u00a0: choisissez une période qui commence un lundi "
            "ou un 1er du mois, et finit un dimanche ou un dernier jour du mois."
        )
    return found


def slices_of_season(season: Season) -> tuple[Slice, ...]:
    """The slices of which it has most of the days, of half of them the first half.

    Of seasons that follow each other without a gap, each slice has exactly one: that of its middle day.
    """
    touched = _slices(season.first_day, season.last_day)
    return tuple(each for each in touched if season.period.includes(each.middle))


def last_month_of(season: Season) -> str:
    """The month of the last slice of a season, in whose form lodgings are asked how it was; empty without any."""
    slices = slices_of_season(season)
    return slices[-1].month if slices else ""


def weeks_of(slices: Iterable[Slice]) -> tuple[Week, ...]:
    """The weeks that the slices are of, in order, each with those of its slices that are given."""
    ordered = sorted(set(slices))
    return tuple(Week(monday, tuple(each)) for monday, each in groupby(ordered, lambda one: one.monday))


def _slices(first: date, last: date) -> Iterator[Slice]:
    """Those that have a day from the first to the last."""
    while first <= last:
        found = slice_of(first)
        yield found
        first = found.last + ONE_DAY


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
