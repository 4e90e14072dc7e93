"""Months as returns are asked for: by their text, `2027-03`, all days in Paris."""

from datetime import date, timedelta

from chalicelib.kernel.days import add_months

ONE_DAY = timedelta(days=1)


def month_of(day: date) -> str:
    """The month that a day is in."""
    return f"{day.year:04d}-{day.month:02d}"


def first_day(month: str) -> date:
    """The first day of a month."""
    return date.fromisoformat(f"{month}-01")


def last_day(month: str) -> date:
    """The last day of a month."""
    return add_months(first_day(month), 1) - ONE_DAY


def days_of(month: str) -> int:
    """How many days a month has."""
    return last_day(month).day


def moved(month: str, by: int) -> str:
    """The month so many months later, or earlier."""
    return month_of(add_months(first_day(month), by))


def asked_for(on: date, opens_day: int) -> str:
    """The latest month whose figures are asked for on a day: the one before, from its day of the month on."""
    return moved(month_of(on), -1 if on.day >= opens_day else -2)


def is_taken(month: str, on: date, closes_days: int) -> bool:
    """Whether a month still takes figures: it has ended, and not for too long."""
    return is_over(month, on) and on <= last_day(month) + timedelta(days=closes_days)


def is_over(month: str, on: date) -> bool:
    """Whether all of its days are past."""
    return month < month_of(on)


def forgotten_on(month: str, kept_months: int) -> date:
    """The day from which what single establishments gave for a month is not kept: so many months after it."""
    return add_months(first_day(month), kept_months + 1)
