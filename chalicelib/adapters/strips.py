"""What is on in which week, as rows of bars below curves: a letter for each row, and a line that explains them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from textwrap import wrap

from chalicelib.adapters.drawing import LETTER_WIDTH, Picture
from chalicelib.kernel.french import NBSP

DIGIT_ROOM_PX = 17

WeekFacts = tuple[Sequence[str], Sequence[str], Sequence[str]]
"""The zones, the areas abroad and the events of a week."""


@dataclass(frozen=True)
class Strip:
    """A row: how many there are of it in each week; `name` is what its letter stands for.

    `look` is `full` or `open` for bars, `mark` for triangles, which have no letter.
    """

    letter: str
    name: str
    counts: Sequence[int]
    look: str


def strips_of(weeks: Sequence[WeekFacts], zones: Sequence[str]) -> list[Strip]:
    """The zones, then each area abroad, then the events; a row of nothing is left out."""
    areas = list(dict.fromkeys(area for _, foreign, _ in weeks for area in foreign))
    letters = _letters(areas, set(zones))
    rows = [
        *(Strip(zone, "", [int(zone in on) for on, _, _ in weeks], "full") for zone in zones),
        *(Strip(letters[area], area, [int(area in on) for _, on, _ in weeks], "open") for area in areas),
        Strip("", "événements", [len(events) for _, _, events in weeks], "mark"),
    ]
    return [row for row in rows if any(row.counts)]


def explained(strips: Iterable[Strip], width_px: float, has_zones: bool) -> list[str]:
    """What the letters and the hatches stand for, in lines that fit."""
    zones = " ".join(strip.letter for strip in strips if strip.look == "full")
    parts = (
        [f"{zones}{NBSP}: vacances scolaires par zone (hachures serrées{NBSP}: plusieurs zones)"]
        if has_zones
        else []
    )
    parts += [f"{strip.letter or 'triangles'}{NBSP}: {strip.name}" for strip in strips if strip.name]
    return wrap(
        "; ".join(parts).replace("; ", f"{NBSP}; "),
        int(width_px / (LETTER_WIDTH - 1)),
        break_long_words=False,
    )


def drawn_strips(
    picture: Picture, strips: Iterable[Strip], edge: Callable[[float], float], top: float, row_px: float
) -> None:
    """The rows, from `top` down; `edge` says where a week begins."""
    for number, strip in enumerate(strips):
        upper = top + row_px * number
        if strip.look == "mark":
            _marks(picture, strip, edge, upper, row_px)
            continue
        beside = (edge(0) - 8, upper + row_px - 6)
        picture.text(beside, strip.letter, text_anchor="end", font_weight="bold")
        _bars(picture, strip, edge, upper, row_px)


def _bars(
    picture: Picture, strip: Strip, edge: Callable[[float], float], upper: float, row_px: float
) -> None:
    colours, begin = picture.colours, 0
    fill, ink = (colours.line, colours.paper) if strip.look == "full" else (colours.paper, colours.ink)
    for is_on, weeks in groupby(strip.counts):
        end = begin + len(list(weeks))
        if is_on:
            left, width = edge(begin) + 1, edge(end) - edge(begin) - 2
            picture.rect(
                (left, upper + 2), width, row_px - 4, rx=3, fill=fill, stroke=colours.line, stroke_width=1.5
            )
            if width > LETTER_WIDTH + 4:
                picture.text(
                    (left + width / 2, upper + row_px - 6), strip.letter, text_anchor="middle", fill=ink,
                    font_size=12, font_weight="bold",
                )  # fmt: skip
        begin = end


def _marks(
    picture: Picture, strip: Strip, edge: Callable[[float], float], upper: float, row_px: float
) -> None:
    """A triangle for a week with events, with their number where it has room and there are several."""
    has_room = edge(1) - edge(0) >= DIGIT_ROOM_PX
    for week, count in enumerate(strip.counts):
        if count:
            tells = has_room and count > 1
            x, y = edge(week + 0.5) - (4 if tells else 0), upper + row_px - 6
            # Drawn, not written: the typeface has no such sign.
            picture.polygon([(x, y - 9), (x + 4.5, y), (x - 4.5, y)], fill=picture.colours.ink)
            if tells:
                picture.text((x + 5.5, y + 1), str(count), font_size=12)


def _letters(areas: Iterable[str], taken: set[str]) -> dict[str, str]:
    """A letter for each area, of its last word if one is free: `G` for the canton of Geneva."""
    found: dict[str, str] = {}
    for area in areas:
        used = taken | set(found.values())
        wanted = [sign.upper() for sign in area.split()[-1] + area + "0123456789" if sign.isalnum()]
        found[area] = next((sign for sign in wanted if sign not in used), "+")
    return found
