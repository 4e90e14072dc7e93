"""How often something may be done, counted per purpose and per person or machine."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from chalicelib.kernel import ids
from chalicelib.kernel.clock import Clock


class CounterStore(Protocol):
    """Counters that forget themselves."""

    def count(self, key: str, now: datetime, window: timedelta, what: str = "") -> int:
        """Add one, atomically; the number since the window began, which is 1 when this begins one.

        The same `what` as just before adds nothing.
        """

    def counted(self, key: str, now: datetime) -> int:
        """The number in the window that runs, and nothing added; 0 where none does."""


@dataclass(frozen=True)
class Limiter:
    """Says whether one more is allowed; a window begins with the first one and has a fixed length."""

    counters: CounterStore
    clock: Clock

    def allow(self, purpose: str, key: str, limit: int, window_seconds: int, what: str = "") -> bool:
        """Count one `purpose` for `key` (an address, an IP); False beyond `limit` in the window.

        `what` is the identifier of the thing that is done: a button pressed twice counts once.
        Only a digest of the key is stored. A refusal costs nothing but itself: it does not
        lengthen the window.
        """
        window = timedelta(seconds=window_seconds)
        return self.counters.count(_counter(purpose, key), self.clock(), window, what) <= limit

    def has_room(self, purpose: str, key: str, limit: int) -> bool:
        """Whether one more would be allowed: what a page asks that counts failures only, and writes nothing."""
        return self.counters.counted(_counter(purpose, key), self.clock()) < limit


def _counter(purpose: str, key: str) -> str:
    return ids.digest(f"{purpose}\n{key}")
