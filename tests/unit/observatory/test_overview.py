"""A month as staff look after it: shares of answers by kind and place, who is late, what is strange."""

from dataclasses import replace

from chalicelib.observatory.doubts import Doubt
from chalicelib.observatory.model import Sold
from chalicelib.observatory.overview import Answered, months_before, overview_of
from chalicelib.office.model import Sector
from tests.observatory import HOTEL, a_return, given
from tests.observatory_office import an_observatory_office

OFFICE = replace(an_observatory_office(), sectors=(Sector("Pied du Jura", ("01160",)),))
GITE = replace(
    HOTEL, id="gite-1", name="Gîte des Prés", category="furnished_rental", commune="01160", units=1
)
FULL = {"2027-03-01": Sold(140, 140)}


def test_shares_are_told_by_category_and_by_sector_or_commune():
    found = [given(a_return()), a_return(establishment=replace(HOTEL, id="h2")), a_return(establishment=GITE)]
    overview = overview_of("2027-03", found, {}, {}, OFFICE)
    assert overview.by_category == (Answered("Hôtel", 2, 1), Answered("Meublé de tourisme", 1, 0))
    places = {one.label: (one.given, one.asked) for one in overview.by_place}
    assert places["Pied du Jura"] == (0, 1)
    assert (1, 2) in places.values()
    assert overview.total == Answered("Tous", 3, 1)
    assert round(overview.total.percent) == 33


def test_who_was_reminded_most_comes_first():
    late = [
        a_return(),
        a_return(establishment=GITE, reminders=2),
        given(a_return(establishment=replace(HOTEL, id="h2"))),
    ]
    overview = overview_of("2027-03", late, {}, {}, OFFICE)
    assert [one.establishment.name for one in overview.late] == ["Gîte des Prés", "Hôtel des Cimes"]


def test_what_is_strange_is_told_with_what_it_rests_on_and_whether_it_is_asked():
    asked = given(a_return(establishment=GITE), sold=FULL)
    found = [given(a_return(), sold=FULL), replace(asked, questioned={Doubt.FULL: asked.given_at})]
    overview = overview_of("2027-03", found, {}, {}, OFFICE)
    assert [(one.given.establishment.id, one.is_asked) for one in overview.strange] == [
        ("gite-1", True),
        ("hotel-1", False),
    ]


def test_a_month_without_anybody_has_no_share():
    assert overview_of("2027-03", [], {}, {}, OFFICE).total is None


def test_a_month_is_compared_with_the_one_before_and_that_of_the_year_before():
    assert months_before("2027-01") == ("2026-12", "2026-01")
