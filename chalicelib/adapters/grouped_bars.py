"""Rates of several groups as lying bars, this year's above last year's: each says its rate, or why it has none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import wrap

from chalicelib.adapters.curves import whole_percents
from chalicelib.adapters.drawing import DARK, LETTER_WIDTH, LIGHT, Picture, width_of

NARROW_PX = 500
NAMES_PX, EDGE_PX, VALUE_PX = 200, 12, 64
BAR_PX, GAP_PX, LINE_PX, LEGEND_PX = 18, 16, 18, 22
STEP_PERCENT = 20


@dataclass(frozen=True)
class Bars:
    """The bars of one year: for each group a rate in percent, or the words that stand in its place.

    `look` is `solid` or `hatched`.
    """

    name: str
    look: str
    rates: Sequence[float | str]


def grouped_bars(
    title: str,
    labels: Sequence[str],
    bars: Sequence[Bars],
    width_px: int,
    *,
    is_dark: bool = False,
    said: Callable[[float], str] = whole_percents,
) -> str:
    """The bars of each group below its label, or beside it where there is room, as SVG.

    `title` is what a screen reader says of it, `said` writes a rate. Each of `bars` has a rate for every label.
    """
    is_narrow = width_px <= NARROW_PX
    left = EDGE_PX if is_narrow else NAMES_PX
    rows = [_lines_of(label, width_px if is_narrow else NAMES_PX) for label in labels]
    heights = [_height(row, len(bars), is_narrow) for row in rows]
    top = LEGEND_PX * (len(bars) if is_narrow else 1) + 12
    picture = Picture(title, width_px, top + sum(heights) + 8, DARK if is_dark else LIGHT)
    looks = _looks(picture)
    _legend(picture, bars, looks, is_narrow)
    scale = (width_px - left - VALUE_PX) / _longest(bars)
    upper = float(top)
    for number, (row, height) in enumerate(zip(rows, heights, strict=True)):
        lower = _label(picture, row, upper, is_narrow)
        for one in bars:
            _bar(picture, (left, lower), one.rates[number], scale, looks[one.look], said)
            lower += BAR_PX
        upper += height
    _axis(picture, left, top)
    return picture.svg()


def _lines_of(label: str, room_px: float) -> list[str]:
    return wrap(label, int((room_px - 2 * EDGE_PX) / LETTER_WIDTH)) or [""]


def _height(row: Sequence[str], bars: int, is_narrow: bool) -> float:
    words = LINE_PX * len(row)
    return GAP_PX + (words + BAR_PX * bars if is_narrow else max(words, BAR_PX * bars))


def _longest(bars: Sequence[Bars]) -> float:
    """What the whole width stands for: the largest rate, rounded up."""
    largest = max((rate for one in bars for rate in one.rates if not isinstance(rate, str)), default=0)
    return max(STEP_PERCENT, STEP_PERCENT * -(-largest // STEP_PERCENT))


def _looks(picture: Picture) -> dict[str, dict[str, object]]:
    """Full or hatched, with an edge: they differ in grey too."""
    colours = picture.colours
    hatched = picture.hatches("avant", 7, 2, colours.warm, colours.tint)
    return {
        "solid": {"fill": colours.strong, "stroke": colours.strong, "stroke_width": 1.5},
        "hatched": {"fill": hatched, "stroke": colours.warm, "stroke_width": 1.5},
    }


def _legend(
    picture: Picture, bars: Sequence[Bars], looks: dict[str, dict[str, object]], is_narrow: bool
) -> None:
    x, y = float(EDGE_PX), 8.0
    for one in bars:
        picture.rect((x, y), 26, 13, **looks[one.look])
        picture.text((x + 33, y + 11.5), one.name, font_weight="bold" if one.look == "solid" else "normal")
        if is_narrow:
            y += LEGEND_PX
        else:
            x += 33 + width_of(one.name) + 24


def _label(picture: Picture, row: Sequence[str], upper: float, is_narrow: bool) -> float:
    """The label, beside its bars or above them; where these begin."""
    for number, words in enumerate(row):
        beside_axis = EDGE_PX + (7 if is_narrow else 0)
        picture.text((beside_axis, upper + LINE_PX * number + 13), words)
    return upper + (LINE_PX * len(row) if is_narrow else 0)


def _bar(
    picture: Picture,
    at: tuple[float, float],
    rate: float | str,
    scale: float,
    look: dict[str, object],
    said: Callable[[float], str],
) -> None:
    left, upper = at
    if isinstance(rate, str):
        picture.text((left + 8, upper + 13), rate, font_size=13)
        return
    picture.rect((left, upper + 1), rate * scale, BAR_PX - 4, **look)
    picture.text((left + rate * scale + 7, upper + 13), said(rate), font_size=13)


def _axis(picture: Picture, left: float, top: float) -> None:
    """The line that all bars begin at."""
    ends = ((left, top - 4), (left, picture.height - 8))
    picture.line(*ends, stroke=picture.colours.line, stroke_width=1.5)
