"""What lodgings offered and sold: sums that add up, and rates that are never a mean of rates.

Units are rooms, pitches, beds or whole dwellings; each counts once for each night. Definitions are those of Insee's
surveys of occupancy: the rate of occupation is of what open establishments offer, the rate of use of all there is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor

PERCENT = 100


@dataclass(frozen=True)
class Occupancy:
    """Unit-nights: `stock` is what there is, `offered` what was open, `occupied` what was sold."""

    stock: int = 0
    offered: int = 0
    occupied: int = 0

    def __add__(self, other: "Occupancy") -> "Occupancy":
        """The two together."""
        return Occupancy(
            self.stock + other.stock, self.offered + other.offered, self.occupied + other.occupied
        )

    @property
    def is_closed(self) -> bool:
        """Whether nothing was open: there is no rate then, which is not a rate of 0."""
        return self.offered == 0

    @property
    def rate(self) -> Fraction | None:
        """The share of what was offered that was occupied; None where nothing was open."""
        return Fraction(self.occupied, self.offered) if self.offered else None

    @property
    def use_rate(self) -> Fraction | None:
        """The share of all there is that was occupied, closed establishments included; None without any."""
        return Fraction(self.occupied, self.stock) if self.stock else None


@dataclass(frozen=True)
class Guests:
    """People who stayed: a `nights` is one person for one night, an arrival one person who came."""

    nights: int = 0
    arrivals: int = 0

    def __add__(self, other: "Guests") -> "Guests":
        """The two together."""
        return Guests(self.nights + other.nights, self.arrivals + other.arrivals)

    @property
    def stay(self) -> Fraction | None:
        """The mean length of a stay in nights; None where nobody came."""
        return Fraction(self.nights, self.arrivals) if self.arrivals else None


def total(parts: Iterable[Occupancy]) -> Occupancy:
    """The sum; the rates of it are those of a group."""
    stock = offered = occupied = 0
    for part in parts:
        stock, offered, occupied = stock + part.stock, offered + part.offered, occupied + part.occupied
    return Occupancy(stock, offered, occupied)


def points(now: Fraction | None, before: Fraction | None) -> Fraction | None:
    """How a rate changed, in points of a hundred: from 67 % to 70 % is 3. None where one of them is missing."""
    if now is None or before is None:
        return None
    return (now - before) * PERCENT


def one_decimal(rate: Fraction) -> float:
    """Percent with one decimal, half rounded up."""
    return floor(rate * 1000 + Fraction(1, 2)) / 10


def tenths(points: Fraction | None) -> float | None:
    """Points with one decimal, half rounded away from zero."""
    if points is None:
        return None
    rounded = floor(abs(points) * 10 + Fraction(1, 2)) / 10
    return -rounded if points < 0 < rounded else rounded
