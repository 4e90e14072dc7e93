"""Figures are imported while a report that is made of their month begins: what it reads is what is kept for ever."""

import pytest

from tests.e2e import figure_races
from tests.harness.race import Racers, Twin
from tests.harness.starts import Work
from tests.harness.unguarded import without_conditions

pytestmark = pytest.mark.cloud

LODGINGS = [f"h{number}" for number in range(9)]
COMMIT = "TransactWriteItems"
ROUNDS = 5


def race(racers: Racers, number: int, twin: Twin | None = None) -> tuple[list[str], list[str], list[str]]:
    """The lodgings that are told that they are kept, those that the report reads, those that are kept."""
    (month,) = racers.each([Work(figure_races.month_back, (number,))])
    starts = [Work(figure_races.bring, (month, one)) for one in LODGINGS]
    read, *told = racers.race([Work(figure_races.begin, (month,)), *starts], hold=COMMIT, twin=twin)
    (kept,) = racers.each([Work(figure_races.given, (month,))])
    racers.each([Work(figure_races.give_up, (month,))])
    assert set(told) <= {"kept", "MonthClosed"}
    return [one for one, word in zip(LODGINGS, told, strict=True) if word == "kept"], read, kept


@pytest.mark.parametrize("number", range(ROUNDS))
def test_an_import_and_a_report_that_begins_have_one_winner_for_each_return(
    racers: Racers, number: int
) -> None:
    told, read, kept = race(racers, number)
    assert told == read == kept


def test_without_its_conditions_figures_come_into_a_month_that_a_report_has_read(racers: Racers) -> None:
    rounds = (race(racers, ROUNDS + number, without_conditions) for number in range(ROUNDS))
    assert any(read != kept for _, read, kept in rounds)


def test_a_month_takes_figures_again_once_its_report_is_dropped(racers: Racers) -> None:
    (month,) = racers.each([Work(figure_races.month_back, (2 * ROUNDS,))])
    work = [
        Work(figure_races.begin, (month,)), Work(figure_races.bring, (month, "h0")),
        Work(figure_races.give_up, (month,)), Work(figure_races.bring, (month, "h0")),
    ]  # fmt: skip
    assert [racers.each([one])[0] for one in work] == [[], "MonthClosed", None, "kept"]
