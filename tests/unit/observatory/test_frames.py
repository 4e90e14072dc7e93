"""A report covers the slices of its season, each in one week and one class of zones, and the same a year before."""

from datetime import date

from chalicelib.adapters import school_holidays
from chalicelib.observatory.frames import frames_of_month, frames_of_season
from chalicelib.observatory.groups import SEASON, PeriodKey
from tests.observatory_office import an_observatory_office

RULES = an_observatory_office().observatory_rules
WINTER = RULES.season("hiver-2026-2027")
BEFORE = RULES.season("hiver-2025-2026")


def _frames():
    assert WINTER is not None
    return frames_of_season(WINTER, BEFORE, school_holidays)


def test_each_slice_of_the_season_is_in_one_week_and_one_class_of_zones():
    now = _frames().now
    whole = dict(now.periods)[SEASON]
    for of in ("week", "zones"):
        inside = [one for key, period in now.periods if key.of == of for one in period]
        assert sorted(inside) == sorted(whole)


def test_a_week_is_compared_with_the_same_days_of_the_week_a_year_before():
    before = dict(_frames().before.periods)
    assert before[PeriodKey("week", "2027-02-15")] == {"2026-02-16"}
    assert before[PeriodKey("week", "2027-03-01")] == {"2026-03-02"}
    assert before[PeriodKey("week", "2027-02-22")] == {"2026-02-23", "2026-03-01"}


def test_weeks_are_told_apart_by_the_zones_on_holiday():
    zones = _frames().zones
    assert zones is not None
    assert (zones["2027-02-08"], zones["2027-02-15"], zones["2027-03-01"], zones["2027-03-15"]) == (
        1,
        2,
        1,
        0,
    )


def test_what_no_calendar_knows_leaves_out_that_part_only():
    frames = frames_of_month("2029-02", school_holidays)
    assert frames.zones is None
    assert {key.of for key, _ in frames.now.periods} == {"week", "season"}


def test_what_is_read_holds_every_slice_of_every_period():
    frames = _frames()
    for frame in (frames.now, frames.before):
        assert set().union(*(period for _, period in frame.periods)) <= frame.days.keys()
        assert {one[:7] for one in frame.days} == set(frame.months)


def test_a_first_season_is_compared_with_nothing():
    assert WINTER is not None
    assert frames_of_season(WINTER, None, school_holidays).before.periods == []


def test_the_bulletin_of_a_month_is_beside_the_same_month_a_year_before():
    frames = frames_of_month("2027-03", school_holidays)
    assert frames.now.months == ("2027-03",)
    assert dict(frames.before.periods)[SEASON] == {
        "2026-03-01", "2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30",
    }  # fmt: skip
    assert frames.now.slices[0].first == date(2027, 3, 1)
