"""What the staff's front page says of figures; its words are in `templates/at_the_desk.html`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from chalicelib.observatory import bootstrap
from chalicelib.observatory.months import first_day
from chalicelib.observatory.readers import READERS


@dataclass(frozen=True)
class LateFigures:
    """How many lodgings owe the figures of a month."""

    month: date
    count: int


def late_figures(roles: Collection[str]) -> LateFigures | None:
    """Those of the month that is asked for, for whom it is work; None where nobody is late."""
    if bootstrap.office().observatory is None or not READERS.intersection(roles):
        return None
    reading = bootstrap.looking_after()
    count = reading.count_late()
    return LateFigures(first_day(reading.present_month()), count) if count else None
