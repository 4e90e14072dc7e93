"""A season report step by step in a world that may die anywhere, and what it leaves behind."""

import json
from dataclasses import replace

from chalicelib.kernel.history import HistoryLine
from chalicelib.observatory.items import BEGUN, HEAD
from chalicelib.observatory.model import Establishment, Sold
from chalicelib.observatory.paths import DESK_REPORT
from chalicelib.observatory.slices import slices_of_month
from tests.faults import house
from tests.harness import objects
from tests.harness.left import Row, value
from tests.harness.sweep import Left, Step
from tests.harness.world import FaultyWorld
from tests.observatory import HOTEL, a_return, given
from tests.report_office import NOW, REPORT, SEASONS

MONTH = "2027-01"
COMMUNE = "01160"
OTHERS = 3
"""The hotels beside that of the partner: nothing has to be secret."""


def winter_is_over(world: FaultyWorld) -> None:
    """Lodgings gave the figures of a month, the winter is over and its months are closed."""
    for one in (_own(world), *(replace(HOTEL, id=f"h{number}", commune=COMMUNE) for number in range(OTHERS))):
        _gives(one)
    house.open_office(seasons=SEASONS)
    world.clock.at = NOW


def answer(outcome: str, reason: str = "") -> Step:
    """The answer of the direction, which reads drafts as well as it approves them."""
    return house.decide(outcome, reason, house.DIRECTOR)


def at_the_desk(button: str, **form: str) -> Step:
    """The direction presses a button of the report's page at the desk, as that page stands."""

    def press(world: FaultyWorld) -> None:
        head = next(row for row in world.rows("observatory") if value(row, "sk") == HEAD)
        path = f"{DESK_REPORT.format(slug=value(head, 'reference'))}/{button}"
        world.as_person(house.DIRECTOR).press(path, vu=value(head, "version"), **form)
        world.go_on()

    return press


def kept(world: FaultyWorld) -> Left:
    """What reports say of themselves, their files, the round and the run that each is in."""
    heads = [row for row in world.rows("observatory") if value(row, "sk") == HEAD]
    return {
        "reports": sorted(_report(row) for row in heads),
        "files of reports": [key.replace(REPORT, "…") for key in objects.all_keys() if REPORT in key],
        "months held by reports": sorted(
            value(row, "pk")
            for row in world.rows("observatory")
            if "reports" in row and "SS" in row["reports"]
        ),
        "order of reports": [
            len(row["reports"]["L"]) for row in world.rows("observatory") if value(row, "pk") == BEGUN
        ],
        "addresses of reports": sorted(
            value(row, "pk") for row in world.rows("observatory") if value(row, "pk").startswith("SLUG#")
        ),
    }


def _report(row: Row) -> str:
    file = json.loads(value(row, "file"))
    told = (file["round"], file["commentary"], file["note"], bool(file["published_at"]))
    return f"{value(row, 'reference')} {value(row, 'status_key')} {told}"


def _own(world: FaultyWorld) -> Establishment:
    """The lodging of the partner, to whom no other figures were asked."""
    rows = world.rows("partners")
    partner = next(value(row, "pk").partition("#")[2] for row in rows if "reference" in row)
    return replace(HOTEL, id=partner, commune=COMMUNE)


def _gives(one: Establishment) -> None:
    from chalicelib.observatory.bootstrap import returns

    sold = {each.id: Sold(20 * each.length_days, 10 * each.length_days) for each in slices_of_month(MONTH)}
    asked = a_return(establishment=one, month=MONTH)
    line = HistoryLine(asked.asked_at, "Cordée", "Chiffres demandés")
    returns().ask(asked, line, None, 24)
    returns().save(asked, given(asked, sold=sold), replace(line, what="Chiffres donnés"), [], 24)
