"""Totals that are kept from the stream, as they were tried: what they get right, and what no addition can give."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from chalicelib.observatory.counting import count
from chalicelib.observatory.model import Establishment, MonthlyReturn, Sold
from chalicelib.observatory.primary import Secret
from chalicelib.observatory.slices import slices_of_month
from chalicelib.office.observatory import SecrecyRule
from chalicelib.office.periods import Period
from infra.bench.totals import Sums, Totals, in_the_world
from tests.harness.world import faulty_world
from tests.observatory import HOTEL, a_return, given

DAYS = {one.id: one.length_days for one in slices_of_month("2027-03")}
WEEK = "2027-03-01"
RULE = SecrecyRule(Period(date(2020, 1, 1)))


@pytest.fixture
def totals() -> Iterator[Totals]:
    with faulty_world():
        yield in_the_world()


def sold_by(name: str, occupied: int, version: int = 2, stars: int = 3) -> MonthlyReturn:
    """What one hotel sold in the week."""
    hotel: Establishment = replace(HOTEL, id=name, stars=stars)
    asked = a_return(establishment=hotel)
    return replace(given(asked, sold={WEEK: Sold(140, occupied)}), version=version)


def summed(totals: Totals) -> dict[str, Sums]:
    """The sums of the month, without those that came down to nothing."""
    found = totals.of_month("2027-03")
    return {kind: Sums({key: each for key, each in sums.items() if each}) for kind, sums in found.items()}


def counted(totals: Totals, *returns: MonthlyReturn) -> dict[str, Sums]:
    """The same, counted from the returns themselves."""
    found = count(returns, [], DAYS, totals.sectors)
    return {
        "#".join(map(str, kind)): Sums(
            {**{f"{WEEK} {part}": amount for part, amount in vars(one.occupancy).items()}, f"{WEEK} count": one.tally.count}
        )
        for (kind, _), one in found.of.items()
    }  # fmt: skip


def test_figures_and_corrections_are_added_once_however_often_they_are_told(totals: Totals):
    first, corrected, other = sold_by("h1", 70), sold_by("h1", 98, version=3), sold_by("h2", 21)
    assert [totals.hear(None, first), totals.hear(None, other), totals.hear(first, corrected)] == [True] * 3
    assert [totals.hear(None, first), totals.hear(first, corrected)] == [False] * 2
    assert summed(totals) == counted(totals, corrected, other)


def test_who_gets_another_star_moves_to_another_sum(totals: Totals):
    before, after = sold_by("h1", 70), sold_by("h1", 70, version=3, stars=4)
    totals.hear(None, before)
    totals.hear(before, after)
    assert {kind: sums for kind, sums in summed(totals).items() if sums} == counted(totals, after)


def test_a_record_that_was_lost_is_missing_from_then_on(totals: Totals):
    first, corrected = sold_by("h1", 70), sold_by("h1", 98, version=3)
    totals.hear(first, corrected)
    assert summed(totals) != counted(totals, corrected)


def test_the_same_totals_may_be_published_or_be_secret(totals: Totals):
    balanced = [sold_by("h1", 40), sold_by("h2", 40), sold_by("h3", 40)]
    dominated = [sold_by("h1", 118), sold_by("h2", 1), sold_by("h3", 1)]
    assert counted(totals, *balanced) == counted(totals, *dominated)
    assert [_why(totals, returns) for returns in (balanced, dominated)] == [None, Secret.DOMINATED]


def _why(totals: Totals, returns: list[MonthlyReturn]) -> Secret | None:
    [one] = count(returns, [], DAYS, totals.sectors).of.values()
    return one.tally.why_secret(RULE)
