"""What a partner gives back who leaves before the engagement ends: the part that was still to run, by the day."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from chalicelib.kernel.days import add_years
from chalicelib.kernel.money import half_up


@dataclass(frozen=True)
class Engagement:
    """From the day of the payment, for so many years; no year, no engagement."""

    begins_on: date
    years: int

    @property
    def ends_on(self) -> date:
        """The first day on which the partner is free."""
        return add_years(self.begins_on, self.years)

    def to_repay(self, paid_cents: int, left_on: date) -> int:
        """What is given back of a payment by who leaves that day: all on the first day, nothing from the last on."""
        whole = (self.ends_on - self.begins_on).days
        if not whole:
            return 0
        left = min(max((self.ends_on - left_on).days, 0), whole)
        return half_up(Fraction(paid_cents * left, whole))
