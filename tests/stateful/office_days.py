"""Who is asked and on which days, as the test office would say it: three people, one leave, and the calendar."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.easter import easter

PARIS = ZoneInfo("Europe/Paris")
DAY = timedelta(days=1)
FIXED_HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
AFTER_EASTER = (1, 39, 50)

CLAIRE = ("Claire Martin", "claire.martin@val.example.org")
YANN = ("Yann Le Goff", "yann.legoff@val.example.org")
NOA = ("Noa Petit", "noa.petit@val.example.org")
NAMES = {email: name for name, email in (CLAIRE, YANN, NOA)}
YANN_IS_AWAY = (date(2027, 8, 2), date(2027, 8, 13))
FIRST_ASKED = {"membership": (YANN, NOA, CLAIRE, YANN), "payment": (NOA, CLAIRE, CLAIRE, YANN)}
ASKED_NEXT = {"membership": (NOA, YANN, CLAIRE, YANN), "payment": (CLAIRE, NOA, CLAIRE, YANN)}
"""Of the membership Yann is in charge, of the money Noa; then come their deputies, then the director."""

REMINDERS = {"confirmation": (3, 6), "membership": (3, 6), "corrections": (10, 20), "payment": (15, 30)}
LAST_DAY = {"confirmation": 7, "membership": 20, "corrections": 30, "payment": 45}
ESCALATION = {"membership": 8}


def paris_day(instant: datetime) -> date:
    """The day on which people in Paris live through that instant."""
    return instant.astimezone(PARIS).date()


def is_working(day: date) -> bool:
    """Whether the office is open."""
    moving = {easter(day.year) + DAY * days for days in AFTER_EASTER}
    return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS and day not in moving


def day_of(step: str, asked_on: date, days: int) -> date:
    """So many days after the question: the office counts those on which it is open, applicants all."""
    if step != "membership":
        return asked_on + DAY * days
    day = asked_on
    while days:
        day += DAY
        days -= is_working(day)
    return day


def deadline(step: str, asked_on: date) -> datetime:
    """Midnight in Paris after the last day."""
    last = day_of(step, asked_on, LAST_DAY[step])
    return datetime.combine(last + DAY, time(0), PARIS).astimezone(UTC)


def approver(step: str, on: date, applicant: str) -> tuple[str, str]:
    """Who of the office is asked first, never the applicant."""
    return _first(FIRST_ASKED[step], on, {applicant})


def deputy(step: str, on: date, applicant: str, asked: set[str]) -> tuple[str, str] | None:
    """Who is asked besides those who were; None where nobody is left."""
    return _first(ASKED_NEXT.get(step, ()), on, {applicant, *asked})


def _first(people: tuple[tuple[str, str], ...], on: date, not_these: set[str]) -> tuple[str, str] | None:
    first, last = YANN_IS_AWAY
    present = [NOA if one == YANN and first <= on <= last else one for one in people]
    return next((one for one in present if one[1] not in not_these), None)
