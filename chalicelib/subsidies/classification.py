"""A classification that was decided: until when it is good, when it may be renewed, when to remind of that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from chalicelib.kernel.days import add_months, add_years
from chalicelib.kernel.errors import RuleBroken
from chalicelib.office.periods import in_force
from chalicelib.office.schemes import Validity


class NoValidity(RuleBroken):
    """The office file does not say how long a classification of that day is good for."""


@dataclass(frozen=True)
class Classification:
    """The decision that classified an accommodation: `level` in stars, 0 where there are none.

    It is good to the end of `expires_on`: the same day of the calendar so many years later, 28 February for a
    29th that is not there.
    """

    number: str
    decided_on: date
    level: int
    capacity_persons: int
    expires_on: date

    def is_good(self, on: date) -> bool:
        """Whether it counts on that day."""
        return self.decided_on <= on <= self.expires_on

    def renewable_from(self, window_months: int) -> date:
        """The first day on which its renewal may be helped."""
        return renewable_from(self.expires_on, window_months)


def renewable_from(expires_on: date, window_months: int) -> date:
    """The first day on which the renewal of a classification that ends that day may be helped."""
    return add_months(expires_on, -window_months)


def expiry(decided_on: date, validities: Iterable[Validity]) -> date:
    """The last day of a classification decided that day. Raises `NoValidity`."""
    validity = in_force(validities, decided_on)
    if validity is None:
        raise NoValidity(
            "La durée des classements n’est pas connue pour ce jour\u00a0: complétez le fichier de l’office."
        )
    return add_years(decided_on, validity.years)


def reminder_due(ends_on: date, on: date, days_before: Iterable[int]) -> int | None:
    """The reminder that should have gone by that day, as its days before the end; None before the first.

    Missed ones are not made good one by one: the nearest to the end says it all. None once it has ended.
    """
    reached = [days for days in days_before if ends_on - timedelta(days=days) <= on]
    return min(reached, default=None) if on <= ends_on else None
