"""When a session is, in words."""

from chalicelib.kernel.french import french_date, french_long_date, french_time
from chalicelib.trainings.half_days import Day, HalfDay
from chalicelib.trainings.plan import Plan


def hours_of(half_day: HalfDay) -> str:
    """`de 9 h 00 à 12 h 30`."""
    return f"de {french_time(half_day.starts_at)} à {french_time(half_day.ends_at)}"


def day_in_words(day: Day) -> str:
    """`jeudi 4 mars 2027, de 9 h 00 à 12 h 30 et de 14 h 00 à 17 h 00`."""
    return f"{french_long_date(day.on)}, {' et '.join(map(hours_of, day.half_days))}"


def when_lines(plan: Plan) -> list[str]:
    """A line for each day."""
    return [day_in_words(day) for day in plan.days]


def first_day_in_words(plan: Plan) -> str:
    """`4 mars 2027`; empty for a draft without dates."""
    return french_date(plan.first_day) if plan.first_day else ""
