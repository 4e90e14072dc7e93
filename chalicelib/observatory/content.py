"""What a season report says, as it is kept: numbers are numbers, what is secret is not in it, what is missing is empty.

Rates and shares are percent, changes are points of a hundred, both with one decimal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeVar, cast

State = Literal["open", "closed", "secret"]
Kind = Literal["season_end", "season_start", "bulletin"]
OPEN: State = "open"

One = TypeVar("One")


@dataclass(frozen=True)
class KeyFigure:
    """One of the figures on top: `value` is a rate, or a text that is ready to be read; `change` is in points."""

    label: str
    value: float | str | None
    change: float | None = None


@dataclass(frozen=True)
class PanelRow:
    """How many establishments of a kind gave figures, as a text: under three it is `moins de 3`."""

    label: str
    establishments: str


@dataclass(frozen=True)
class Panel:
    """Who was asked and who gave figures: `given` is None for one or two."""

    asked: int = 0
    given: int | None = 0
    response_rate: float | None = None
    rows: tuple[PanelRow, ...] = ()


@dataclass(frozen=True)
class Row:
    """A rate beside that of the year before; without one where `state` is not open."""

    label: str
    rate: float | None = None
    before: float | None = None
    change: float | None = None
    state: State = OPEN


@dataclass(frozen=True)
class WeekRow(Row):
    """The same of a week, with the zones on school holiday, the areas abroad on holiday, and the events."""

    zones: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """Rates of some groups, such as sectors; `key` names it in addresses and files."""

    key: str
    title: str
    note: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Effect:
    """The rate of an event's days beside that of days like them; `method` says which these are."""

    label: str
    days: str
    rate: float | None = None
    comparable: float | None = None
    difference: float | None = None
    method: str = ""


@dataclass(frozen=True)
class Share:
    """Where how many of a hundred arrivals came from."""

    label: str
    share: float | None = None


@dataclass(frozen=True)
class Answer:
    """How many professionals gave this answer; None for one or two."""

    label: str
    count: int | None = None


@dataclass(frozen=True)
class Satisfaction:
    """What the professionals say of their season; `answers` is None where it would give a small count away."""

    answers: int | None = 0
    rows: tuple[Answer, ...] = ()
    reasons: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class Content:
    """A whole report. A part without rows has no heading; `method` says why, where there is a reason."""

    kind: Kind
    title: str
    territory: str
    period: str
    compared_with: str
    published_on: str
    commentary: tuple[str, ...] = ()
    key_figures: tuple[KeyFigure, ...] = ()
    panel: Panel = Panel()
    weeks: tuple[WeekRow, ...] = ()
    tables: tuple[Table, ...] = ()
    zones: tuple[Row, ...] = ()
    effects: tuple[Effect, ...] = ()
    origins: tuple[Share, ...] = ()
    satisfaction: Satisfaction = Satisfaction()
    outlook: tuple[Row, ...] = ()
    method: tuple[str, ...] = ()

    def rows_of(self, key: str) -> tuple[Row, ...]:
        """The rows of the table that is called so; none where there is no such table."""
        return next((table.rows for table in self.tables if table.key == key), ())


def rate_told(rows: Sequence[Row], label: str) -> float | None:
    """The rate in the row of that label; None where there is no such row, or its rate is not told."""
    return next((row.rate for row in rows if row.label == label and row.state == OPEN), None)


def to_json(content: Content) -> dict[str, Any]:
    """The report as plain JSON: lists, objects, numbers, texts and null."""
    document = cast("dict[str, Any]", _listed(asdict(content)))
    return {**document, "outlook": {"rows": document["outlook"]}}


def from_json(document: Mapping[str, Any]) -> Content:
    """The report out of its JSON. Raises KeyError or TypeError for what is none."""
    given = {name: document[name] for name in ("kind", "title", "territory", "period", "compared_with")}
    return Content(
        **given,
        published_on=document["published_on"],
        commentary=tuple(document.get("commentary", ())),
        key_figures=_rows(KeyFigure, document.get("key_figures")),
        panel=_panel(document.get("panel")),
        weeks=tuple(_week(row) for row in document.get("weeks", ())),
        tables=tuple(_table(one) for one in document.get("tables", ())),
        zones=_rows(Row, document.get("zones")),
        effects=_rows(Effect, document.get("effects")),
        origins=_rows(Share, document.get("origins")),
        satisfaction=_satisfaction(document.get("satisfaction")),
        outlook=_rows(Row, (document.get("outlook") or {}).get("rows")),
        method=tuple(document.get("method", ())),
    )


def _listed(value: Any) -> Any:
    """Tuples as the lists that they come back as."""
    if isinstance(value, Mapping):
        return {key: _listed(each) for key, each in value.items()}
    return [_listed(each) for each in value] if isinstance(value, list | tuple) else value


def _rows(kind: type[One], rows: Sequence[Mapping[str, Any]] | None) -> tuple[One, ...]:
    return tuple(kind(**row) for row in rows or ())


def _panel(given: Mapping[str, Any] | None) -> Panel:
    return Panel(**{**given, "rows": _rows(PanelRow, given.get("rows"))}) if given else Panel()


def _week(row: Mapping[str, Any]) -> WeekRow:
    lists = {name: tuple(row.get(name, ())) for name in ("zones", "foreign", "events")}
    return WeekRow(**{**row, **lists})


def _table(given: Mapping[str, Any]) -> Table:
    return Table(**{**given, "rows": _rows(Row, given.get("rows"))})


def _satisfaction(given: Mapping[str, Any] | None) -> Satisfaction:
    lists = {name: _rows(Answer, (given or {}).get(name)) for name in ("rows", "reasons")}
    return Satisfaction(**{**(given or {}), **lists})
