"""What a person takes away of a record, as values of JSON: instants in UTC, days as `2027-03-03`."""

from datetime import date, datetime

from chalicelib.kernel.clock import iso
from chalicelib.kernel.history import HistoryLine


def portable_instant(at: datetime | None) -> str | None:
    """The instant, if there is one."""
    return iso(at) if at else None


def portable_day(day: date | None) -> str | None:
    """The day, if there is one."""
    return day.isoformat() if day else None


def portable_line(line: HistoryLine) -> dict[str, str]:
    """A line of history; for whom somebody stood in is the office's own affair."""
    return {"at": iso(line.at), "who": line.who, "what": line.what, "reason": line.reason}
