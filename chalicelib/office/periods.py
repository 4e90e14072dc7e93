"""Rules that hold between two days, both included."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar


@dataclass(frozen=True)
class Period:
    """From `valid_from` to `valid_to`, both days included; no `valid_to` means until further notice."""

    valid_from: date
    valid_to: date | None = None

    def includes(self, day: date) -> bool:
        """Whether the rule holds on `day`, a day in Paris."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def overlaps(self, other: "Period") -> bool:
        """Whether some day belongs to both."""
        return self.valid_from <= (other.valid_to or date.max) and other.valid_from <= (
            self.valid_to or date.max
        )


def period_of(part: Mapping[str, Any]) -> Period:
    """The days of a dated rule as an office file writes them, both included."""
    end = part.get("valid_to")
    return Period(date.fromisoformat(part["valid_from"]), date.fromisoformat(end) if end else None)


def dated(part: Mapping[str, Any]) -> dict[str, Any]:
    """The rule with its two days put together as its `period`."""
    rest = {key: value for key, value in part.items() if key not in ("valid_from", "valid_to")}
    return {**rest, "period": period_of(part)}


class Dated(Protocol):
    """A rule that carries its period."""

    @property
    def period(self) -> Period: ...  # noqa: D102


Rule = TypeVar("Rule", bound=Dated)


def in_force(rules: Iterable[Rule], on: date) -> Rule | None:
    """The first of `rules` that holds on that day."""
    return next((rule for rule in rules if rule.period.includes(on)), None)
