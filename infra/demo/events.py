"""What fills the territory each year: as staff note it, and as lodgings feel it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

Yearly = tuple[str, int, int, int]
"""A name, the month and the day on which it begins each year, how many days it goes on after that."""
EVENTS: Sequence[Yearly] = (
    ("Festival des alpages", 7, 18, 2), ("Course des crêtes", 6, 13, 1), ("Fête de la noix", 10, 10, 1),
    ("Traversée nordique", 2, 7, 1), ("Marché de Noël", 12, 12, 8), ("Rencontres de la forêt", 9, 19, 1),
)  # fmt: skip


def beginning_in(year: int, every_year: Sequence[Yearly]) -> Iterator[tuple[str, date, date]]:
    """The name, the first and the last day of each that begins in that year."""
    for name, month, day, more in every_year:
        first = date(year, month, day)
        yield name, first, first + timedelta(more)


def is_event(day: date) -> bool:
    """Whether an event is on; none of them goes on into the next year."""
    return any(first <= day <= last for _, first, last in beginning_in(day.year, EVENTS))
