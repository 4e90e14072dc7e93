"""What lodgings could have sold: seasons, weekends, holidays, closures, months that nobody told of, and odd figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from chalicelib.observatory.holidays import Calendar
from chalicelib.observatory.slices import Slice, slices_of_month
from infra.demo.events import is_event
from infra.demo.lodgings import Lodging

BY_MONTH = (0.42, 0.48, 0.42, 0.34, 0.36, 0.45, 0.48, 0.54, 0.47, 0.33, 0.22, 0.36)
"""How full an average lodging is, from January to December."""
WEEKEND = {4: 1.15, 5: 1.3}
"""Nights of Friday and Saturday sell better."""
BY_ZONES = (1.0, 1.12, 1.3, 1.38)
WITH_AN_EVENT = 1.6
CLOSED_MONTHS = {"campsite": {1, 2, 3, 11, 12}, "holiday_village": {10, 11}, "hostel": {11}}
PERSONS_BY_UNIT = {"furnished_rental": 3.4, "hotel": 1.7, "campsite": 2.9, "hostel": 1.0}
SILENT, CLOSED_BY_CHANCE, ODD = 0.14, 0.05, 0.01
"""How often a month is not told, a week is closed, a figure is an error of typing."""
ORIGINS = {"FR": 0.68, "CH": 0.17, "DE": 0.04, "BE": 0.04, "NL": 0.03, "GB": 0.02, "IT": 0.02}
FULL = 0.97


@dataclass(frozen=True)
class Told:
    """A month as a lodging tells it: slices with (offered, occupied, nights, arrivals), arrivals by country.

    `days` are the same day by day, (offered, occupied).
    """

    slices: Mapping[str, tuple[int, int, int, int]]
    origins: Mapping[str, int]
    days: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def told(lodging: Lodging, month: str, calendar: Calendar, seed: int = 2027) -> Told | None:
    """What the lodging tells of a month, the same each time; None for one that tells nothing."""
    chance = Random(f"{seed} {lodging.number} {month}")  # noqa: S311  # nosec B311
    if chance.random() < SILENT:
        return None
    days: dict[str, tuple[int, int]] = {}
    slices: dict[str, tuple[int, int, int, int]] = {}
    for one in slices_of_month(month):
        sold = _nights(lodging, one, calendar, chance)
        days |= {day.isoformat(): figures for day, figures in zip(one.days, sold, strict=True)}
        slices[one.id] = _slice(lodging, sold, chance)
    arrivals = sum(figures[3] for figures in slices.values())
    return Told(slices, {country: round(arrivals * share) for country, share in ORIGINS.items()}, days)


def _nights(lodging: Lodging, one: Slice, calendar: Calendar, chance: Random) -> list[tuple[int, int]]:
    """What was offered and sold in each night of a slice."""
    if one.first.month in CLOSED_MONTHS.get(lodging.category, ()) or chance.random() < CLOSED_BY_CHANCE:
        return [(0, 0)] * one.length_days
    sold = [_sold(lodging, day, calendar, chance) for day in one.days]
    is_odd = chance.random() < ODD
    return [(lodging.units, lodging.units if is_odd else each) for each in sold]


def _slice(lodging: Lodging, sold: list[tuple[int, int]], chance: Random) -> tuple[int, int, int, int]:
    offered, occupied = (sum(figures) for figures in zip(*sold, strict=True))
    most = lodging.persons * len(sold)
    nights = max(occupied, min(round(occupied * PERSONS_BY_UNIT.get(lodging.category, 2.2)), most))
    return offered, occupied, nights, max(1, round(nights / chance.uniform(1.6, 3.5))) if nights else 0


def _sold(lodging: Lodging, day: date, calendar: Calendar, chance: Random) -> int:
    """Units sold in one night: each by chance, as likely as the season makes it."""
    zones = calendar.zones_on_holiday(day) or frozenset()
    likely = BY_MONTH[day.month - 1] * WEEKEND.get(day.weekday(), 1.0) * BY_ZONES[len(zones)] * lodging.appeal
    likely *= WITH_AN_EVENT if is_event(day) else 1
    return sum(chance.random() < min(likely, FULL) for _ in range(lodging.units))


def months(first: str, count: int) -> Iterator[str]:
    """So many months from the first one on."""
    year, month = map(int, first.split("-"))
    for number in range(count):
        extra, index = divmod(month - 1 + number, 12)
        yield f"{year + extra:04d}-{index + 1:02d}"
