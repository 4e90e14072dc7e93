"""How long a file takes, told honestly: from closed files only, and only from enough of them."""

from collections.abc import Iterable
from datetime import datetime
from statistics import median, quantiles

from chalicelib.partners.model import Application

ENOUGH_FILES = 5
SECONDS_PER_DAY = 86_400


def _days(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / SECONDS_PER_DAY


def decision_delays(applications: Iterable[Application]) -> list[float]:
    """Days between the confirmed address and the office's decision, for the files that have one."""
    return [_days(a.confirmed_at, a.decided_at) for a in applications if a.confirmed_at and a.decided_at]


def expected_days(applications: Iterable[Application]) -> tuple[float, float] | None:
    """Median and 9 of 10 of the decision delays, in days; None below `ENOUGH_FILES` files."""
    delays = decision_delays(applications)
    if len(delays) < ENOUGH_FILES:
        return None
    return median(delays), quantiles(delays, n=10, method="inclusive")[8]
