"""How many establishments said something, as texts that tell no one and no two of them apart.

Where their sum is told too, a small count could be the rest of it. There 0 counts as small like 1 and 2, and one row
of three or more is not told either: with these two, whatever is small may as well be one less. Which row that is
depends on which rows are small, that all can see, and never on how large it is: to know this program helps nobody.
"""

from collections.abc import Sequence

FEW = 3
UNDER, OVER = f"moins de {FEW}", f"au moins {FEW}"


def is_small(count: int) -> bool:
    """Whether it is of one or of two: it is never told, even beside counts whose sum is told nowhere."""
    return 0 < count < FEW


def beside_sum(counts: Sequence[int]) -> list[str]:
    """Counts whose sum is told too; nothing of them where none is of three or more.

    What everybody knows from elsewhere (who is a partner at all) is not looked at.
    """
    large = [number for number, count in enumerate(counts) if count >= FEW]
    if len(large) == len(counts):
        return [str(count) for count in counts]
    if not large:
        return []
    return [_told(count, number == large[-1]) for number, count in enumerate(counts)]


def _told(count: int, is_kept_back: bool) -> str:
    if count < FEW:
        return UNDER
    return OVER if is_kept_back else str(count)
