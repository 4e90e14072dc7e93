"""The last parts of the form of a month: what is booked already, and how the season was that ended in it.

Nothing in them is due, and no mistake in them keeps figures from being taken.
"""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from chalicelib.kernel.errors import FieldError
from chalicelib.kernel.french import capitalised, french_integer, french_month
from chalicelib.observatory.model import MonthlyReturn
from chalicelib.observatory.months import days_of, first_day
from chalicelib.observatory.slices import last_month_of
from chalicelib.observatory.voices import Said, Voice, months_ahead
from chalicelib.office.categories import unit_word
from chalicelib.office.observatory import ObservatoryRules, Season
from chalicelib.web.fields import Answers

SCHEMA = Path(__file__).parent / "schemas" / "monthly_voice.json"
BOOKED, SEASON = "reserve", "saison"
"""The keys of the two sections."""
PREFIX = "booked_"
MOST = 1_000_000


def ending_in(month: str, rules: ObservatoryRules) -> Season | None:
    """The season whose last slice is in this month; of two that end in it, the later one."""
    found = [season for season in rules.seasons if last_month_of(season) == month]
    return max(found, key=lambda season: season.last_day, default=None)


def sections_of(unit: str, season: str) -> list[dict[str, Any]]:
    """The sections; without a season there is nothing to be asked about one. `order` is among themselves.

    `unit` is what nights are counted in, `chambres × nuits`.
    """
    booked = {
        "key": BOOKED, "title": "Déjà réservé", "short": "Déjà réservé", "order": 1,
        "intro": f"Facultatif. Ce qui est réservé à ce jour pour les trois mois à venir, en {unit}. Il n’en paraît "
        "que la part réservée de tout le territoire.",
    }  # fmt: skip
    [asked] = schema()["x-sections"]
    title = f"{asked['title']} «\u00a0{season}\u00a0»"
    return [booked, {**asked, "title": title, "order": 2}] if season else [booked]


def properties_of(month: str, season: str) -> dict[str, Any]:
    """The questions of these sections."""
    booked = {field_name(one): _booked(one) for one in months_ahead(month)}
    return {**booked, **(schema()["properties"] if season else {})}


def answers_of(said: Said) -> Answers:
    """What was said already, as the form shows it again."""
    answers: Answers = {field_name(month): nights for month, nights in said.booked.items()}
    if voice := said.voice:
        told: Answers = {
            "rating": voice.rating,
            "reasons": list(voice.reasons),
            "remark": voice.remark,
        }
        answers |= {f"season_{name}": value for name, value in told.items() if value}
    return answers


def said_from(answers: Mapping[str, Any], asked: MonthlyReturn, season: Season | None) -> Said:
    """What right answers say; of a season that nobody is asked about any more, what was said of it stays."""
    months = months_ahead(asked.month)
    booked = {month: answers[field_name(month)] for month in months if field_name(month) in answers}
    return Said(_voice(answers, season.id) if season else asked.said.voice, booked)


def is_optional(name: str) -> bool:
    """Whether a field is of these sections."""
    return name.startswith((PREFIX, "season_"))


def untrue(asked: MonthlyReturn, answers: Answers) -> Iterator[FieldError]:
    """More booked than there is."""
    units = asked.establishment.units
    for month in months_ahead(asked.month):
        booked, most = answers.get(field_name(month)), units * days_of(month)
        if isinstance(booked, int) and booked > most:
            word = unit_word(asked.establishment.category, units)
            why = f"{french_integer(units)}\u00a0{word} pendant {days_of(month)}\u00a0nuits"
            yield FieldError(field_name(month), f"Au plus {french_integer(most)}\u00a0: {why}.")


def field_name(month: str) -> str:
    """How the form calls what is booked for a month: `booked_202705`."""
    return PREFIX + month.replace("-", "")


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """The questions about a season."""
    found: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return found


def _booked(month: str) -> dict[str, Any]:
    title = capitalised(french_month(first_day(month)))
    return {"title": title, "type": "integer", "minimum": 0, "maximum": MOST, "x-section": BOOKED}


def _voice(answers: Mapping[str, Any], season: str) -> Voice | None:
    voice = Voice(
        season,
        answers.get("season_rating", ""),
        tuple(answers.get("season_reasons", ())),
        answers.get("season_remark", ""),
    )
    return None if voice == Voice(season) else voice
