"""Looking for classified accommodations."""

from datetime import date

import pytest

from chalicelib.subsidies.browsing import Wanted, browse, wanted_of
from chalicelib.subsidies.directory import ClassifiedPlace
from chalicelib.web.paging import page_of


def place(name="Gîte", commune="01160", category="hotel", level=3):
    return ClassifiedPlace(name, category, commune, commune, level, 4, date(2030, 1, 1))


PLACES = [
    place("a"), place("b", level=2), place("c", "01281"), place("d", "01281", "campsite", 0),
]  # fmt: skip


def names(**asked):
    return "".join(one.name for one in browse(PLACES, Wanted(**asked)).page.things)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "abcd"),
        ({"commune": "01281"}, "cd"),
        ({"category": "hotel"}, "abc"),
        ({"level": "3"}, "ac"),
        ({"level": "0"}, "d"),
        ({"commune": "01281", "category": "hotel", "level": "3"}, "c"),
        ({"commune": "01281", "level": "2"}, ""),
        ({"commune": "'; --"}, ""),
    ],
)
def test_each_criterion_narrows(asked, found):
    assert names(**asked) == found


def test_counts_say_what_each_other_choice_would_find():
    found = browse(PLACES, Wanted(commune="01281", level="3"))
    assert found.page.count == 1
    assert (found.communes, found.categories, found.levels) == (
        {"01160": 1, "01281": 1}, {"hotel": 1}, {"3": 1, "0": 1},
    )  # fmt: skip


def test_an_address_keeps_what_was_chosen_only():
    wanted = wanted_of({"commune": "01281", "type": "", "autre": "x", "etoiles": "3"})
    assert wanted == Wanted("01281", "", "3")
    assert wanted.query == {"commune": "01281", "etoiles": "3"}


@pytest.mark.parametrize("asked", ["", "0", "4", "-1", "x", "²", "1e3", "9" * 5000, "１"])
def test_a_page_that_is_none_is_the_first(asked):
    page = page_of(list(range(120)), asked)
    assert (page.number, page.pages, page.count, len(page.things)) == (1, 3, 120, 50)


def test_pages_of_fifty():
    things = list(range(120))
    assert [page_of(things, number).things for number in "123"] == [things[:50], things[50:100], things[100:]]
    assert [page_of(things, number).around for number in "123"] == [
        {"next": 2}, {"previous": 1, "next": 3}, {"previous": 2},
    ]  # fmt: skip
    assert page_of([], "1").pages == 1
