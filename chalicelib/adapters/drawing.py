"""SVG written by hand: shapes with attributes, no style sheet and no script, which our pages let into no picture.

Lengths are pixels of the picture, from its upper left corner. Texts are told as texts, whatever is in them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from chalicelib.kernel.cells import flat

FONT = "Atkinson Hyperlegible Next, Verdana, sans-serif"
FONT_SIZE = 14
LETTER_WIDTH = 7.5
"""What a letter takes at the ordinary size, a little more than the mean."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Colours:
    """The colours of the page that the picture stands on."""

    paper: str
    ink: str
    line: str
    strong: str
    warm: str
    tint: str


LIGHT = Colours("#ffffff", "#1b2a2e", "#6b8084", "#0f5c63", "#8a5310", "#fcf3e3")
DARK = Colours("#0f191b", "#e9f0ef", "#7e9599", "#86d3cf", "#ecbd74", "#33270f")


@dataclass
class Picture:
    """What is drawn later lies on top of what was drawn before; `title` is what a screen reader says of it."""

    title: str
    width: float
    height: float
    colours: Colours
    _shapes: list[str] = field(default_factory=list)
    _patterns: list[str] = field(default_factory=list)

    def rect(self, at: Point, width: float, height: float, **look: object) -> None:
        """A rectangle from its upper left corner."""
        self._shapes.append(_element("rect", x=at[0], y=at[1], width=width, height=height, **look))

    def line(self, start: Point, end: Point, **look: object) -> None:
        """A straight line."""
        self._shapes.append(_element("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], **look))

    def polyline(self, points: Sequence[Point], **look: object) -> None:
        """Straight lines from point to point."""
        self._shapes.append(_element("polyline", points=_points(points), fill="none", **look))

    def polygon(self, points: Sequence[Point], **look: object) -> None:
        """A closed shape."""
        self._shapes.append(_element("polygon", points=_points(points), **look))

    def circle(self, at: Point, radius: float, **look: object) -> None:
        """A circle around its middle."""
        self._shapes.append(_element("circle", cx=at[0], cy=at[1], r=radius, **look))

    def text(self, at: Point, words: str, **look: object) -> None:
        """Words on one line, `at` the left end of what they stand on; `text_anchor` moves them."""
        self._shapes.append(_element("text", escape(flat(words)), x=at[0], y=at[1], **look))

    def hatches(self, name: str, every: float, width: float, ink: str, paper: str = "none") -> str:
        """A pattern of slanted lines, `every` so many pixels one; what fills a shape with it."""
        ground = _element("rect", width=every, height=every, fill=paper)
        drawn = _element("rect", width=width, height=every, fill=ink)
        self._patterns.append(
            _element(
                "pattern", ground + drawn, id=name, width=every, height=every, patternUnits="userSpaceOnUse",
                patternTransform="rotate(45)",
            )
        )  # fmt: skip
        return f"url(#{name})"

    def svg(self) -> str:
        """The picture."""
        ground = _element("rect", width=self.width, height=self.height, fill=self.colours.paper)
        inside = (
            f"<title>{escape(flat(self.title))}</title>", f"<defs>{''.join(self._patterns)}</defs>", ground,
            *self._shapes,
        )  # fmt: skip
        return _element(
            "svg", "".join(inside), xmlns="http://www.w3.org/2000/svg", role="img", width=self.width,
            height=self.height, viewBox=f"0 0 {_number(self.width)} {_number(self.height)}", font_family=FONT,
            font_size=FONT_SIZE, fill=self.colours.ink,
        )  # fmt: skip


def width_of(words: str) -> float:
    """About how wide they are at the ordinary size."""
    return len(words) * LETTER_WIDTH


def _element(name: str, inside: str = "", /, **attributes: object) -> str:
    told = "".join(f' {_dashed(key)}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name}{told}>{inside}</{name}>" if inside else f"<{name}{told}/>"


def _dashed(key: str) -> str:
    """Names of attributes have hyphens where Python has none; those with capitals are as they are."""
    return key.replace("_", "-")


def _value(value: object) -> str:
    return _number(value) if isinstance(value, int | float) else escape(str(value))


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
