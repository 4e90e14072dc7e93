"""Bars of this year and the last: told apart by pattern, each with its rate or with the reason why it has none."""

import re
from xml.etree import ElementTree

import pytest

from chalicelib.adapters.drawing import DARK, LIGHT
from chalicelib.adapters.grouped_bars import Bars, grouped_bars

SVG = "{http://www.w3.org/2000/svg}"
LABELS = ["Hôtel", "Parc résidentiel de loisirs", "Auberge collective"]
NOW = Bars("Hiver 2027", "solid", [62.4, 80, "secret"])
BEFORE = Bars("Hiver 2026", "hatched", [59.3, "fermé", "secret"])


def drawn(labels=LABELS, bars=(NOW, BEFORE), width_px=640, is_dark=False):
    return grouped_bars("Par type", labels, bars, width_px, is_dark=is_dark)


def parts(svg, name):
    return list(ElementTree.fromstring(svg).iter(f"{SVG}{name}"))


def words(svg):
    return [text.text for text in parts(svg, "text")]


def bars_of(svg):
    """What each bar is filled with, and how long it is; not the pieces beside the names of the years."""
    found = [one for one in parts(svg, "rect") if one.get("stroke") and one.get("height") != "13"]
    return [(one.get("fill"), float(one.get("width"))) for one in found]


@pytest.mark.parametrize("width_px", [320, 640])
@pytest.mark.parametrize("is_dark", [False, True])
def test_nothing_in_it_needs_what_our_pages_forbid(width_px, is_dark):
    svg = drawn(width_px=width_px, is_dark=is_dark)
    assert not re.search(r"<style|<script|style=|href|<!--|\bon\w+=|javascript", svg)
    assert (DARK if is_dark else LIGHT).paper in svg
    assert drawn(width_px=width_px, is_dark=is_dark) == svg


def test_the_years_differ_by_pattern_and_not_by_colour_alone():
    fills = [fill for fill, _ in bars_of(drawn())]
    assert fills == [LIGHT.strong, "url(#avant)", LIGHT.strong]
    assert len(parts(drawn(), "pattern")) == 1


def test_each_bar_says_its_rate_or_why_it_has_none():
    told = words(drawn())
    assert {"62\u00a0%", "59\u00a0%", "80\u00a0%"} <= set(told)
    assert told.count("secret") == 2
    assert told.count("fermé") == 1


def test_bars_are_as_long_as_their_rates():
    (_, first), (_, before), (_, second) = bars_of(drawn())
    assert first / second == pytest.approx(62.4 / 80, abs=0.001)
    assert before / second == pytest.approx(59.3 / 80, abs=0.001)


def test_a_rate_of_nothing_is_no_missing_rate():
    svg = drawn(["Hôtel"], [Bars("Hiver 2027", "solid", [0])])
    assert "0\u00a0%" in words(svg)
    assert [width for _, width in bars_of(svg)] == [0]


@pytest.mark.parametrize("width_px", [320, 640])
def test_long_labels_stay_inside_the_picture_and_off_the_bars(width_px):
    label = "Chambres d’hôtes, gîtes et meublés de tourisme de la vallée entière"
    svg = drawn([label] * 8, [Bars("Hiver 2027", "solid", [100] * 8)], width_px)
    root = ElementTree.fromstring(svg)
    room = 200 if width_px > 500 else 320
    named = [one for one in parts(svg, "text") if one.text in label]
    assert " ".join(one.text for one in named[: len(named) // 8]) == label
    assert all(float(one.get("x")) + len(one.text) * 7.5 <= room for one in named)
    assert all(float(one.get("y")) < float(root.get("height")) for one in parts(svg, "text"))
    assert all(
        float(one.get("x")) + float(one.get("width")) <= width_px
        for one in parts(svg, "rect")
        if one.get("x")
    )


def test_the_names_of_the_years_stay_inside_a_narrow_picture():
    named = {one.text: one for one in parts(drawn(width_px=320), "text")}
    for name in (NOW.name, BEFORE.name):
        assert float(named[name].get("x")) + len(name) * 7.5 <= 320
    assert named[NOW.name].get("y") != named[BEFORE.name].get("y")


def test_words_of_people_are_told_as_words():
    svg = drawn(['<script>alert("1")</script>&\0'], [Bars("2027", "solid", [1])])
    assert "<script" not in svg
    assert any("alert" in word for word in words(svg))
