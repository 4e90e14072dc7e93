"""A part of the territory as a report reads it: sums only, small enough to be handed from one function to the next."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from chalicelib.observatory import outlook, voices
from chalicelib.observatory.adding import added
from chalicelib.observatory.counting import Counted, Counts, Kind, Period, count, merged
from chalicelib.observatory.figures import Occupancy
from chalicelib.observatory.frames import Frame, Frames
from chalicelib.observatory.model import MonthlyReturn
from chalicelib.observatory.months import moved
from chalicelib.observatory.outlook import A_YEAR, Booked
from chalicelib.observatory.tables import Tally
from chalicelib.observatory.voices import Ballot

Json = dict[str, Any]
Reader = Callable[[str, str], Iterable[MonthlyReturn]]
"""The returns that were asked for a month in a commune."""


@dataclass(frozen=True)
class Panel:
    """How many establishments of each category were asked, and how many of them gave something."""

    asked: Mapping[str, int]
    given: Mapping[str, int]


@dataclass(frozen=True)
class Part:
    """The sums of a part in both years, its panel, its arrivals by country of residence, and what was said beside."""

    now: Counts
    before: Counts
    panel: Panel
    origins: Mapping[str, Tally]
    voices: Ballot = field(default_factory=dict)
    booked: Mapping[str, Booked] = field(default_factory=dict)


def read_part(
    communes: Iterable[str], frames: Frames, sectors: Mapping[str, str], read: Reader, asked_in: str = ""
) -> Part:
    """What the communes of one part have to say; commune after commune, so that memory holds one at a time.

    What is booked is asked with the figures of the month `asked_in`, if any, and was of the same one a year before.
    """
    parts = [_read_commune(commune, frames, sectors, read, asked_in) for commune in communes]
    return joined(parts)


def joined(parts: Iterable[Part]) -> Part:
    """Parts put together; no establishment is in two of them."""
    listed = list(parts)
    return Part(
        merged(part.now for part in listed),
        merged(part.before for part in listed),
        Panel(
            added((part.panel.asked for part in listed), int),
            added((part.panel.given for part in listed), int),
        ),
        added((part.origins for part in listed), Tally),
        voices.added(part.voices for part in listed),
        added((part.booked for part in listed), Booked),
    )


def _read_commune(
    commune: str, frames: Frames, sectors: Mapping[str, str], read: Reader, asked_in: str
) -> Part:
    now = _returns(commune, frames.now, read)
    before = _returns(commune, frames.before, read)
    return Part(
        _count(now, frames.now, sectors),
        _count(before, frames.before, sectors),
        _panel(now),
        _origins(now),
        voices.counted((one.establishment.id, one.said.voice) for one in now if one.said.voice),
        outlook.booked_in(_asked_in(asked_in, commune, read)),
    )


def _asked_in(month: str, commune: str, read: Reader) -> Iterator[MonthlyReturn]:
    for each in (month, moved(month, -A_YEAR)) if month else ():
        yield from read(each, commune)


def _returns(commune: str, frame: Frame, read: Reader) -> list[MonthlyReturn]:
    return [one for month in frame.months for one in read(month, commune)]


def _count(returns: list[MonthlyReturn], frame: Frame, sectors: Mapping[str, str]) -> Counts:
    return count(returns, [period for _, period in frame.periods if period], frame.days, sectors)


def _panel(returns: Iterable[MonthlyReturn]) -> Panel:
    asked: dict[str, set[str]] = defaultdict(set)
    given: dict[str, set[str]] = defaultdict(set)
    for one in returns:
        asked[one.establishment.category].add(one.establishment.id)
        if one.is_given:
            given[one.establishment.category].add(one.establishment.id)
    return Panel(_sizes(asked), _sizes(given))


def _sizes(sets: Mapping[str, set[str]]) -> dict[str, int]:
    return {key: len(members) for key, members in sets.items()}


def _origins(returns: Iterable[MonthlyReturn]) -> dict[str, Tally]:
    """By country, from how many establishments and with which largest share."""
    own: dict[tuple[str, str], int] = defaultdict(int)
    for one in returns:
        for country, arrivals in one.origins.items():
            own[country, one.establishment.id] += arrivals
    found: dict[str, Tally] = defaultdict(Tally)
    for (country, _), arrivals in own.items():
        if arrivals:
            found[country] += Tally(1, arrivals, arrivals)
    return dict(found)


def to_json(part: Part) -> Json:
    """The part as plain JSON."""
    return {
        "now": _counts_json(part.now),
        "before": _counts_json(part.before),
        "panel": {"asked": dict(part.panel.asked), "given": dict(part.panel.given)},
        "origins": {country: _tally_json(tally) for country, tally in part.origins.items()},
        "voices": {season: dict(answers) for season, answers in part.voices.items()},
        "booked": {month: [*_tally_json(one.tally), one.stock] for month, one in part.booked.items()},
    }


def from_json(stored: Json) -> Part:
    """The part that `to_json` wrote."""
    return Part(
        _counts(stored["now"]),
        _counts(stored["before"]),
        Panel(stored["panel"]["asked"], stored["panel"]["given"]),
        {country: _tally(each) for country, each in stored["origins"].items()},
        stored["voices"],
        {month: Booked(_tally(tally), stock) for month, (*tally, stock) in stored["booked"].items()},
    )


def _counts_json(counts: Counts) -> Json:
    return {
        "of": [
            [*_key_json(key), *vars(one.occupancy).values(), *_tally_json(one.tally)]
            for key, one in counts.of.items()
        ],
        "moved": {
            name: [[*_key_json(key), share] for key, share in shares.items()]
            for name, shares in counts.moved.items()
        },
    }


def _counts(stored: Json) -> Counts:
    return Counts(
        {
            _key(kind, period): Counted(Occupancy(*sold), _tally(tally))
            for kind, period, sold, tally in _cut(stored["of"])
        },
        {
            name: {_key(kind, period): share for kind, period, share in shares}
            for name, shares in stored["moved"].items()
        },
    )


def _cut(rows: Iterable[list[Any]]) -> Iterator[tuple[Any, Any, list[Any], list[Any]]]:
    for kind, period, stock, offered, occupied, *tally in rows:
        yield kind, period, [stock, offered, occupied], tally


def _key_json(key: tuple[Kind, Period]) -> tuple[list[Any], list[str]]:
    return list(key[0]), sorted(key[1])


def _key(kind: list[Any], period: list[str]) -> tuple[Kind, Period]:
    return Kind(*kind), frozenset(period)


def _tally_json(tally: Tally) -> list[Any]:
    return [tally.count, tally.total, tally.largest, list(tally.names)]


def _tally(stored: list[Any]) -> Tally:
    counted, total, largest, names = stored
    return Tally(counted, total, largest, tuple(names))
