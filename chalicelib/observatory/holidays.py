"""Days by how many of the zones A, B and C are on school holiday, and the holidays abroad that the office keeps itself.

Two zones at once fill the mountains, one alone does not: a report tells its days apart by their number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Protocol

from chalicelib.kernel.errors import RuleBroken
from chalicelib.kernel.french import french_date

ZONES_COUNT = 3


class Calendar(Protocol):
    """The school holidays of the French zones, such as the module `adapters/school_holidays.py`."""

    def zones_on_holiday(self, day: date) -> frozenset[str] | None:
        """Which zones are on holiday; None where the calendar does not know the day."""

    def holiday_name(self, day: date) -> str:
        """What the holidays of that day are called; empty where there are none."""


class HolidaysUnknown(RuleBroken):
    """The calendar does not know the school holidays of a day: a report is made without them."""

    def __init__(self, day: date) -> None:
        super().__init__(
            f"L’application ne connaît pas les vacances scolaires du {french_date(day)}\u00a0: mettez à jour son "
            "calendrier. D’ici là, le bilan paraît sans la partie sur les vacances."
        )
        self.day = day


class OverlappingHolidays(RuleBroken):
    """Two holidays of one area have a day in common."""


class HolidayEndsTooEarly(RuleBroken):
    """The last day of a holiday comes before its first."""


def zones_count(day: date, calendar: Calendar) -> int:
    """How many zones are on holiday that day, 0 to 3. Raises HolidaysUnknown."""
    zones = calendar.zones_on_holiday(day)
    if zones is None:
        raise HolidaysUnknown(day)
    return len(zones)


def by_zones(days: Iterable[date], calendar: Calendar) -> dict[int, list[date]]:
    """The days, in their order, by how many zones are on holiday: always the four keys 0 to 3.

    Raises HolidaysUnknown if one of them is not known: a part of the days would be counted as all.
    """
    found: dict[int, list[date]] = {count: [] for count in range(ZONES_COUNT + 1)}
    for day in days:
        found[zones_count(day, calendar)].append(day)
    return found


@dataclass(frozen=True)
class ForeignHoliday:
    """From the first to the last day, both included, the schools of `area` are closed.

    `area` is the id of a holiday area of the office file. Raises HolidayEndsTooEarly.
    """

    area: str
    name: str
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise HolidayEndsTooEarly(
                f"Le dernier jour ({french_date(self.last)}) vient avant le premier ({french_date(self.first)})\u00a0: "
                "corrigez l’un des deux."
            )

    def includes(self, day: date) -> bool:
        """Whether schools are closed on that day."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class ForeignCalendar:
    """All foreign holidays that the office keeps. Raises OverlappingHolidays for two of an area on the same day."""

    holidays: tuple[ForeignHoliday, ...] = ()

    def __post_init__(self) -> None:
        begun = sorted(self.holidays, key=lambda holiday: (holiday.area, holiday.first, holiday.last))
        for one, later in pairwise(begun):
            if one.area == later.area and later.first <= one.last:
                raise OverlappingHolidays(
                    f"«\u00a0{later.name}\u00a0» commence le {french_date(later.first)}, mais "
                    f"«\u00a0{one.name}\u00a0» ne finit que le {french_date(one.last)}\u00a0: corrigez les dates."
                )

    def on(self, day: date) -> tuple[ForeignHoliday, ...]:
        """The holidays of that day, one for each area that has any."""
        return tuple(holiday for holiday in self.holidays if holiday.includes(day))

    def areas_on(self, day: date) -> frozenset[str]:
        """The ids of the areas whose schools are closed that day."""
        return frozenset(holiday.area for holiday in self.on(day))

    def including(self, holiday: ForeignHoliday) -> "ForeignCalendar":
        """This calendar with one holiday more. Raises OverlappingHolidays."""
        return ForeignCalendar((*self.holidays, holiday))
