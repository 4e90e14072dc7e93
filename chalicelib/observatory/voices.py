"""What lodgings say beside their figures, if they like: how their season was, and how much is booked already."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from chalicelib.observatory import adding
from chalicelib.observatory.months import moved

Ballot = Mapping[str, Mapping[str, int]]
"""By season, how many gave each answer: ratings and reasons by their names."""
AHEAD = (2, 3, 4)
"""Figures of a month are asked for in the next one: these are the three months after that."""


@dataclass(frozen=True)
class Voice:
    """What one of them says of a season: a rating of RATING_WORDS, reasons of REASON_WORDS, a remark for the office."""

    season: str
    rating: str = ""
    reasons: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True)
class Said:
    """What a return has beside figures; `booked` are unit-nights by the month (`2027-05`) that they are booked for."""

    voice: Voice | None = None
    booked: Mapping[str, int] = field(default_factory=dict)


def months_ahead(month: str) -> tuple[str, ...]:
    """The months whose bookings are asked for with the figures of `month`."""
    return tuple(moved(month, by) for by in AHEAD)


def counted(voices: Iterable[tuple[str, Voice]]) -> dict[str, dict[str, int]]:
    """How many gave each answer, of each establishment (by its identifier) the last that it said of a season."""
    last = {(who, voice.season): voice for who, voice in voices}
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for voice in last.values():
        for answer in filter(None, (voice.rating, *voice.reasons)):
            found[voice.season][answer] += 1
    return {season: dict(answers) for season, answers in found.items()}


def added(ballots: Iterable[Ballot]) -> dict[str, dict[str, int]]:
    """Those of several parts of the territory together; no establishment is in two of them."""
    listed = list(ballots)
    seasons = dict.fromkeys(season for ballot in listed for season in ballot)
    return {season: adding.added((ballot.get(season, {}) for ballot in listed), int) for season in seasons}
