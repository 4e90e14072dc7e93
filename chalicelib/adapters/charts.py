"""Bars of money, or of people, as SVG that needs neither style sheet nor script: our pages let none into a picture.

What pygal draws is dressed with attributes. The looks differ by pattern, not by colour alone, and each part that is
wide enough says its amount: the picture reads in grey, and on paper.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.adapters.drawing import DARK, FONT, FONT_SIZE, LIGHT, Colours
from chalicelib.kernel.french import NBSP, french_integer

SVG = "image/svg+xml"
LETTER_WIDTH = 8
ROW_HEIGHT, FRAME_HEIGHT = 58, 84
HATCHES = "hachures"
NOT_SHOWN = {"style", "script", "desc", "title"}


@dataclass(frozen=True)
class Part:
    """One part of every bar, in cents or in heads; `look` is `solid`, `hatched` or `open`."""

    name: str
    look: str
    cents: Sequence[int]


def euros(cents: float) -> str:
    """An amount as it stands on its part: `1 500 €`."""
    return f"{french_integer(round(cents / 100))}{NBSP}€"


def heads(count: float) -> str:
    """A number of people as it stands on its part."""
    return french_integer(round(count))


def stacked_bars(
    title: str,
    labels: Sequence[str],
    parts: Sequence[Part],
    width_px: int,
    *,
    is_dark: bool = False,
    said: Callable[[float], str] = euros,
    ticks: Sequence[float] = (),
) -> str:
    """A lying bar for each label, the first on top, with a legend.

    `title` is what a screen reader says of it, `said` writes the number of a part, `ticks` are the numbers below;
    without them they are round ones.
    """
    pygal, etree = _pygal()
    colours = DARK if is_dark else LIGHT
    root = _drawn(pygal, labels, parts, width_px, said, ticks)
    _tidy(root)
    _say(etree, root, title)
    _pattern(etree, root, colours)
    for number, part in enumerate(parts):
        _dress_part(root, number, part, colours)
    _dress_frame(root, colours)
    return str(etree.tostring(root, encoding="unicode"))


def _pygal() -> tuple[Any, Any]:
    """The library and its trees, without the finder that it adds for maps: Python has left that protocol, and warns."""
    import pygal
    from pygal.etree import etree

    sys.meta_path[:] = [one for one in sys.meta_path if not isinstance(one, pygal.PluginImportFixer)]
    return pygal, etree


def _drawn(
    pygal: Any,
    labels: Sequence[str],
    parts: Sequence[Part],
    width_px: int,
    said: Callable[[float], str],
    ticks: Sequence[float],
) -> Any:
    from pygal.style import Style

    sizes = ("label_font_size", "major_label_font_size", "legend_font_size", "value_font_size")
    columns = len(parts) if width_px > 500 else 1
    height = FRAME_HEIGHT + ROW_HEIGHT * len(labels) + (0 if columns > 1 else 24 * len(parts))
    chart = pygal.HorizontalStackedBar(
        width=width_px, height=height, explicit_size=True, no_prefix=True, js=(), margin=10, margin_right=28, spacing=8,
        style=Style(font_family=FONT, **dict.fromkeys(sizes, FONT_SIZE)), print_values=True, min_scale=2,
        max_scale=4, legend_at_bottom=True, truncate_label=-1, legend_at_bottom_columns=columns, value_formatter=said,
    )  # fmt: skip
    chart.x_labels = list(reversed(labels))
    chart.y_labels = list(ticks) or None
    for part in parts:
        chart.add(part.name, list(reversed(part.cents)))
    return chart.render_tree()


def _tidy(root: Any) -> None:
    """Take away what is for scripts, and what nobody reads."""
    for parent in list(root.iter()):
        for child in list(parent):
            is_comment = not isinstance(child.tag, str)
            if is_comment or _name(child) in NOT_SHOWN or {"tooltip-overlay", "overlay"} & _classes(child):
                parent.remove(child)


def _say(etree: Any, root: Any, title: str) -> None:
    root.set("role", "img")
    root.set("font-family", FONT)
    root.set("font-size", str(FONT_SIZE))
    root.attrib.pop("id", None)
    said = etree.Element("title")
    said.text = title
    root.insert(0, said)


def _pattern(etree: Any, root: Any, colours: Colours) -> None:
    size = {"width": "8", "height": "8", "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    place = next(each for each in root if _name(each) == "defs")
    pattern = etree.SubElement(place, "pattern", {"id": HATCHES, **size})
    for width, fill in (("8", colours.tint), ("3", colours.warm)):
        etree.SubElement(pattern, "rect", {"width": width, "height": "8", "fill": fill})


def _dress_part(root: Any, number: int, part: Part, colours: Colours) -> None:
    fill, stroke = {
        "solid": (colours.strong, colours.strong),
        "hatched": (f"url(#{HATCHES})", colours.warm),
        "open": (colours.paper, colours.line),
    }[part.look]
    bars = [each for each in _within(root, f"serie-{number}") if _name(each) == "rect"]
    words = [each for each in _within(root, f"serie-{number}") if _name(each) == "text"]
    boxes = [each for each in root.iter() if f"color-{number}" in _classes(each) and _name(each) == "rect"]
    for shape in (*bars, *boxes):
        shape.attrib.update({"fill": fill, "stroke": stroke, "stroke-width": "1.5"})
    ink, halo = (colours.paper, colours.strong) if part.look == "solid" else (colours.ink, colours.paper)
    for bar, word in zip(bars, words, strict=False):
        fits = float(bar.get("width", 0)) > LETTER_WIDTH * len(word.text or "")
        word.text = word.text if fits else ""
        word.attrib.update({"fill": ink, "stroke": halo, "stroke-width": "6", "paint-order": "stroke"})


def _dress_frame(root: Any, colours: Colours) -> None:
    """The rest: grounds are the paper's, lines are thin, words stand where they belong."""
    for shape in root.iter():
        kind = _name(shape)
        if kind == "rect" and "background" in _classes(shape):
            shape.set("fill", colours.paper)
        elif kind == "path":
            shape.attrib.update({"fill": "none", "stroke": colours.line, "stroke-width": "0.5"})
        elif kind == "text" and not shape.get("fill"):
            shape.set("fill", colours.ink)
    for axis, anchor in (("y", "end"), ("x", "middle")):
        for word in (each for each in _within(root, "axis", axis) if _name(each) == "text"):
            word.set("text-anchor", anchor)


def _within(root: Any, *classes: str) -> Iterator[Any]:
    """What is inside the groups that have all of these classes, in order."""
    for group in root.iter():
        if _name(group) == "g" and set(classes) <= _classes(group):
            yield from group.iter()


def _classes(element: Any) -> set[str]:
    return set(str(element.get("class", "")).split())


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
