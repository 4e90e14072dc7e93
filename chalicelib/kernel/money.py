"""Money: whole cents everywhere, fractions of a cent only inside a calculation, never a float."""

from fractions import Fraction
from math import floor

HALF = Fraction(1, 2)


def half_up(fraction: Fraction) -> int:
    """Whole cents from the exact result of a calculation; half a cent goes away from zero.

    Round once, at the last step. What is owed and what is given back are the same amount:
    `half_up(-x) == -half_up(x)`, so `-0.5` is `-1`.
    """
    cents = floor(abs(fraction) + HALF)
    return -cents if fraction < 0 else cents
