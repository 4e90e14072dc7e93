"""The picture of the money: no style sheet, no script, told apart without colours, amounts in French."""

import re
import sys
from xml.etree import ElementTree

import pytest

from chalicelib.adapters.charts import DARK, LIGHT, Part, stacked_bars

PARTS = (
    Part("Versé", "solid", [3_912_000, 0]),
    Part("Réservé", "hatched", [24_000, 2_100_000]),
    Part("Disponible", "open", [1_064_000, 2_900_000]),
)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(width_px=720, is_dark=False, parts=PARTS):
    return stacked_bars("L’enveloppe, année par année", ["2026", "2027"], parts, width_px, is_dark=is_dark)


def words(svg):
    return [text.text for text in ElementTree.fromstring(svg).iter(f"{SVG}text") if text.text]


@pytest.mark.parametrize("width_px", [320, 720])
@pytest.mark.parametrize("is_dark", [False, True])
def test_nothing_in_it_needs_what_our_pages_forbid(width_px, is_dark):
    svg = drawn(width_px, is_dark)
    assert not re.search(r"<style|<script|style=|href|<!--|on\w+=|javascript", svg)
    assert (DARK if is_dark else LIGHT).paper in svg


def test_the_same_figures_make_the_same_picture():
    assert drawn() == drawn()


def test_it_says_what_it_is_and_how_much_each_part_is():
    svg = drawn()
    root = ElementTree.fromstring(svg)
    assert (root.get("role"), root[0].tag, root[0].text) == (
        "img",
        f"{SVG}title",
        "L’enveloppe, année par année",
    )
    assert len(list(root.iter(f"{SVG}title"))) == 1
    assert {"2026", "2027", "Versé", "Réservé", "Disponible"} <= set(words(svg))
    assert {"39\u202f120\u00a0€", "10\u202f640\u00a0€", "21\u202f000\u00a0€", "29\u202f000\u00a0€"} <= set(
        words(svg)
    )


def test_a_part_too_narrow_for_its_amount_leaves_it_to_the_table():
    assert "240\u00a0€" not in words(drawn())
    assert "0\u00a0€" in words(drawn()), "the axis begins at nothing"


def test_each_part_has_a_look_of_its_own_in_the_bars_and_in_the_legend():
    root = ElementTree.fromstring(drawn())
    fills = [shape.get("fill") for shape in root.iter(f"{SVG}rect") if "rect" in shape.get("class", "")]
    assert fills == [LIGHT.strong] * 2 + ["url(#hachures)"] * 2 + [LIGHT.paper] * 2
    boxes = [shape.get("fill") for shape in root.iter(f"{SVG}rect") if "color-" in shape.get("class", "")]
    assert boxes == [LIGHT.strong, "url(#hachures)", LIGHT.paper]
    assert root.find(f"{SVG}defs/{SVG}pattern[@id='hachures']") is not None


def test_the_first_year_is_on_top():
    texts = {t.text: float(t.get("y")) for t in ElementTree.fromstring(drawn()).iter(f"{SVG}text") if t.text}
    assert texts["2026"] < texts["2027"]


def test_words_of_people_are_told_as_words():
    svg = drawn(parts=(Part("<script>alert(1)</script>&", "solid", [1, 1]),))
    assert "<script" not in svg
    assert any("alert" in word for word in words(svg))


def test_a_year_without_money_is_drawn():
    assert "2026" in words(drawn(parts=(Part("Versé", "solid", [0, 0]),)))


def test_the_library_leaves_the_way_in_which_modules_are_found_alone():
    drawn()
    assert all(hasattr(finder, "find_spec") for finder in sys.meta_path)


def test_the_numbers_below_are_those_that_were_asked_for():
    svg = stacked_bars(
        "Avis", ["Contenu"], [Part("Favorable", "solid", [1])], 640, said=lambda one: f"{one:g}", ticks=(0, 1)
    )
    assert [word for word in words(svg) if word.isdigit()].count("0") == 1
