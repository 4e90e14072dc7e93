"""Hours of the day as people type them."""

import re

from chalicelib.kernel.french import NBSP

HOUR = re.compile(r"(\d{1,2})\s*(?:h|:|heures?)?\s*(\d{2})?\s*(?:min)?", re.IGNORECASE)
ISO_HOUR = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
HOURS, MINUTES = 24, 60


def tidy_hour(text: str) -> str:
    """`14:30` from `14h30`, `14 h 30`, `14:30` or `14.30`; `09:00` from `9h`."""
    found = HOUR.fullmatch(text.replace(NBSP, " ").replace(".", ":").strip())
    if found is None:
        return text
    hour, minute = int(found[1]), int(found[2] or 0)
    return f"{hour:02d}:{minute:02d}" if hour < HOURS and minute < MINUTES else text


def explain_hour(text: str) -> str | None:
    """An hour of the day, to the minute."""
    if ISO_HOUR.fullmatch(tidy_hour(text)):
        return None
    return "Indiquez une heure de la journée, par exemple 9h00 ou 14h30."


def show_hour(text: str) -> str:
    """`14 h 30`."""
    hour, _, minute = tidy_hour(text).partition(":")
    return f"{int(hour)}{NBSP}h{NBSP}{minute}"
