"""The half-days of a session: days and hours on the wall in Paris, and the instants that they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import Any

from chalicelib.kernel.clock import PARIS


@dataclass(frozen=True)
class HalfDay:
    """One half-day, from one hour to another; `key` names it in the session, such as `2027-03-04T09:00`."""

    on: date
    begins: time
    ends: time

    @property
    def key(self) -> str:
        """Its name within the session: two half-days never begin together."""
        return f"{self.on.isoformat()}T{self.begins:%H:%M}"

    @property
    def starts_at(self) -> datetime:
        """The instant of the beginning, in UTC."""
        return datetime.combine(self.on, self.begins, PARIS).astimezone(UTC)

    @property
    def ends_at(self) -> datetime:
        """The instant of the end, in UTC."""
        return datetime.combine(self.on, self.ends, PARIS).astimezone(UTC)

    @property
    def minutes(self) -> int:
        """How long it really lasts, also in a night in which the clocks change."""
        return round((self.ends_at - self.starts_at).total_seconds() / 60)


@dataclass(frozen=True)
class Day:
    """A day with its half-days: one entry in a calendar."""

    on: date
    half_days: tuple[HalfDay, ...]

    @property
    def starts_at(self) -> datetime:
        """When the first of them begins."""
        return self.half_days[0].starts_at

    @property
    def ends_at(self) -> datetime:
        """When the last of them ends."""
        return self.half_days[-1].ends_at


def half_days_in(rows: Iterable[Mapping[str, Any]]) -> tuple[HalfDay, ...]:
    """The half-days of the rows of the form that read as such, in the order of time."""
    found = (_half_day(row) for row in rows)
    return tuple(sorted((one for one in found if one), key=lambda one: (one.on, one.begins)))


def days_of(half_days: Iterable[HalfDay]) -> tuple[Day, ...]:
    """The days that half-days in order fall on."""
    return tuple(Day(on, tuple(group)) for on, group in groupby(half_days, key=lambda one: one.on))


def minutes_of(half_days: Iterable[HalfDay]) -> int:
    """How long all of them last."""
    return sum(one.minutes for one in half_days)


def _half_day(row: Mapping[str, Any]) -> HalfDay | None:
    try:
        return HalfDay(
            date.fromisoformat(row["on"]), time.fromisoformat(row["begins"]), time.fromisoformat(row["ends"])
        )
    except (KeyError, TypeError, ValueError):
        return None
