"""Days inside slices, where establishments gave each day: how they are called beside the slices that they are in."""

from datetime import date

from chalicelib.observatory.slices import slice_of

DAY, BY_WEEK = "/P1D", "/by-week"
"""How the names end of a day (an interval as in ISO 8601), and of a slice of those who gave none of its days."""


def day_id(day: date) -> str:
    """`2027-03-01/P1D`: the slice that begins on this day has a name without the end."""
    return day.isoformat() + DAY


def by_week_id(slice_id: str) -> str:
    """What a slice is called of those who gave none of its days."""
    return slice_id + BY_WEEK


def days_of(slice_id: str) -> tuple[str, ...]:
    """What the days of a slice are called, in order."""
    return tuple(map(day_id, slice_of(date.fromisoformat(slice_id)).days))


def is_by_week(name: str) -> bool:
    """Whether a slice of those who gave none of its days is called so."""
    return name.endswith(BY_WEEK)


def is_day(name: str) -> bool:
    """Whether a day is called so, not a slice."""
    return name.endswith(DAY)


def day_of(name: str) -> date:
    """The day that is called so. Raises ValueError for what is none."""
    return date.fromisoformat(name.removesuffix(DAY))


def slice_id_of(name: str) -> str:
    """The slice that a day is in; a slice itself stays what it is."""
    return slice_of(day_of(name)).id if is_day(name) else name
