"""Time as the rules see it: aware instants in UTC, days in Paris."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The instant now, aware, in UTC."""
    return datetime.now(UTC)


def paris_day(at: datetime) -> date:
    """The calendar day in Paris at the aware instant `at`."""
    return at.astimezone(PARIS).date()


def year_begins(year: int) -> datetime:
    """The first instant of a year in Paris, aware, in UTC."""
    return datetime(year, 1, 1, tzinfo=PARIS).astimezone(UTC)


def iso(at: datetime) -> str:
    """`at` in UTC with microseconds, so that text order is time order."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def iso_minute(at: datetime) -> str:
    """`at` in UTC to the minute: the occasion of what may happen once a minute."""
    return iso(at)[:16]
