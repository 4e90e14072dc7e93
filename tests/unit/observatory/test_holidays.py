"""Days by zones on holiday: each day once, and a day that nobody knows is an error, not a day without holidays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters import school_holidays
from chalicelib.observatory.holidays import (
    Calendar,
    ForeignCalendar,
    ForeignHoliday,
    HolidayEndsTooEarly,
    HolidaysUnknown,
    OverlappingHolidays,
    by_zones,
    zones_count,
)

REAL: Calendar = school_holidays


class Known:
    """A calendar of February 2027: nobody, A, A and B, then all; nothing is known after the 4th."""

    def zones_on_holiday(self, day: date) -> frozenset[str] | None:
        zones = {1: "", 2: "A", 3: "AB", 4: "ABC"}
        return frozenset(zones[day.day]) if day.day in zones else None

    def holiday_name(self, day: date) -> str:
        return "Vacances d’hiver" if self.zones_on_holiday(day) else ""


def february(*days: int) -> list[date]:
    return [date(2027, 2, day) for day in days]


def a_holiday(first: int, last: int, area: str = "geneve", name: str = "Relâches") -> ForeignHoliday:
    return ForeignHoliday(area, name, date(2027, 2, first), date(2027, 2, last))


@pytest.mark.parametrize(
    ("day", "count"),
    [(date(2026, 2, 10), 1), (date(2026, 2, 15), 2), (date(2026, 2, 22), 3), (date(2026, 3, 8), 1), (date(2026, 3, 9), 0)],
)  # fmt: skip
def test_the_zones_on_holiday_are_counted(day: date, count: int) -> None:
    assert zones_count(day, REAL) == count


@pytest.mark.parametrize("day", [date(2028, 9, 1), date(2028, 12, 25), date(2029, 2, 15)])
def test_a_day_that_no_calendar_knows_is_named_with_what_to_do(day: date) -> None:
    with pytest.raises(HolidaysUnknown, match=r"mettez à jour son calendrier.* sans la partie") as unknown:
        zones_count(day, REAL)
    assert unknown.value.day == day


def test_days_are_told_apart_by_how_many_zones_are_on_holiday() -> None:
    one, two, three, four = february(1, 2, 3, 4)
    assert by_zones([four, one, two, three], Known()) == {0: [one], 1: [two], 2: [three], 3: [four]}
    assert by_zones([one, one], Known()) == {0: [one, one], 1: [], 2: [], 3: []}
    assert by_zones([], Known()) == {0: [], 1: [], 2: [], 3: []}


def test_one_day_that_is_not_known_leaves_no_days_told_apart() -> None:
    with pytest.raises(HolidaysUnknown, match="du 5\u00a0février 2027\u00a0:"):
        by_zones(february(4, 5), Known())


@given(st.dates(date(1990, 10, 27), date(2028, 6, 1)), st.integers(0, 60))
def test_every_day_is_counted_once(first: date, length: int) -> None:
    days = [first + timedelta(days=number) for number in range(length)]
    found = by_zones(days, REAL)
    assert sorted(day for some in found.values() for day in some) == days
    assert sorted(found) == [0, 1, 2, 3]


def test_the_first_and_the_last_day_of_a_foreign_holiday_belong_to_it() -> None:
    calendar = ForeignCalendar((a_holiday(8, 12), a_holiday(12, 20, area="vaud")))
    found = [calendar.areas_on(day) for day in february(7, 8, 12, 13, 20, 21)]
    geneva, vaud = frozenset({"geneve"}), frozenset({"vaud"})
    assert found == [frozenset(), geneva, geneva | vaud, vaud, vaud, frozenset()]
    assert [holiday.name for holiday in calendar.on(date(2027, 2, 12))] == ["Relâches", "Relâches"]
    assert ForeignCalendar().areas_on(date(2027, 2, 12)) == frozenset()


def test_two_holidays_of_an_area_with_a_day_in_common_are_refused_in_whatever_order() -> None:
    first, later = a_holiday(8, 12), a_holiday(12, 20, name="Ski")
    for pair in ((first, later), (later, first)):
        with pytest.raises(OverlappingHolidays, match=r"Ski.* commence le 12.*Relâches.* le 12"):
            ForeignCalendar(pair)
    with pytest.raises(OverlappingHolidays):
        ForeignCalendar((first,)).including(later)
    with pytest.raises(OverlappingHolidays):
        ForeignCalendar((a_holiday(1, 28), a_holiday(2, 3), a_holiday(20, 21)))


def test_holidays_that_follow_each_other_or_are_of_two_areas_are_taken() -> None:
    taken = ForeignCalendar((a_holiday(13, 20),)).including(a_holiday(8, 12))
    assert taken.including(a_holiday(8, 20, area="vaud")).areas_on(date(2027, 2, 12)) == {"geneve", "vaud"}


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 28), st.integers(1, 28)), max_size=6))
def test_holidays_are_refused_exactly_if_a_day_is_twice_of_an_area(parts: list[tuple[str, int, int]]) -> None:
    holidays = tuple(a_holiday(min(one, two), max(one, two), area) for area, one, two in parts)
    taken = [(each.area, day) for each in holidays for day in february(*range(1, 29)) if each.includes(day)]
    try:
        ForeignCalendar(holidays)
    except OverlappingHolidays:
        assert len(taken) > len(set(taken))
    else:
        assert len(taken) == len(set(taken))


def test_a_holiday_of_one_day_is_taken_and_one_that_ends_before_it_begins_is_not() -> None:
    assert a_holiday(8, 8).includes(date(2027, 2, 8))
    with pytest.raises(HolidayEndsTooEarly, match="avant le premier"):
        a_holiday(8, 7)
