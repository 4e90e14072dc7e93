"""What the staff's front page says of figures and reports; its words are in `templates/at_the_desk.html`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from chalicelib.observatory import bootstrap
from chalicelib.observatory.months import first_day
from chalicelib.observatory.readers import READERS
from chalicelib.observatory.reports import ReportStatus
from chalicelib.observatory.standing import Standing, is_late, standing_of

TO_WATCH = (
    ReportStatus.OVERDUE, ReportStatus.GATHERING, ReportStatus.PRINTING, ReportStatus.SENDING,
)  # fmt: skip
"""The reports in these may be late; the others wait for an answer, which the desk shows by itself."""


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


def late_reports(roles: Collection[str]) -> list[Standing]:
    """The reports that somebody has to see to, for whom they are work: unanswered, or held up on their way."""
    if bootstrap.office().observatory is None or not READERS.intersection(roles):
        return []
    found = bootstrap.reports().list_in_status(*TO_WATCH)
    return [standing_of(one) for one in found if is_late(one, bootstrap.now())]
