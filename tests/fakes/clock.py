"""A clock that is set by hand, and a death."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

NOON = datetime(2027, 3, 3, 11, 0, tzinfo=UTC)
"""A working Wednesday, at noon in Paris."""


@dataclass
class FakeClock:
    """A clock that stands still until it is told to go on."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def wait(self, **duration: float) -> None:
        self.at += timedelta(**duration)


class Crash(Exception):
    """The function died here."""
