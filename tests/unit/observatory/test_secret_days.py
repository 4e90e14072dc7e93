"""Nobody computes what is hidden from figures of days either, whoever gives by day, and in whichever month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from random import Random
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from chalicelib.observatory.counting import Kind, Period, count, kind_of
from chalicelib.observatory.days import days_of, is_day, slice_id_of
from chalicelib.observatory.model import MonthlyReturn, Sold
from chalicelib.observatory.primary import Secret
from chalicelib.observatory.suppression import hidden, hidden_in_turn
from chalicelib.observatory.tables import Cell, Sums
from chalicelib.office.observatory import SecrecyRule
from chalicelib.office.periods import Period as Validity
from tests.observatory import HOTEL, a_return
from tests.observatory import given as told
from tests.unit.observatory.attacker import Attacker, Unit

RULE = SecrecyRule(Validity(date(2026, 1, 1)))
SLICES = {"2027-05-01": 2, "2027-08-30": 2, "2027-10-01": 3}
"""Short ones, each of a month: an attacker who knows every day has few of them to solve for."""
DAYS = sorted(day for one in SLICES for day in days_of(one))
ALL_DAYS = [frozenset(days_of(one)) for one in SLICES]
"""Figures of these and of a slice are the same but for those who gave no days."""
A_THIRD = 1 / 3
WHOLE = [frozenset({one}) for one in SLICES] + [frozenset(SLICES)]
SECTORS = {"01210": "Haut-Jura", "01160": "Léman"}
KINDS = [("01210", "hotel"), ("01210", "campsite"), ("01160", "hotel")]


@dataclass(frozen=True)
class Panel:
    """What was given, the days that figures are of, and how many of all figures are told."""

    returns: tuple[MonthlyReturn, ...]
    days: tuple[Period, ...]
    told: float

    @cached_property
    def sums(self) -> Sums:
        return count(self.returns, [*WHOLE, *self.days], SLICES, SECTORS).sums

    @cached_property
    def cells(self) -> list[Cell]:
        """Figures of every group, some of them."""
        kinds = {kind_of(one.establishment, SECTORS) for one in self.returns}
        alike = [
            {each for each in kinds if value in each} for value in ("Haut-Jura", "Léman", "hotel", "campsite")
        ]
        groups = [kinds, *alike, *({kind} for kind in sorted(kinds))]
        found = [self._cell(group, period) for group in groups for period in (*WHOLE, *self.days) if group]
        chance = Random(len(self.returns))
        return [cell for cell in dict.fromkeys(found) if chance.random() < self.told]

    def _cell(self, kinds: set[Kind], period: Period) -> Cell:
        return Cell((tuple(sorted(kinds)), tuple(sorted(period))), frozenset(kinds), period, len(kinds))

    @cached_property
    def units(self) -> dict[Unit, Kind]:
        """Each establishment that was open, in each slice, or on each day that it gave."""
        found: dict[Unit, Kind] = {}
        for one in self.returns:
            for key, sold in one.sold.items():
                each = (
                    dict(zip(days_of(key), sold.days, strict=True)) if sold.days else {key: (sold.offered, 0)}
                )
                units = [(one.establishment.id, name) for name, (offered, _) in each.items() if offered]
                found |= dict.fromkeys(units, kind_of(one.establishment, SECTORS))
        return found

    @cached_property
    def small(self) -> list[frozenset[Unit]]:
        """What few of a kind have in a slice, or on a day."""
        every = [frozenset({key}) for key in (*SLICES, *DAYS)]
        found = [self.of(self._cell({kind}, period)) for kind in set(self.units.values()) for period in every]
        return [units for units in found if units and len(units) < RULE.minimum_units]

    def of(self, cell: Cell) -> frozenset[Unit]:
        return frozenset(
            unit for unit, kind in self.units.items() if kind in cell.kinds and _is_in(unit[1], cell.period)
        )


def _is_in(name: Any, period: Period) -> bool:
    return name in period or slice_id_of(name) in period


def _panel(seed: int) -> Panel:
    """By chance, in which neighbours have nothing in common; mostly alike, so that much may be published."""
    chance = Random(seed)
    returns = [one for number in range(chance.randint(4, 10)) for one in _returns(number, chance)]
    days = [chance.choice([*ALL_DAYS, _some(DAYS, chance)]) for _ in range(chance.randint(1, 4))]
    return Panel(tuple(returns), tuple(dict.fromkeys(days)), chance.choice([0.3, 0.7, 1.0]))


def _returns(number: int, chance: Random) -> list[MonthlyReturn]:
    commune, category = chance.choice(KINDS)
    hotel = replace(HOTEL, id=f"H{number}", commune=commune, category=category)
    months = sorted(_some(SLICES, chance) if chance.random() < A_THIRD else SLICES)
    return [
        told(a_return(month=one[:7], establishment=hotel), sold={one: _sold(SLICES[one], chance)})
        for one in months
    ]


def _sold(length: int, chance: Random) -> Sold:
    occupied = [chance.choice([0, 0, 9, 10, 11, 12]) for _ in range(length)]
    sold = Sold.by_day((20 if one else 0, one) for one in occupied)
    return replace(sold, days=()) if chance.random() < A_THIRD else sold


def _some(names: Iterable[str], chance: Random) -> Period:
    listed = sorted(names)
    return frozenset(chance.sample(listed, chance.randint(1, len(listed))))


panels = st.integers(0, 10**9).map(_panel)


def _attackers(panel: Panel, known: list[Cell]) -> list[Attacker]:
    """Somebody who only reads, and each establishment."""
    names = sorted({one.establishment.id for one in panel.returns})
    return [Attacker(list(panel.units), map(panel.of, known), name) for name in ("", *names)]


def _open(cells: list[Cell], why: Mapping[Any, Secret]) -> list[Cell]:
    return [cell for cell in cells if cell.name not in why]


@settings(phases=[Phase.explicit, Phase.generate], deadline=None, max_examples=150)
@given(panels)
def test_figures_of_days_single_nobody_out_and_give_nothing_hidden_away(panel: Panel) -> None:
    why = hidden(panel.cells, panel.sums, RULE)
    secrets = [panel.of(cell) for cell in panel.cells if cell.name in why]
    reader, *own = _attackers(panel, _open(panel.cells, why))
    assert not [units for units in panel.small if reader.computes(units)]
    for attacker in (reader, *own):
        assert attacker.names() == set()
        assert not [units for units in secrets if attacker.computes(units)]


@settings(phases=[Phase.explicit, Phase.generate], deadline=None, max_examples=150)
@given(panels, st.booleans())
def test_figures_of_days_and_of_weeks_of_two_reports_single_nobody_out(
    panel: Panel, days_first: bool
) -> None:
    first = [cell for cell in panel.cells if any(map(is_day, cell.period)) == days_first]
    second = [cell for cell in panel.cells if cell not in first]
    earlier = _open(first, hidden(first, panel.sums, RULE))
    why = hidden(second, panel.sums, RULE, earlier)
    for attacker in _attackers(panel, [*earlier, *_open(second, why)]):
        assert attacker.names() == set()


@settings(phases=[Phase.explicit, Phase.generate], deadline=None, max_examples=150)
@given(panels)
def test_figures_of_days_cost_no_other_figure_and_still_single_nobody_out(panel: Panel) -> None:
    weeks = [cell for cell in panel.cells if not any(map(is_day, cell.period))]
    days = [cell for cell in panel.cells if cell not in weeks]
    why = hidden_in_turn(weeks, days, panel.sums, RULE)
    without = hidden(weeks, panel.sums, RULE)
    assert [cell.name for cell in weeks if cell.name in why] == [
        cell.name for cell in weeks if cell.name in without
    ]
    secrets = [panel.of(cell) for cell in weeks if cell.name in why]
    for attacker in _attackers(panel, _open(panel.cells, why)):
        assert attacker.names() == set()
        assert not [units for units in secrets if attacker.computes(units)]


@settings(phases=[Phase.explicit, Phase.generate], deadline=None, max_examples=60)
@given(panels)
def test_a_figure_of_days_comes_from_enough_who_gave_them(panel: Panel) -> None:
    why = hidden(panel.cells, panel.sums, RULE)
    for cell in _open(panel.cells, why):
        units = panel.of(cell)
        assert not units or len({name for name, _ in units}) >= RULE.minimum_units
        if any(map(is_day, cell.period)):
            assert all(is_day(name) for _, name in units)


def _of_category(
    numbers: Iterable[int], category: str, by_day: bool = True, occupied: int = 10
) -> list[MonthlyReturn]:
    """Those who sold so many units on each day of the first slice."""
    sold = Sold.by_day([(100, occupied), (100, occupied)])
    return [
        told(
            a_return(month="2027-05", establishment=replace(HOTEL, id=f"H{number}", category=category)),
            sold={"2027-05-01": sold if by_day else replace(sold, days=())},
        )
        for number in numbers
    ]


def _hidden(returns: list[MonthlyReturn], *figures: tuple[set[str], Period]) -> dict[Any, Secret]:
    """Which of these are hidden, each of some categories; the last is worth least."""
    sums = count(returns, [period for _, period in figures], SLICES, SECTORS).sums
    kinds = {kind_of(one.establishment, SECTORS) for one in returns}
    cells = [
        Cell(number, frozenset(kind for kind in kinds if kind.category in categories), period, -number)
        for number, (categories, period) in enumerate(figures)
    ]
    return hidden(cells, sums, RULE)


BOTH = {"hotel", "campsite"}
FIRST_DAY = frozenset(DAYS[:1])


def test_two_of_a_kind_who_gave_days_are_not_what_is_left_when_others_are_taken_away():
    returns = [
        *_of_category(range(2), "hotel"),
        *_of_category(range(2, 5), "hotel", by_day=False),
        *_of_category(range(5, 8), "campsite"),
    ]
    assert _hidden(returns, (BOTH, FIRST_DAY), ({"campsite"}, FIRST_DAY)) == {1: Secret.COMPLEMENTARY}
    assert _hidden(returns, (BOTH, WHOLE[0]), ({"campsite"}, WHOLE[0])) == {}


def test_one_who_has_nearly_all_of_a_kind_is_not_what_is_left_either():
    hotels = [*_of_category([0], "hotel", occupied=90), *_of_category([1, 2], "hotel", occupied=1)]
    returns = [*hotels, *_of_category(range(3, 9), "campsite", occupied=80)]
    assert _hidden(returns, (BOTH, FIRST_DAY), ({"campsite"}, FIRST_DAY)) == {1: Secret.COMPLEMENTARY}


def test_one_who_gave_no_days_is_not_what_is_left_of_a_week_when_its_days_are_taken_away():
    returns = [*_of_category(range(3), "hotel"), *_of_category([3], "hotel", by_day=False)]
    assert 1 in _hidden(returns, (BOTH, WHOLE[0]), (BOTH, ALL_DAYS[0]))
    assert _hidden(returns, (BOTH, WHOLE[0]), (BOTH, FIRST_DAY)) == {}


def test_one_who_has_nearly_all_of_those_who_gave_no_days_is_not_what_is_left_either():
    by_week = [*_of_category([0], "hotel", False, 90), *_of_category([1, 2], "hotel", False, 1)]
    returns = [*by_week, *_of_category(range(3, 9), "hotel", occupied=80)]
    assert _hidden(returns, (BOTH, WHOLE[0]), (BOTH, ALL_DAYS[0])) == {1: Secret.COMPLEMENTARY}


def test_a_figure_of_days_is_of_those_who_gave_them():
    returns = [*_of_category(range(2), "hotel"), *_of_category([2, 3], "hotel", by_day=False)]
    assert _hidden(returns, (BOTH, WHOLE[0]), (BOTH, FIRST_DAY)) == {1: Secret.TOO_FEW}
