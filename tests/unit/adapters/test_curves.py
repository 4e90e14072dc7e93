"""Curves by week: told apart without colours, broken where there is no rate, with what was on below them."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from chalicelib.adapters.curves import Curve, WeekMark, lines
from chalicelib.adapters.drawing import DARK, LIGHT

SVG = "{http://www.w3.org/2000/svg}"
WEEKS = [
    WeekMark("1er févr."),
    WeekMark("8 févr.", zones=("A",), foreign=("Canton de Genève",)),
    WeekMark("15 févr.", zones=("A", "B"), events=("Foulée blanche",)),
    WeekMark("22 févr.", zones=("A", "B", "C"), events=("Carnaval", "Marché")),
    WeekMark("1er mars"),
]
NOW = Curve("2027", "now", [40, 50, None, 80, 70])
BEFORE = Curve("2026", "before", [45, 44, 60, 75, 66])
GROUP = Curve("Groupe", "group", [30, 35, 38, 60, 55])


def drawn(curves=(NOW, BEFORE, GROUP), weeks=WEEKS, width_px=640, is_dark=False):
    return lines("Taux d’occupation par semaine", weeks, curves, width_px, is_dark=is_dark)


def parts(svg, name):
    return list(ElementTree.fromstring(svg).iter(f"{SVG}{name}"))


def words(svg):
    return [text.text for text in parts(svg, "text")]


def strokes(svg):
    """How each curve is drawn: width and dashes of its lines."""
    return {(one.get("stroke-width"), one.get("stroke-dasharray")) for one in parts(svg, "polyline")}


@pytest.mark.parametrize("width_px", [320, 640])
@pytest.mark.parametrize("is_dark", [False, True])
def test_nothing_in_it_needs_what_our_pages_forbid(width_px, is_dark):
    svg = drawn(width_px=width_px, is_dark=is_dark)
    assert not re.search(r"<style|<script|style=|href|<!--|\bon\w+=|javascript", svg)
    assert (DARK if is_dark else LIGHT).paper in svg
    assert drawn(width_px=width_px, is_dark=is_dark) == svg


def test_it_says_what_it_is():
    root = ElementTree.fromstring(drawn())
    assert (root.get("role"), root[0].tag, root[0].text) == (
        "img",
        f"{SVG}title",
        "Taux d’occupation par semaine",
    )


def test_curves_differ_by_stroke_and_marker_and_not_by_colour_alone():
    assert len(strokes(drawn())) == 3
    grey = re.sub(r"#[0-9a-f]{6}", "#777777", drawn())
    assert strokes(grey) == {("3.5", None), ("2", "8 5"), ("2", "1 5")}
    shapes = {name: len(parts(drawn([curve]), name)) for name, curve in (("circle", NOW), ("polygon", GROUP))}
    assert shapes["circle"] == 4 + 1, "a marker for each rate, and one beside the name"
    assert shapes["polygon"] == 5 + 1 + 2, "two weeks have events"


@pytest.mark.parametrize("width_px", [320, 640])
def test_each_curve_has_its_name_beside_a_piece_of_it(width_px):
    assert {"2027", "2026", "Groupe"} <= set(words(drawn(width_px=width_px)))


def test_a_curve_has_a_gap_where_there_is_no_rate():
    pieces = [one.get("points").split() for one in parts(drawn([NOW]), "polyline")]
    assert [len(piece) for piece in pieces] == [2, 2]
    assert [len(one.get("points").split()) for one in parts(drawn([BEFORE]), "polyline")] == [5]


def test_a_rate_between_two_gaps_is_a_marker():
    svg = drawn([Curve("2027", "now", [None, 50, None, None, None])])
    assert parts(svg, "polyline") == []
    assert len(parts(svg, "circle")) == 2


def test_a_curve_without_any_rate_is_not_named():
    assert "2027" not in words(drawn([Curve("2027", "now", [None] * 5), BEFORE]))
    assert "0\u00a0%" in words(drawn([])), "the frame is there"


def test_names_at_the_end_of_curves_that_end_alike_do_not_lie_on_each_other():
    svg = drawn([Curve(name, "now", [50] * 5) for name in ("un", "deux", "trois")])
    heights = sorted(float(one.get("y")) for one in parts(svg, "text") if one.text in ("un", "deux", "trois"))
    assert all(second - first >= 18 for first, second in pairwise(heights))


def test_holidays_are_told_by_letters_and_by_how_close_hatches_are():
    svg = drawn()
    told = words(svg)
    assert {"A", "B", "C", "G"} <= set(told)
    assert "G\u00a0: Canton de Genève" in " ".join(told)
    patterns = {one.get("id"): float(one.get("width")) for one in parts(svg, "pattern")}
    assert patterns["zones-1"] > patterns["zones-2"] > patterns["zones-3"]
    bands = [one.get("fill") for one in parts(svg, "rect") if one.get("opacity")]
    assert bands == ["url(#zones-1)", "url(#zones-2)", "url(#zones-3)"]


def test_without_holidays_nor_events_nothing_is_told_of_them():
    svg = drawn(weeks=[WeekMark(one.label) for one in WEEKS])
    assert not any("vacances" in word or "triangle" in word for word in words(svg))
    assert not [one for one in parts(svg, "rect") if one.get("opacity")]


def test_areas_abroad_with_the_same_initial_have_different_letters():
    weeks = [WeekMark("x", foreign=("Vaud", "Valais", "Berne")), *WEEKS[1:]]
    told = " ".join(words(drawn(weeks=weeks)))
    assert "V\u00a0: Vaud" in told
    assert "L\u00a0: Valais" in told or re.search("[^VABC]\u00a0: Valais", told)
    assert "B\u00a0: Berne" not in told, "B is a zone"


@pytest.mark.parametrize("width_px", [320, 640])
@pytest.mark.parametrize("count", [1, 2, 26, 53])
def test_any_number_of_weeks_stays_inside_the_picture(count, width_px):
    weeks = [WeekMark(f"{number} septembre", ("A",), (), ("x", "y")) for number in range(1, count + 1)]
    svg = drawn([Curve("2027", "now", [100] * count)], weeks, width_px)
    for one in parts(svg, "text"):
        half = len(one.text) * 7 / 2 if one.get("text-anchor") == "middle" else 0
        assert float(one.get("x")) - half >= 0
        assert float(one.get("x")) + half <= width_px
    assert all(0 <= float(one.get("cx")) <= width_px for one in parts(svg, "circle"))


def test_words_of_people_are_told_as_words():
    svg = drawn([Curve('<script>alert("1")</script>&\0', "now", [1] * 5)])
    assert "<script" not in svg
    assert any("alert" in word for word in words(svg))


def test_the_highest_rate_of_the_year_is_written():
    assert words(drawn([NOW])).count("80\u00a0%") == 2, "beside its point, and on the scale"
    assert "75\u00a0%" not in words(drawn())


def test_the_highest_rate_does_not_lie_on_the_names_of_a_narrow_picture():
    texts = {one.text: float(one.get("y")) for one in parts(drawn([NOW, BEFORE], width_px=320), "text")}
    bold = [one for one in parts(drawn([NOW, BEFORE], width_px=320), "text") if one.text == "80\u00a0%"]
    assert all(float(one.get("y")) - texts["2026"] >= 16 for one in bold)
