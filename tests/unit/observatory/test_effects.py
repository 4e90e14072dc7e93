"""An event is compared with weeks like its own: near, without events, with as many zones on holiday."""

from datetime import date

from chalicelib.adapters import school_holidays
from chalicelib.observatory.effects import LocalEvent, periods_of
from chalicelib.observatory.frames import frames_of_season
from chalicelib.observatory.groups import PeriodKey
from tests.observatory_office import an_observatory_office

RULES = an_observatory_office().observatory_rules
SUMMER = RULES.season("ete-2027")
FAIR = LocalEvent("fair", "Foire aux fromages", date(2027, 7, 24), date(2027, 7, 25))
RACE = LocalEvent("race", "Course de la crête", date(2027, 8, 7), date(2027, 8, 7))


def _periods(*events: LocalEvent):
    assert SUMMER is not None
    frames = frames_of_season(SUMMER, None, school_holidays, events)
    return dict(periods_of(events, frames.now.slices, frames.zones))


def test_the_weeks_of_an_event_are_those_with_a_day_of_it():
    assert _periods(FAIR)[PeriodKey("event", "fair")] == {"2027-07-19"}


def test_it_is_compared_with_weeks_without_any_event_near_it():
    alike = _periods(FAIR, RACE)[PeriodKey("comparable", "fair")]
    assert "2027-08-02" not in alike
    assert "2027-07-19" not in alike
    assert {"2027-07-12", "2027-07-26"} <= alike
    assert "2027-08-23" not in alike


def test_a_week_with_other_holidays_is_no_comparison():
    early = LocalEvent("early", "Fête du lac", date(2027, 7, 2), date(2027, 7, 2))
    alike = _periods(early).get(PeriodKey("comparable", "early"), frozenset())
    frames = frames_of_season(SUMMER, None, school_holidays, [early])
    assert {frames.zones[one] for one in alike} <= {frames.zones["2027-07-01"]}


def test_an_event_all_through_the_season_is_compared_with_nothing():
    assert _periods(LocalEvent("all", "Un été", date(2027, 7, 1), date(2027, 8, 31))) == {}


def test_an_event_of_another_season_is_not_told():
    frames = frames_of_season(
        SUMMER, None, school_holidays, [LocalEvent("x", "Noël", date(2027, 12, 25), date(2027, 12, 25))]
    )
    assert frames.events == ()
