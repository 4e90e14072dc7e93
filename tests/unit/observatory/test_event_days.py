"""The days of an event are beside days like them, and a report says which, of those who gave each day where it may."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from chalicelib.adapters import school_holidays
from chalicelib.observatory.content import Effect
from chalicelib.observatory.counting import Counts, count
from chalicelib.observatory.days import day_id, day_of
from chalicelib.observatory.effect_rows import BY_WEEK, effects_of, named
from chalicelib.observatory.effects import LocalEvent
from chalicelib.observatory.frames import Frames, frames_of_month, frames_of_season
from chalicelib.observatory.groups import PeriodKey
from chalicelib.observatory.model import MonthlyReturn, Sold
from chalicelib.observatory.results import Year, results
from chalicelib.observatory.slices import Slice, slices_of_month
from chalicelib.office.observatory import SecrecyRule
from chalicelib.office.periods import Period
from tests.observatory import HOTEL, a_return, given
from tests.observatory_office import an_observatory_office

RULE = SecrecyRule(Period(date(2026, 1, 1)))
SECTORS = {"01210": "Haut-Jura"}
SATURDAY = 5
FAIR = LocalEvent("fair", "Foire aux fromages", date(2027, 7, 17), date(2027, 7, 18))
RACE = LocalEvent("race", "Course de la crête", date(2027, 7, 24), date(2027, 7, 24))


def _beside(frames: Frames, event: LocalEvent) -> list[str]:
    """The days that it is compared with, as `MM-DD`."""
    found = dict(frames.now.periods).get(PeriodKey("comparable_days", event.id), frozenset())
    return sorted(day_of(one).isoformat()[5:] for one in found)


def test_the_days_of_an_event_are_its_own():
    frames = frames_of_month("2027-07", school_holidays, [FAIR])
    found = dict(frames.now.periods)[PeriodKey("event_days", "fair")]
    assert found == {day_id(date(2027, 7, 17)), day_id(date(2027, 7, 18))}


def test_they_are_compared_with_the_same_days_of_the_week_without_any_event():
    frames = frames_of_month("2027-07", school_holidays, [FAIR, RACE])
    assert _beside(frames, FAIR) == ["07-03", "07-04", "07-10", "07-11", "07-25", "07-31"]
    assert _beside(frames, RACE) == ["07-03", "07-10", "07-31"]


def test_each_day_of_the_week_weighs_the_same_on_both_sides():
    frames = frames_of_month("2027-07", school_holidays, [FAIR, RACE, _on(date(2027, 7, 11))])
    assert _beside(frames, FAIR) == ["07-03", "07-04", "07-10", "07-25"]


def test_a_day_with_other_holidays_is_no_comparison():
    market = _on(date(2027, 2, 19))
    assert _beside(frames_of_month("2027-02", school_holidays, [market]), market) == ["02-26"]


def test_an_event_of_which_one_day_is_like_no_other_is_not_compared_by_day():
    party = _on(date(2027, 2, 5), date(2027, 2, 6))
    assert _beside(frames_of_month("2027-02", school_holidays, [party]), party) == []
    assert not _beside(frames_of_month("2027-07", school_holidays, []), party)


def test_each_month_of_an_event_is_compared_within_itself():
    over = _on(date(2027, 7, 31), date(2027, 8, 1))
    season = an_observatory_office().observatory_rules.season("ete-2027")
    assert season is not None
    days = _beside(frames_of_season(season, None, school_holidays, [over]), over)
    assert days == ["07-03", "07-10", "07-17", "07-24", "08-08", "08-15", "08-22", "08-29"]


def test_holidays_that_nobody_knows_keep_no_event_from_being_compared():
    party = _on(date(2029, 2, 10))
    assert _beside(frames_of_month("2029-02", school_holidays, [party]), party) == ["02-03", "02-17", "02-24"]


def _on(first: date, last: date | None = None) -> LocalEvent:
    return LocalEvent("one", "Fête du lac", first, last or first)


def _given(number: int, sold: Callable[[date], int], by_day: bool = True, closed: int = 0) -> MonthlyReturn:
    """July 2027 of one of some hotels with 20 rooms; `closed` is a day of the month."""

    def of(one: Slice) -> Sold:
        days = [(0, 0) if day.day == closed else (20, sold(day)) for day in one.days]
        return Sold.by_day(days) if by_day else replace(Sold.by_day(days), days=())

    hotel = replace(HOTEL, id=f"h{number}")
    return given(
        a_return(month="2027-07", establishment=hotel),
        sold={one.id: of(one) for one in slices_of_month("2027-07")},
    )


def _effects(returns: Sequence[MonthlyReturn]) -> list[Effect]:
    frames = frames_of_month("2027-07", school_holidays, [FAIR])
    counts = count(returns, [period for _, period in frames.now.periods], frames.now.days, SECTORS)
    found = results(Year(counts, frames.now.periods), Year(Counts({}), ()), RULE, [])
    return list(effects_of(frames, counts, found))


def _at_the_fair(day: date) -> int:
    return 18 if FAIR.includes(day) else 9 if day.weekday() >= SATURDAY else 2


def test_an_event_is_told_by_day_of_those_who_gave_each_day():
    returns = [_given(number, _at_the_fair) for number in range(3)]
    others = [_given(number, lambda day: 5, by_day=False) for number in range(3, 7)]
    (effect,) = _effects([*returns, *others])
    assert (effect.rate, effect.comparable, effect.difference) == (90.0, 45.0, 45.0)
    assert effect.method.replace("\u00a0", " ") == (
        "Les jours de l’événement et, pour comparer, les 3, 4, 10, 11, 24 et 25 juillet 2027 (mêmes jours de la semaine, "
        "autant de zones en vacances, aucun événement), dans les 3 établissements ouverts qui ont donné leurs chiffres "
        "jour par jour."
    )


def test_an_event_of_which_too_few_gave_each_day_is_told_by_week():
    returns = [_given(number, _at_the_fair) for number in range(2)]
    others = [_given(number, _at_the_fair, by_day=False) for number in range(2, 7)]
    (effect,) = _effects([*returns, *others])
    assert effect.method == BY_WEEK
    assert (effect.rate, effect.comparable) == (32.9, 20.2)


def test_an_event_of_too_few_altogether_is_not_told():
    assert _effects([_given(number, _at_the_fair) for number in range(2)]) == []


def test_who_is_closed_on_a_day_offers_nothing_on_it():
    returns = [_given(number, _at_the_fair) for number in range(3)]
    closed = _given(3, _at_the_fair, closed=17)
    (effect,) = _effects([*returns, closed])
    assert effect.rate == 90.0


def test_days_are_named_one_by_one_while_they_are_few():
    days = [date(2027, 7, 31), date(2027, 8, 1)]
    assert named(map(day_id, days)).replace("\u00a0", " ") == "le 31 juillet 2027, le 1er août 2027"
    many = [date(2027, 7, number) for number in range(1, 16)]
    assert named(map(day_id, many)).replace("\u00a0", " ") == "15 jours des mêmes mois"
