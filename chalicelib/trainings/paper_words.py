"""How the papers of a session tell its half-days and its texts."""

import re
from collections.abc import Sequence
from typing import Any

from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.french import NBSP, french_date, french_hours, french_long_date, french_time
from chalicelib.trainings.papers import HalfDayPaper, PersonPaper, SessionPaper, attended_minutes

Data = dict[str, Any]
Pairs = list[tuple[str, str]]
POSTCODE = re.compile(r"(?<=\b\d{5}) (?=\S)")
"""The space between a postcode and its town, where no line ends."""
REMOTE = "à distance"
BULLET = re.compile(r"[-–—•*]\s+")


def half_day_told(half_day: HalfDayPaper) -> Data:
    """Its `day`, its `hours` and its `duration`."""
    return {
        "day": french_long_date(half_day.starts_at),
        "hours": _hours(half_day),
        "duration": french_hours(attended_minutes([half_day])),
    }


def half_day_in_words(half_day: HalfDayPaper) -> str:
    """`mercredi 3 mars 2027, de 9 h 00 à 12 h 30 (3 h 30)`."""
    told = half_day_told(half_day)
    return f"{told['day']}, {told['hours']} ({told['duration']})"


def _hours(half_day: HalfDayPaper) -> str:
    over_night = paris_day(half_day.starts_at) != paris_day(half_day.ends_at)
    end = french_time(half_day.ends_at) + (" le lendemain" if over_night else "")
    return f"de {french_time(half_day.starts_at)} à {end}"


def dates_told(half_days: Sequence[HalfDayPaper]) -> tuple[str, str]:
    """From the first day to the last, with the label that goes with it: `Dates`, `du 3 mars 2027 au 10 mars 2027`."""
    first, last = half_days[0].starts_at, half_days[-1].starts_at
    if paris_day(first) == paris_day(last):
        return "Date", french_date(first)
    return "Dates", f"du {french_date(first)} au {french_date(last)}"


def lines_told(text: str) -> list[Data]:
    """The lines of a text, of which those that begin with a dash or a dot are items of a list."""
    return [line_told(line.strip()) for line in text.splitlines() if line.strip()]


def line_told(line: str) -> Data:
    """The line as `text`, without the sign that makes it an `item`."""
    item = BULLET.match(line)
    return {"text": line[item.end() :] if item else line, "item": item is not None}


def labelled(pairs: Pairs) -> list[Data]:
    """The pairs of which something is known, as `label` and `value`."""
    return [{"label": label, "value": value} for label, value in pairs if value]


def place_told(session: SessionPaper) -> list[str]:
    """The lines of its address; that it is at a distance, last."""
    lines = [POSTCODE.sub(NBSP, line) for line in session.place if line]
    return [*lines, REMOTE] if session.is_remote else lines


def trainer_label(session: SessionPaper) -> str:
    """What who leads it is called."""
    return "Formateur(trice)" if session.is_training_action else "Intervenant(e)"


def person_told(person: PersonPaper) -> Data:
    """The person as `name`, `structure` and `function`."""
    return {"name": person.name, "structure": person.structure, "function": person.function}
