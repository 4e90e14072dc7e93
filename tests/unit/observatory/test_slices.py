"""Weeks cut where months end: every day in one slice of its month, of its week and of its season."""

from calendar import monthrange
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.french import NBSP
from chalicelib.observatory.slices import (
    Slice,
    SliceCut,
    slice_of,
    slices_between,
    slices_of_month,
    slices_of_season,
    slices_of_week,
    week_label,
    weeks_of,
)
from chalicelib.office.observatory import Season
from chalicelib.office.periods import Period

ONE_DAY = timedelta(days=1)
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
MARCH = [(1, 7), (8, 14), (15, 21), (22, 28), (29, 31)]


def march(first: int, last: int) -> Slice:
    return Slice(date(2027, 3, first), date(2027, 3, last))


def a_season(first: date, last: date) -> Season:
    return Season(first.isoformat(), "low", "Basse saison", Period(first, last))


def seasons_of(first: date, lengths: list[int]) -> list[Season]:
    """Seasons without a gap between them, of so many days each."""
    seasons = []
    for length in lengths:
        seasons.append(a_season(first, first + timedelta(days=length - 1)))
        first += timedelta(days=length)
    return seasons


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def test_a_month_is_cut_into_the_weeks_that_it_has_days_of() -> None:
    assert slices_of_month("2027-03") == tuple(march(*days) for days in MARCH)


@pytest.mark.parametrize(("month", "count"), [("2027-02", 4), ("2027-03", 5), ("2027-05", 6), ("2028-02", 5)])
def test_a_month_has_four_to_six_slices(month: str, count: int) -> None:
    assert len(slices_of_month(month)) == count


@pytest.mark.parametrize("month", ["2027-13", "2027-3", "mars 2027", "2027", "2027-03-01", ""])
def test_what_is_no_month_has_no_slices(month: str) -> None:
    with pytest.raises(ValueError, match=r"month|isoformat"):
        slices_of_month(month)


def test_a_slice_is_named_by_its_first_day_and_knows_its_month_its_week_and_its_days() -> None:
    last = march(29, 31)
    assert (last.id, last.month, last.monday) == ("2027-03-29", "2027-03", date(2027, 3, 29))
    assert (last.length_days, last.days) == (3, (date(2027, 3, 29), date(2027, 3, 30), date(2027, 3, 31)))
    assert slice_of(date(2027, 4, 2)).monday == date(2027, 3, 29)


@pytest.mark.parametrize(
    ("slice_", "middle"), [(march(1, 7), 4), (march(29, 31), 30), (march(1, 2), 1), (march(1, 6), 3), (march(1, 1), 1)]
)  # fmt: skip
def test_of_two_days_in_the_middle_it_is_the_earlier(slice_: Slice, middle: int) -> None:
    assert slice_.middle == date(2027, 3, middle)


@given(DAYS)
def test_every_day_is_in_exactly_one_slice_of_its_month(day: date) -> None:
    found = slices_of_month(day.isoformat()[:7])
    assert [one for one in found if day in one.days] == [slice_of(day)]
    length = monthrange(day.year, day.month)[1]
    assert [each.day for one in found for each in one.days] == list(range(1, length + 1))
    assert 4 <= len(found) <= 6
    assert len({one.id for one in found}) == len(found)


@given(DAYS)
def test_a_week_is_made_of_one_slice_or_of_two_of_two_months(day: date) -> None:
    monday = day - timedelta(days=day.weekday())
    found = slices_of_week(monday)
    assert [each for one in found for each in one.days] == [monday + timedelta(days=n) for n in range(7)]
    assert len({one.month for one in found}) == len(found) <= 2
    assert {one.monday for one in found} == {monday}


def test_a_week_begins_on_a_monday() -> None:
    with pytest.raises(ValueError, match="2027-03-02 is no Monday"):
        slices_of_week(date(2027, 3, 2))


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (date(2027, 3, 8), date(2027, 3, 21), 2),
        (date(2027, 3, 1), date(2027, 4, 30), 10),
        (date(2027, 3, 29), date(2027, 4, 4), 2),
        (date(2027, 4, 1), date(2027, 4, 4), 1),
        (date(2027, 3, 8), date(2027, 3, 7), 0),
    ],
)
def test_a_period_that_begins_and_ends_with_slices_is_made_of_them(
    first: date, last: date, count: int
) -> None:
    found = slices_between(first, last)
    assert len(found) == count
    assert [each for one in found for each in one.days] == [
        first + timedelta(days=n) for n in range((last - first).days + 1)
    ]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2027, 3, 2), date(2027, 3, 7)),
        (date(2027, 3, 1), date(2027, 3, 6)),
        (date(2027, 3, 30), date(2027, 4, 4)),
        (date(2027, 3, 3), date(2027, 3, 3)),
    ],
)
def test_a_border_inside_a_slice_is_refused_with_the_mend(first: date, last: date) -> None:
    with pytest.raises(SliceCut, match="commence un lundi ou un 1er du mois"):
        slices_between(first, last)


@given(DAYS, st.integers(0, 40))
def test_a_period_is_refused_exactly_if_it_cuts_a_slice(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    whole = slice_of(first).first == first and slice_of(last).last == last
    try:
        slices_between(first, last)
    except SliceCut:
        assert not whole
    else:
        assert whole


def test_a_season_has_the_slices_of_which_it_has_most_of_the_days() -> None:
    winter = a_season(date(2026, 12, 12), date(2027, 5, 2))
    found = slices_of_season(winter)
    assert (found[0].first, found[-1]) == (
        date(2026, 12, 14),
        Slice(date(2027, 5, 1), date(2027, 5, 2)),
    )
    assert slices_of_season(a_season(date(2027, 3, 4), date(2027, 3, 17))) == (march(1, 7), march(8, 14))
    assert slices_of_season(a_season(date(2027, 3, 5), date(2027, 3, 18))) == (march(8, 14), march(15, 21))
    assert slices_of_season(a_season(date(2027, 3, 5), date(2027, 3, 6))) == ()


@given(DAYS, st.lists(st.integers(1, 90), min_size=1, max_size=8))
def test_of_seasons_without_a_gap_each_slice_is_in_exactly_one(first: date, lengths: list[int]) -> None:
    seasons = seasons_of(first, lengths)
    given_to = Counter(one for season in seasons for one in slices_of_season(season))
    last = seasons[-1].last_day
    touched = {slice_of(first + timedelta(days=number)) for number in range(sum(lengths))}
    assert given_to == Counter(one for one in touched if first <= one.middle <= last)
    assert all(
        slice_of(day) in given_to
        for one in touched
        if first <= one.first and one.last <= last
        for day in one.days
    )


@given(DAYS, st.lists(st.integers(1, 20), min_size=2, max_size=8))
def test_a_slice_of_two_seasons_goes_to_the_one_that_has_more_of_its_days(
    first: date, lengths: list[int]
) -> None:
    for season in seasons_of(first, lengths):
        shares = {one: sum(map(season.period.includes, one.days)) for one in slices_of_season(season)}
        touched = {slice_of(season.first_day), slice_of(season.last_day)}
        more = {one for one in touched if 2 * sum(map(season.period.includes, one.days)) > one.length_days}
        assert more <= set(shares)
        assert all(shares.values())


@given(DAYS, st.integers(1, 8))
def test_slices_of_months_in_a_row_are_those_of_their_weeks(day: date, months: int) -> None:
    slices: list[Slice] = []
    first = day.replace(day=1)
    for _ in range(months):
        slices += slices_of_month(first.isoformat()[:7])
        first = slices[-1].last + ONE_DAY
    weeks = weeks_of(reversed(slices))
    assert [one for week in weeks for one in week.slices] == slices
    assert all(week.is_whole and week.slices == slices_of_week(week.monday) for week in weeks[1:-1])
    assert all((later.monday - earlier.monday).days == 7 for earlier, later in pairwise(weeks))


def test_a_week_of_which_half_is_asked_about_tells_the_days_that_it_has() -> None:
    *_, fourth, last = weeks_of(slices_of_month("2027-03"))
    assert (fourth.is_whole, plain(fourth.label)) == (True, "semaine du 22 au 28 mars 2027")
    assert (last.is_whole, plain(last.label)) == (False, "du 29 au 31 mars 2027")
    (whole,) = weeks_of((*last.slices, *slices_of_month("2027-04")[:1], *last.slices))
    assert (whole.is_whole, plain(whole.label)) == (True, "semaine du 29 mars au 4 avril 2027")
    assert plain(weeks_of(slices_of_month("2026-02"))[0].label) == "le 1er février 2026"


@pytest.mark.parametrize(
    ("monday", "label"),
    [
        (date(2025, 3, 3), f"semaine du 3 au 9{NBSP}mars 2025"),
        (date(2027, 3, 1), f"semaine du 1er au 7{NBSP}mars 2027"),
        (date(2027, 3, 29), f"semaine du 29{NBSP}mars au 4{NBSP}avril 2027"),
        (date(2026, 12, 28), f"semaine du 28{NBSP}décembre 2026 au 3{NBSP}janvier 2027"),
    ],
)
def test_a_week_says_its_days_within_a_month_and_over_months_and_years(monday: date, label: str) -> None:
    assert week_label(monday) == label


@pytest.mark.parametrize(
    ("day", "week"),
    [(date(2027, 3, 1), "2027-W09"), (date(2026, 12, 28), "2026-W53"), (date(2024, 12, 30), "2025-W01")],
)
def test_a_week_is_named_as_iso_8601_counts_it(day: date, week: str) -> None:
    assert weeks_of(slices_of_week(day))[0].id == week
