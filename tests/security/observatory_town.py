"""The figures of two lodgings: asked by the round, then given by the owner; both stages go on from a new partner's."""

from collections.abc import Callable
from datetime import date
from typing import Any

from chalicelib.observatory import bootstrap
from chalicelib.observatory.effects import LocalEvent
from chalicelib.observatory.model import MonthlyReturn, Sold
from tests.harness.world import FaultyWorld
from tests.observatory_office import observatory_section
from tests.security.aid_town import OWNER
from tests.security.figure_files_town import send_figure_files
from tests.security.report_stage import leave, publish, read

MONTH, COMMUNE = "2027-02", "01160"
FAIR = "f" * 32
"""The identifier of an event that the office keeps."""
Step = Callable[[FaultyWorld], None]


def observing_office() -> dict[str, Any]:
    """The section of the office file: February is asked for at the beginning of March."""
    return observatory_section()


def return_of(email: str = OWNER) -> MonthlyReturn:
    """What is asked of somebody."""
    found = bootstrap.returns().list_of(MONTH, COMMUNE)
    return next(one for one in found if one.establishment.email == email)


def _asked(world: FaultyWorld) -> None:
    """The round asks the owner, who is a partner now, and the other partner."""
    world.invoke("gather_figures")
    world.go_on()


def _given(world: FaultyWorld) -> None:
    """The owner was full each night of the first week: nobody asked yet."""
    fair = LocalEvent(FAIR, "Foire", date(2027, 2, 6), date(2027, 2, 7))
    bootstrap.calendar_keeping().add(FAIR, fair, "Anne Observatory")
    bootstrap.gathering().give(return_of(), {"2027-02-01": Sold(84, 84)}, {}, "Hôtel du Pont")


def _sent(world: FaultyWorld) -> None:
    """The owner and a provider of data sent a file each."""
    send_figure_files(return_of())


OBSERVATORY_STEPS: dict[str, tuple[str, Step]] = {
    "figures_asked": ("training_draft", _asked),
    "figures_given": ("figures_asked", _given),
    "report_published": ("figures_given", publish),
    "report_read": ("figures_given", read),
    "report_left": ("figures_given", leave),
    "figures_sent": ("figures_asked", _sent),
}
"""The stages by name: which one comes before, and what happens from there on."""


def build_observatory_stages(world: FaultyWorld, stages: dict[str, Any]) -> None:
    """Add all of them to the stages that there are."""
    for name, (before, go_on) in OBSERVATORY_STEPS.items():
        world.restore(stages[before])
        go_on(world)
        stages[name] = world.checkpoint()
