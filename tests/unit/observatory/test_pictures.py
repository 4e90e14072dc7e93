"""The pictures of a report: drawn for who sees them, told for who does not, and silent of what is secret."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from chalicelib.observatory.content import Row, WeekRow
from chalicelib.observatory.own_weeks import OwnWeek
from chalicelib.observatory.pictures import picture_of, picture_of_own, said_of, said_of_weeks, short_name
from tests.unit.documents.report_samples import a_bare_report, a_longest_report, a_report, a_row, a_week

SVG = "{http://www.w3.org/2000/svg}"
PARTS = ("semaines", "secteurs", "types", "vacances", "perspectives")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("is_narrow", [False, True])
def test_each_part_has_a_picture_that_says_the_same_in_words(part, is_narrow):
    drawn = ElementTree.fromstring(picture_of(a_report(), part, is_narrow=is_narrow))
    (title,) = drawn.iter(f"{SVG}title")
    assert len(title.text) > 30
    assert drawn.get("width") == ("320" if is_narrow else "640")


@pytest.mark.parametrize("part", ["", "x", "semaines", "vacances", "types"])
def test_what_is_not_in_a_report_has_no_picture(part):
    assert picture_of(a_bare_report(), part) is None


def test_a_secret_rate_is_drawn_nowhere_even_if_it_came_along():
    rate = 41.7
    row = Row("Léman", rate, state="secret")
    week = WeekRow("semaine du 1er au 7 mars 2027", rate, state="secret")
    report = replace(a_report(), zones=(a_row("0 zone"), row), weeks=(a_week(0), week))
    for part in ("vacances", "semaines"):
        drawn = picture_of(report, part)
        assert "41,7" not in drawn
        assert "42\u00a0%" not in drawn
    assert "secret" in picture_of(report, "vacances")
    assert len(list(ElementTree.fromstring(picture_of(report, "semaines")).iter(f"{SVG}circle"))) == 2


def test_the_territory_is_a_line_of_its_own_beside_ones_own_and_none_where_nothing_is_published():
    weeks = [OwnWeek(f"le {day} mars 2027", 50.0 + day, 40.0, group=WeekRow("x", 61.0)) for day in (1, 8)]
    drawn = picture_of_own(weeks, is_narrow=False, is_dark=False)
    assert "Territoire" in drawn
    assert 'stroke-dasharray="1 5"' in drawn
    alone = picture_of_own([replace(week, group=None) for week in weeks], is_narrow=False, is_dark=False)
    assert "Territoire" not in alone


def test_without_a_year_before_there_is_one_bar_each():
    report = replace(a_report(), zones=(a_row("0 zone", 40.0, None),))
    assert "Un an avant" not in picture_of(report, "vacances")
    assert "Un an avant" in picture_of(a_report(), "vacances")


def test_bars_are_told_one_by_one():
    rows = (a_row("Hôtel"), Row("Camping", state="closed"), Row("Léman", state="secret"))
    assert said_of(rows) == (
        "Hôtel\u00a0: 62,4\u00a0%, 59,3\u00a0% un an avant. Camping\u00a0: fermé. Léman\u00a0: secret."
    )


def test_curves_are_told_by_their_ends_and_what_they_compare():
    said = said_of_weeks(a_report().weeks)
    assert said.startswith(
        "Taux d’occupation de 14 semaines. Le plus haut\u00a0: 79,9\u00a0%, semaine du 6 au 12"
    )
    assert "12 des 12 semaines comparées font mieux qu’un an avant." in said
    assert said.endswith("Sans taux (fermé ou secret)\u00a0: 2.")
    assert said_of_weeks([WeekRow("x", state="secret")]) == "Aucun taux ne peut être publié par semaine."


def test_a_picture_of_the_longest_report_is_small_enough_for_a_page():
    assert all(len(picture_of(a_longest_report(), part)) < 30_000 for part in ("semaines", "types"))


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("semaine du 1er au 7 mars 2027", "1er\u00a0mars"),
        ("semaine du 29\u00a0mars au 4\u00a0avril 2027", "29\u00a0mars"),
        ("semaine du 28\u00a0décembre 2026 au 3\u00a0janvier 2027", "28\u00a0déc."),
        ("le 1er\u00a0août 2027", "1er\u00a0août"),
        ("S12", "S12"),
    ],
)
def test_a_week_is_named_below_by_its_first_day(label, name):
    assert short_name(label) == name
