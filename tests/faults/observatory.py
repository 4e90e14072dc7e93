"""The figures of a month step by step in a world that may die anywhere, and what they leave behind."""

import json

from chalicelib.observatory import entry_form
from chalicelib.observatory.model import Establishment, MonthlyReturn, Status
from chalicelib.observatory.paths import ENTRY_PAGE
from tests.faults.house import fresh_link, later, tick, two_mornings
from tests.faults.onboarding import APPLICANT
from tests.faults.units import ACTIVE
from tests.harness.left import picked, value
from tests.harness.sweep import Left, Unit
from tests.harness.world import FaultyWorld
from tests.observatory import ASKED_AT

_HOTEL = Establishment("any", "Hôtel du Pont", APPLICANT, "hotel", "01160", 12, 30, 2)
_FORM = entry_form.entry_form(MonthlyReturn(_HOTEL, "2027-02", Status.ASKED, ASKED_AT))
FIGURES = {name: "3" for name in _FORM.by_name if name.startswith(("offered_", "occupied_"))}
"""Three rooms on one night of each week."""


def give(world: FaultyWorld) -> None:
    """The form behind the newest link is sent; what it corrects stood on the page."""
    seen = [value(row, "file") for row in world.rows("observatory") if "file" in row]
    given_at = json.loads(seen[0])["given_at"]
    world.press(world.link(APPLICANT, ENTRY_PAGE), vu=given_at, **FIGURES)
    world.go_on()


def kept(world: FaultyWorld) -> Left:
    """What was given, how often it was asked again, and what leads there."""
    rows = world.rows("observatory")
    return {
        "figures": sorted(_figures(json.loads(value(row, "file"))) for row in rows if "file" in row),
        "ways to figures": sorted(picked(row, "sk", "commune") for row in rows if "commune" in row),
    }


def _figures(file: dict[str, object]) -> str:
    return f"{file['sold']} {file['origins']} {file['given_by']} reminded {file['reminders']} times"


ROUND = two_mornings("gather_figures")
ASKED = (*ACTIVE, tick("gather_figures"))
UNITS: dict[str, Unit] = {
    "asking for figures": Unit(ROUND, ACTIVE, ("gather_figures",)),
    "asking for figures again": Unit(ROUND, (*ASKED, later(days=7)), ("gather_figures",)),
    "giving figures": Unit(give, ASKED, (f"POST {ENTRY_PAGE}/{{token}}",)),
    "correcting figures": Unit(give, (*ASKED, give, later(minutes=1))),
    "asking for the form of figures again": Unit(
        fresh_link(APPLICANT, ENTRY_PAGE), ASKED, (f"POST {ENTRY_PAGE}/{{token}}/lien",)
    ),
}
