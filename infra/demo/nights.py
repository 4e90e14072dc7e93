"""What lodgings could have sold: seasons, weekends, holidays, closures, months that nobody told of, and odd figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from chalicelib.observatory.holidays import Calendar
from chalicelib.observatory.slices import Slice, slices_of_month
from infra.demo.lodgings import Lodging

BY_MONTH = (0.42, 0.55, 0.46, 0.34, 0.36, 0.48, 0.66, 0.74, 0.47, 0.33, 0.22, 0.40)
"""How full an average lodging is, from January to December."""
WEEKEND = {4: 1.15, 5: 1.3}
"""Nights of Friday and Saturday sell better."""
BY_ZONES = (1.0, 1.12, 1.3, 1.38)
CLOSED_MONTHS = {"campsite": {1, 2, 3, 11, 12}, "holiday_village": {10, 11}, "hostel": {11}}
PERSONS_BY_UNIT = {"furnished_rental": 3.4, "hotel": 1.7, "campsite": 2.9, "hostel": 1.0}
SILENT, CLOSED_BY_CHANCE, ODD = 0.14, 0.05, 0.01
"""How often a month is not told, a week is closed, a figure is an error of typing."""
ORIGINS = {"FR": 0.68, "CH": 0.17, "DE": 0.04, "BE": 0.04, "NL": 0.03, "GB": 0.02, "IT": 0.02}
FULL = 0.97


@dataclass(frozen=True)
class Told:
    """A month as a lodging tells it: slices with (offered, occupied, nights, arrivals), arrivals by country."""

    slices: Mapping[str, tuple[int, int, int, int]]
    origins: Mapping[str, int]


def told(lodging: Lodging, month: str, calendar: Calendar, seed: int = 2027) -> Told | None:
    """What the lodging tells of a month, the same each time; None for one that tells nothing."""
    chance = Random(f"{seed} {lodging.number} {month}")  # noqa: S311  # nosec B311
    if chance.random() < SILENT:
        return None
    slices = {one.id: _slice(lodging, one, calendar, chance) for one in slices_of_month(month)}
    arrivals = sum(figures[3] for figures in slices.values())
    return Told(slices, {country: round(arrivals * share) for country, share in ORIGINS.items()})


def _slice(lodging: Lodging, one: Slice, calendar: Calendar, chance: Random) -> tuple[int, int, int, int]:
    if one.first.month in CLOSED_MONTHS.get(lodging.category, ()) or chance.random() < CLOSED_BY_CHANCE:
        return 0, 0, 0, 0
    offered = lodging.units * one.length_days
    occupied = sum(_sold(lodging, day, calendar, chance) for day in one.days)
    if chance.random() < ODD:
        occupied = offered
    nights = min(
        round(occupied * PERSONS_BY_UNIT.get(lodging.category, 2.2)), lodging.persons * one.length_days
    )
    nights = max(nights, occupied)
    return offered, occupied, nights, max(1, round(nights / chance.uniform(1.6, 3.5))) if nights else 0


def _sold(lodging: Lodging, day: date, calendar: Calendar, chance: Random) -> int:
    """Units sold in one night: each by chance, as likely as the season makes it."""
    zones = calendar.zones_on_holiday(day) or frozenset()
    likely = BY_MONTH[day.month - 1] * WEEKEND.get(day.weekday(), 1.0) * BY_ZONES[len(zones)] * lodging.appeal
    return sum(chance.random() < min(likely, FULL) for _ in range(lodging.units))


def months(first: str, count: int) -> Iterator[str]:
    """So many months from the first one on."""
    year, month = map(int, first.split("-"))
    for number in range(count):
        extra, index = divmod(month - 1 + number, 12)
        yield f"{year + extra:04d}-{index + 1:02d}"
