"""Who figures are about, and which periods they are of: the rows and columns of a report's tables."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from chalicelib.observatory.counting import Kind, Period
from chalicelib.observatory.tables import Cell


class GroupKey(NamedTuple):
    """Names a group: `of` is what it is made by, the rest what is alike in it (empty for whatever)."""

    of: str
    sector: str = ""
    category: str = ""
    stars: int = 0


class PeriodKey(NamedTuple):
    """Names a period: `of` is `week`, `zones`, `event`, `comparable` or `season`, `which` one of them.

    Those of OF_DAYS, `event_days` and `comparable_days`, are of days.
    """

    of: str
    which: str = ""


class CellKey(NamedTuple):
    """Names a figure of a report."""

    group: GroupKey
    period: PeriodKey


ALL = GroupKey("all")
SEASON = PeriodKey("season")
UNRATED = 0

WORTH_OF_GROUP = {"all": 90, "sector": 60, "category": 50, "stars": 30, "sector_category": 20}
OF_DAYS = ("event_days", "comparable_days")
"""Periods of days, of those who gave each day: they cost no other figure, since events have weeks without them."""
WORTH_OF_PERIOD = {
    "season": 5,
    "zones": 4,
    "event": 2,
    "comparable": 2,
    "week": 0,
    **dict.fromkeys(OF_DAYS, 2),
}
"""What readers would miss most is hidden last."""

WEEKLY = frozenset({"all", "sector", "category"})
OF_ALL = frozenset({"all"})
TOLD_OF = {"week": WEEKLY, **dict.fromkeys(("zones", "event", "comparable", *OF_DAYS), OF_ALL)}
"""Of which groups a report tells such periods; a whole season is told of every group."""


@dataclass(frozen=True)
class Group:
    """The kinds that a figure is about."""

    key: GroupKey
    kinds: frozenset[Kind]


def groups(kinds: Collection[Kind], rated: Collection[str]) -> list[Group]:
    """Every group that somebody is in, the largest first; `rated` are the categories that are told apart by stars."""
    keys = dict.fromkeys(key for kind in sorted(kinds) for key in _keys(kind, rated))
    ordered = sorted(keys, key=lambda key: -WORTH_OF_GROUP[key.of])
    return [Group(key, kinds_in(key, kinds)) for key in ordered]


def kinds_in(group: GroupKey, kinds: Iterable[Kind]) -> frozenset[Kind]:
    """The kinds that a group is made of: those that are alike in what its key says."""
    return frozenset(
        kind
        for kind in kinds
        if group.sector in ("", kind.sector)
        and group.category in ("", kind.category)
        and group.stars in (UNRATED, kind.stars)
    )


def _keys(kind: Kind, rated: Collection[str]) -> Iterator[GroupKey]:
    yield ALL
    yield GroupKey("category", category=kind.category)
    if kind.sector:
        yield GroupKey("sector", kind.sector)
        yield GroupKey("sector_category", kind.sector, kind.category)
    if kind.category in rated and kind.stars != UNRATED:
        yield GroupKey("stars", category=kind.category, stars=kind.stars)


def cells(found: Iterable[Group], periods: Iterable[tuple[PeriodKey, Period]]) -> list[Cell]:
    """Every figure of a report."""
    listed = [(key, period) for key, period in periods if period]
    return [
        Cell(CellKey(group.key, key), group.kinds, period, _worth(group.key, key))
        for group in found
        for key, period in listed
        if _is_told(group.key, key)
    ]


def _is_told(group: GroupKey, period: PeriodKey) -> bool:
    """Whether a report has this figure: few are told by week."""
    told = TOLD_OF.get(period.of)
    return told is None or group.of in told


def _worth(group: GroupKey, period: PeriodKey) -> int:
    return WORTH_OF_GROUP[group.of] + WORTH_OF_PERIOD[period.of]
