"""A provider's file of 15 000 lines is read in seconds and little memory, and asks once for each commune and month."""

import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter

import pytest

from chalicelib.kernel.history import HistoryLine
from chalicelib.observatory import bootstrap
from chalicelib.observatory.model import Status
from chalicelib.observatory.paths import IMPORTS
from chalicelib.observatory.reading.reading import read_figures
from tests.figure_files import TITLES, csv_file, xlsx_file
from tests.observatory import ASKED_AT, a_return
from tests.security import town as small_town
from tests.security.figure_files_town import MONTH, SOURCE, TICKET
from tests.security.observatory_town import return_of
from tests.security.town import Town
from tests.speed.calls import counted

pytestmark = pytest.mark.xdist_group("calls")

LODGINGS, DAYS = 500, 30
MOST_SECONDS = 12
"""The page has fifteen; on a machine of today's it takes one for CSV and three for XLSX."""
MOST_BYTES = 120 * 1024 * 1024
MANY, KEPT_MONTHS = 30, 36


@pytest.fixture(scope="module")
def whole_town() -> Iterator[Town]:
    with small_town.town() as town:
        yield town


def rows_of_many() -> list[list[object]]:
    """A month of days for each of many lodgings."""
    days = [date(2027, 4, 1) + timedelta(days=number) for number in range(DAYS)]
    return [
        ["Nom", *TITLES],
        *([f"Gîte {number}", day, 1, 1, 2, 1] for number in range(LODGINGS) for day in days),
    ]


@pytest.mark.parametrize("made", [csv_file, xlsx_file])
def test_fifteen_thousand_lines_are_read_in_time(made: Callable[..., bytes]) -> None:
    content = made(rows_of_many())
    begun = perf_counter()
    read = read_figures(content)
    assert perf_counter() - begun < MOST_SECONDS
    assert (read.lines, len(read.months), read.all_problems()) == (LODGINGS * DAYS, LODGINGS, [])


def test_reading_them_keeps_little_in_memory() -> None:
    content = csv_file(rows_of_many())
    tracemalloc.start()
    read_figures(content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < MOST_BYTES


def test_the_page_of_an_import_asks_as_often_for_many_lodgings_as_for_one(whole_town: Town) -> None:
    town, page = whole_town.at("figures_sent"), f"{IMPORTS}/{SOURCE}/{TICKET}"
    few = _calls(town, page)
    for number in range(MANY):
        other = replace(return_of().establishment, id=f"hotel-{number}")
        line = HistoryLine(ASKED_AT, "Cordée", "Chiffres demandés")
        assert bootstrap.returns().ask(a_return(month=MONTH, establishment=other), line, None, KEPT_MONTHS)
    assert _calls(town, page) == few
    assert len([call for call in few if call == "Query observatory"]) == len(Status), (
        "a file may have 36 months: of each, the returns of all communes by where they stand"
    )


def _calls(town: Town, page: str) -> list[str]:
    """What the page asks for, in a warm function."""
    town.visitors["observatory"].get(page)
    with counted() as made:
        assert town.visitors["observatory"].get(page).status == 200
    return made
