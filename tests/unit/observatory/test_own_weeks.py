"""One's own rates by week beside those of a year before; closed weeks and weeks that nobody told have none."""

from chalicelib.observatory.content import WeekRow
from chalicelib.observatory.model import Sold
from chalicelib.observatory.own_weeks import Around, in_words, own_weeks
from tests.observatory import a_return, given

NOTHING = Around(lambda day: (), lambda day: (), lambda one: ())
MARCH = given(
    a_return(), sold={"2027-03-01": Sold(140, 98), "2027-03-08": Sold(0, 0), "2027-03-29": Sold(60, 30)}
)
LAST_YEAR = given(a_return(month="2026-03"), sold={"2026-03-02": Sold(140, 84)})


def rows(*own, around=NOTHING):
    return {row.label: row for row in own_weeks(own, "2027-03", around)}


def test_weeks_of_three_months_stand_beside_those_of_the_year_before():
    found = rows(MARCH, LAST_YEAR)
    first = found["semaine du 1er au 7\u00a0mars 2027"]
    assert (first.rate, first.before, first.change) == (70.0, 60.0, 10.0)
    assert next(iter(found)) == "du 1er au 3\u00a0janvier 2027"
    assert list(found)[-1] == "du 29 au 31\u00a0mars 2027"
    assert found["du 29 au 31\u00a0mars 2027"].rate == 50.0


def test_a_closed_week_is_a_gap_and_no_nought():
    week = rows(MARCH)["semaine du 8 au 14\u00a0mars 2027"]
    assert (week.rate, week.state) == (None, "closed")


def test_a_week_that_two_months_share_is_the_sum_of_both():
    february = given(a_return(month="2027-01"), sold={"2027-01-25": Sold(140, 70)})
    assert rows(february)["semaine du 25 au 31\u00a0janvier 2027"].rate == 50.0
    years = given(a_return(month="2026-12"), sold={"2026-12-28": Sold(80, 80)})
    assert rows(years) == {}


def test_without_figures_there_is_no_curve():
    assert rows() == {}
    assert rows(a_return()) == {}


def test_what_is_on_is_told_with_its_week():
    around = Around(lambda day: "A" if day.day == 1 else (), lambda day: ["Genève"], lambda one: ["Foire"])
    [first] = [
        row for row in in_words(rows(MARCH, around=around).values()) if "1er au 7\u00a0mars" in row["week"]
    ]
    assert first == {
        "week": "semaine du 1er au 7\u00a0mars 2027",
        "now": "70,0\u00a0%",
        "before": "–",
        "group": "pas encore publié",
        "around": "zone A\u00a0; Genève\u00a0; Foire",
    }


def test_the_published_rate_of_the_territory_stands_beside_each_week():
    first, second = "semaine du 1er au 7\u00a0mars 2027", "semaine du 8 au 14\u00a0mars 2027"
    group = {first: WeekRow(first, 61.2), second: WeekRow(second, state="secret")}
    found = own_weeks([MARCH], "2027-03", NOTHING, group)
    told = {row["week"]: row["group"] for row in in_words(found)}
    assert (told[first], told[second]) == ("61,2\u00a0%", "secret")
    assert told["du 29 au 31\u00a0mars 2027"] == "pas encore publié"
    assert {week.label: week.group_rate for week in found}[second] is None
