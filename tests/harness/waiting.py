"""Waiting for what comes by itself: poll with a deadline, never sleep and hope."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")
SECONDS = 40
PAUSE = 0.1


def until(found: Callable[[], Found], what: str | Callable[[], str], seconds: float = SECONDS) -> Found:
    """The first true value of `found`, or a failure that says `what` never came."""
    deadline = time.monotonic() + seconds
    while not (value := found()):
        if time.monotonic() > deadline:
            raise AssertionError(f"never came: {what() if callable(what) else what}")
        time.sleep(PAUSE)
    return value
