"""Rates week by week as curves, with what may explain them below: school holidays, those abroad, events.

The curves differ by stroke and by marker, and each has its name at its end: the picture reads in grey, on paper, and
without telling colours apart. Where there is no rate to show, a curve has a gap.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor

from chalicelib.adapters.drawing import DARK, LETTER_WIDTH, LIGHT, Colours, Picture, Point, width_of
from chalicelib.adapters.strips import drawn_strips, explained, strips_of
from chalicelib.kernel.french import NBSP

ZONES = ("A", "B", "C")
NARROW_PX = 500
LINE_PX, AXIS_PX, ROW_PX = 20, 24, 20
TOP_PX, SAMPLE_PX, MARKER_PX = 18, 34, 4
STEP_PERCENT, LEAST_TOP_PERCENT = 20, 40
HATCH_EVERY_PX = {1: 13, 2: 8, 3: 4.5}
"""The more zones are on holiday, the closer the hatches."""


@dataclass(frozen=True)
class Curve:
    """`percents` has a rate for each week, None for a gap; `look` is `now`, `before` or `group`."""

    name: str
    look: str
    percents: Sequence[float | None]


@dataclass(frozen=True)
class WeekMark:
    """What is told of a week below the curves: its name, such as `3 mars`, and what is on in it.

    `zones` are those of A, B and C on school holiday, `foreign` the names of areas abroad, `events` those of events.
    """

    label: str
    zones: Sequence[str] = ()
    foreign: Sequence[str] = ()
    events: Sequence[str] = ()


@dataclass(frozen=True)
class _Frame:
    """Where the curves are: inside these edges, `top` percent high."""

    left: float
    right: float
    upper: float
    lower: float
    top: float
    weeks: int

    @property
    def step(self) -> float:
        return (self.right - self.left) / max(1, self.weeks)

    def edge(self, week: float) -> float:
        return self.left + self.step * week

    def at(self, week: int, percent: float) -> Point:
        return self.edge(week + 0.5), self.lower - (self.lower - self.upper) * percent / self.top


def whole_percents(percent: float) -> str:
    """A rate as it stands beside its point: `62 %`; half a percent goes up."""
    return f"{floor(percent + 0.5)}{NBSP}%"


def lines(
    title: str,
    weeks: Sequence[WeekMark],
    curves: Sequence[Curve],
    width_px: int,
    *,
    is_dark: bool = False,
    said: Callable[[float], str] = whole_percents,
) -> str:
    """The curves over the weeks, as SVG; without a single rate there is a frame and what stands below it.

    `title` is what a screen reader says of it, `said` writes a rate. Of each curve `percents` is as long as `weeks`.
    """
    shown = [curve for curve in curves if any(percent is not None for percent in curve.percents)]
    strips = strips_of([(one.zones, one.foreign, one.events) for one in weeks], ZONES)
    has_zones = any(one.zones for one in weeks)
    words = explained(strips, width_px, has_zones)
    is_narrow = width_px <= NARROW_PX
    frame = _frame(width_px, len(weeks), shown, is_narrow)
    height = frame.lower + AXIS_PX + ROW_PX * len(strips) + LINE_PX * len(words) + 12
    picture = Picture(title, width_px, height, DARK if is_dark else LIGHT)
    _bands(picture, frame, weeks)
    _grid(picture, frame, said)
    _week_names(picture, frame, [one.label for one in weeks])
    below = frame.lower + AXIS_PX
    drawn_strips(picture, strips, frame.edge, below, ROW_PX)
    for number, line in enumerate(words):
        picture.text((4, below + ROW_PX * len(strips) + LINE_PX * (number + 0.9)), line, font_size=13)
    for curve in sorted(shown, key=lambda one: one.look == "now"):
        _curve(picture, frame, curve)
    _names(picture, frame, shown, is_narrow)
    _highest(picture, frame, shown, said)
    return picture.svg()


def _frame(width: float, weeks: int, curves: Sequence[Curve], is_narrow: bool) -> _Frame:
    named = max((width_of(curve.name) for curve in curves), default=0)
    upper = TOP_PX + (LINE_PX * len(curves) + 10 if is_narrow and curves else 0)
    right = width - 10 if is_narrow else width - named - SAMPLE_PX - 16
    rates = [percent for curve in curves for percent in curve.percents if percent is not None]
    top = max(LEAST_TOP_PERCENT, STEP_PERCENT * ceil(max(rates, default=0) / STEP_PERCENT))
    return _Frame(52, right, upper, upper + (170 if is_narrow else 220), top, weeks)


def _bands(picture: Picture, frame: _Frame, weeks: Sequence[WeekMark]) -> None:
    colours = picture.colours
    fills = {
        count: picture.hatches(f"zones-{count}", every, 0.9, colours.line, colours.tint)
        for count, every in HATCH_EVERY_PX.items()
    }
    for count, first, last in runs(len(set(one.zones)) for one in weeks):
        if count:
            size = frame.step * (last - first), frame.lower - frame.upper
            picture.rect((frame.edge(first), frame.upper), *size, fill=fills[count], opacity=0.55)


def runs(values: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """Each value that comes several times in a row, once: the value, where it begins, and where another follows."""
    begin = 0
    for value, alike in groupby(values):
        length = len(list(alike))
        yield value, begin, begin + length
        begin += length


def _grid(picture: Picture, frame: _Frame, said: Callable[[float], str]) -> None:
    for percent in range(0, round(frame.top) + 1, STEP_PERCENT):
        _, y = frame.at(0, percent)
        weight = 0.5 if percent else 1.5
        picture.line((frame.left, y), (frame.right, y), stroke=picture.colours.line, stroke_width=weight)
        picture.text((frame.left - 6, y + 5), said(percent), text_anchor="end")


def _week_names(picture: Picture, frame: _Frame, labels: Sequence[str]) -> None:
    """As many as have room, at equal distances."""
    room = max((width_of(label) for label in labels), default=0) + 12
    every = max(1, ceil(room / frame.step))
    for week in range(0, len(labels), every):
        x = frame.edge(week + 0.5)
        picture.line((x, frame.lower), (x, frame.lower + 5), stroke=picture.colours.line)
        half = width_of(labels[week]) / 2
        if x + half <= picture.width:
            picture.text((x, frame.lower + AXIS_PX - 5), labels[week], text_anchor="middle")


def _curve(picture: Picture, frame: _Frame, curve: Curve) -> None:
    stroke = _stroke(curve.look, picture.colours)
    points = [
        None if each is None else frame.at(week, each)
        for week, each in enumerate(curve.percents[: frame.weeks])
    ]
    for is_known, part in groupby(points, lambda point: point is not None):
        known = [point for point in part if point is not None]
        if is_known and len(known) > 1:
            picture.polyline(known, **stroke)
    for point in points:
        if point is not None:
            _marker(picture, point, curve.look)


def _stroke(look: str, colours: Colours) -> dict[str, object]:
    """How the line of a curve is drawn: solid and thick, dashed, or dotted."""
    return {
        "now": {"stroke": colours.strong, "stroke_width": 3.5, "stroke_linejoin": "round"},
        "before": {"stroke": colours.warm, "stroke_width": 2, "stroke_dasharray": "8 5"},
        "group": {
            "stroke": colours.ink,
            "stroke_width": 2,
            "stroke_dasharray": "1 5",
            "stroke_linecap": "round",
        },
    }[look]


def _marker(picture: Picture, at: Point, look: str) -> None:
    """A full circle, an open square, a triangle."""
    (x, y), size, colours = at, MARKER_PX, picture.colours
    if look == "now":
        picture.circle(at, size, fill=colours.strong)
    elif look == "before":
        square = (x - size + 0.5, y - size + 0.5)
        picture.rect(
            square, 2 * size - 1, 2 * size - 1, fill=colours.paper, stroke=colours.warm, stroke_width=1.5
        )
    else:
        corners = [(x, y - size), (x + size, y + size - 1), (x - size, y + size - 1)]
        picture.polygon(corners, fill=colours.paper, stroke=colours.ink, stroke_width=1.2)


def _names(picture: Picture, frame: _Frame, curves: Sequence[Curve], is_narrow: bool) -> None:
    """Each name with a piece of its line: at the end of the curve, or on top where there is no room beside."""
    if is_narrow:
        x, places = frame.left, {one.name: TOP_PX - 6.0 + LINE_PX * at for at, one in enumerate(curves)}
    else:
        x, places = frame.right + 8, _ends(frame, curves)
    for curve in curves:
        y = places[curve.name]
        picture.line((x, y), (x + SAMPLE_PX - 8, y), **_stroke(curve.look, picture.colours))
        _marker(picture, (x + (SAMPLE_PX - 8) / 2, y), curve.look)
        picture.text(
            (x + SAMPLE_PX - 2, y + 5), curve.name, font_weight="bold" if curve.look == "now" else "normal"
        )


def _ends(frame: _Frame, curves: Sequence[Curve]) -> dict[str, float]:
    """How high each name stands: at its curve's last point, pushed down where another one is there."""
    last = {
        curve.name: next(percent for percent in reversed(curve.percents) if percent is not None)
        for curve in curves
    }
    places: dict[str, float] = {}
    free_from = frame.upper
    for name in sorted(last, key=lambda one: -last[one]):
        places[name] = max(free_from, frame.at(0, last[name])[1])
        free_from = places[name] + LINE_PX
    return places


def _highest(picture: Picture, frame: _Frame, curves: Sequence[Curve], said: Callable[[float], str]) -> None:
    """The highest rate of this year, in figures."""
    for curve in curves:
        if curve.look == "now":
            percent, week = max((each, -week) for week, each in enumerate(curve.percents) if each is not None)
            x, y = frame.at(-week, percent)
            halo = {"stroke": picture.colours.paper, "stroke_width": 4, "paint_order": "stroke"}
            place = min(max(x, frame.left + 3 * LETTER_WIDTH), frame.right - 2 * LETTER_WIDTH), max(y - 9, 14)
            picture.text(place, said(percent), text_anchor="middle", font_weight="bold", **halo)
