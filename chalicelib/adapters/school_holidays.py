"""School holidays of the French zones A, B and C, from the calendar that vacances-scolaires-france carries.

The library is in a layer of its own, which only functions that make reports have (infra/layers.yaml). Reading its
calendar takes 140 ms on a small machine: once, when somebody first asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

ZONES = ("A", "B", "C")
"""Since January 2016; before, the same letters were other academies."""


@dataclass(frozen=True)
class _Calendar:
    """The zones of each day of holiday, and its name. It knows no day before its first holiday or after its last."""

    zones: Mapping[date, frozenset[str]]
    names: Mapping[date, str]
    first: date
    last: date


def zones_on_holiday(day: date) -> frozenset[str] | None:
    """Which of ZONES are on holiday that day, possibly none; None where the calendar does not know the day."""
    calendar = _calendar()
    if not calendar.first <= day <= calendar.last:
        return None
    return calendar.zones.get(day, frozenset())


def holiday_name(day: date) -> str:
    """`Vacances d’hiver`; empty where no zone is on holiday, or the calendar does not know the day."""
    return _calendar().names.get(day, "")


@lru_cache(maxsize=1)
def _calendar() -> _Calendar:
    """Asked for a day after its last holiday, in the same year, the library itself says that nobody is on holiday."""
    from vacances_scolaires_france import SchoolHolidayDates

    rows = SchoolHolidayDates().data
    zones = {day: _zones(row) for day, row in rows.items()}
    names = {day: _typeset(row["nom_vacances"]) for day, row in rows.items()}
    return _Calendar(zones, names, min(rows), max(rows))


def _zones(row: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(zone for zone in ZONES if row[f"vacances_zone_{zone.lower()}"])


def _typeset(name: str) -> str:
    return name.replace("'", "’")
