"""Nobody computes what is hidden: not from totals, not over several tables or reports, not as one of the panel."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, combinations
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from chalicelib.observatory.primary import Secret
from chalicelib.observatory.suppression import hidden
from chalicelib.observatory.tables import Cell, Sums, Tally
from chalicelib.office.observatory import SecrecyRule
from chalicelib.office.periods import Period
from tests.unit.observatory.attacker import Attacker, Unit

RULE = SecrecyRule(Period(date(2026, 1, 1)))
WEEKS = (1, 2, 3)
SEASON = frozenset(WEEKS)
PERIODS = [frozenset({week}) for week in WEEKS] + [SEASON]
SECTORS, TYPES = ("Haut-Jura", "Léman"), ("hotel", "campsite", "hostel")


@dataclass(frozen=True)
class Panel:
    """What each establishment sold in each week that it was open, and what kind it is of."""

    kinds: Mapping[str, tuple[str, str]]
    sold: Mapping[Unit, int]

    @property
    def sums(self) -> Sums:
        of: dict[Any, Tally] = defaultdict(Tally)
        for period in PERIODS:
            for name, kind in self.kinds.items():
                shares = [self.sold[name, week] for week in period if (name, week) in self.sold]
                if shares:
                    of[kind, period] += Tally(1, sum(shares), sum(shares), (name,))
        return Sums(dict(of))

    def units(self, cell: Cell) -> frozenset[Unit]:
        return frozenset(
            unit for unit in self.sold if unit[1] in cell.period and self.kinds[unit[0]] in cell.kinds
        )

    def singles(self) -> list[frozenset[Unit]]:
        """What each establishment has in any choice of weeks."""
        choices = [set(some) for size in range(1, len(WEEKS) + 1) for some in combinations(WEEKS, size)]
        return [
            frozenset(unit for unit in self.sold if unit[0] == name and unit[1] in some)
            for name in self.kinds
            for some in choices
        ]

    def shares(self, units: frozenset[Unit]) -> list[int]:
        by_name: dict[str, int] = defaultdict(int)
        for unit in units:
            by_name[unit[0]] += self.sold[unit]
        return list(by_name.values())


KINDS = [(sector, kind) for sector in SECTORS for kind in TYPES]
GROUPS = {
    "all": frozenset(KINDS),
    **{sector: frozenset(kind for kind in KINDS if kind[0] == sector) for sector in SECTORS},
    **{name: frozenset(kind for kind in KINDS if kind[1] == name) for name in TYPES},
    **{f"{kind[0]} {kind[1]}": frozenset({kind}) for kind in KINDS},
}
CELLS = [
    Cell((name, len(period), min(period)), kinds, period, worth=len(kinds))
    for name, kinds in GROUPS.items()
    for period in PERIODS
]


@st.composite
def panels(draw: st.DrawFn) -> Panel:
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=14))
    named = {f"H{number}": kind for number, kind in enumerate(kinds)}
    sold = {
        (name, week): draw(st.integers(0, 40))
        for name in named
        for week in draw(st.sampled_from([WEEKS, WEEKS, (1, 2), (3,)]))
    }
    return Panel(named, sold)


def _published(panel: Panel, cells: list[Cell], why: Mapping[Any, Secret]) -> list[frozenset[Unit]]:
    return [panel.units(cell) for cell in cells if cell.name not in why]


def _small(units: frozenset[Unit], panel: Panel, reader: str) -> bool:
    """Whether it is about others, few or nearly all one."""
    shares = panel.shares(units)
    return bool(units) and (len(shares) < RULE.minimum_units or max(shares) * 100 > sum(shares) * 85)


@settings(phases=[Phase.explicit, Phase.generate], deadline=None, max_examples=60)
@given(panels())
def test_nobody_computes_a_hidden_figure_or_one_of_a_single_establishment(panel: Panel) -> None:
    why = hidden(CELLS, panel.sums, RULE)
    units = list(panel.sold)
    secrets = [panel.units(cell) for cell in CELLS if cell.name in why]
    singles = panel.singles()
    for reader in ("", *panel.kinds):
        attacker = Attacker(units, _published(panel, CELLS, why), reader)
        assert not [each for each in chain(secrets, singles) if attacker.computes(each)]


@settings(phases=[Phase.explicit, Phase.generate], deadline=None, max_examples=60)
@given(panels())
def test_what_is_published_comes_from_enough(panel: Panel) -> None:
    why = hidden(CELLS, panel.sums, RULE)
    assert not [units for units in _published(panel, CELLS, why) if _small(units, panel, "")]


@settings(phases=[Phase.explicit, Phase.generate], deadline=None, max_examples=60)
@given(panels(), st.permutations(CELLS))
def test_a_report_does_not_give_away_what_an_earlier_one_hid(panel: Panel, cells: list[Cell]) -> None:
    first, second = cells[:20], cells[20:]
    sums, units = panel.sums, list(panel.sold)
    before = hidden(first, sums, RULE)
    earlier = [cell for cell in first if cell.name not in before]
    why = hidden(cells, sums, RULE, earlier)
    known = _published(panel, first, before) + _published(panel, second, why)
    for reader in ("", *panel.kinds):
        attacker = Attacker(units, known, reader)
        assert not [each for each in panel.singles() if attacker.computes(each)]
