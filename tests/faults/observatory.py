"""The figures of a month step by step in a world that may die anywhere, and what they leave behind."""

import json
from typing import Any

from chalicelib.kernel import ids
from chalicelib.observatory import entry_form
from chalicelib.observatory.items import RETURN
from chalicelib.observatory.model import Establishment, MonthlyReturn, Status
from chalicelib.observatory.paths import DESK_CALENDAR, DESK_CALENDAR_ENTRY, DESK_ENTRY, ENTRY_PAGE, OWN_ENTRY
from tests.faults.house import DIRECTOR, fresh_link, later, log_in, tick, two_mornings
from tests.faults.onboarding import APPLICANT
from tests.faults.units import ACTIVE
from tests.harness.left import Row, picked, value
from tests.harness.sweep import Left, Step, Unit
from tests.harness.world import FaultyWorld
from tests.observatory import ASKED_AT

_HOTEL = Establishment("any", "Hôtel du Pont", APPLICANT, "hotel", "01160", 12, 30, 2)
_FORM = entry_form.entry_form(MonthlyReturn(_HOTEL, "2027-02", Status.ASKED, ASKED_AT))
KEY = "k" * 43
FILLED = ("offered_", "occupied_", "booked_")
FIGURES = {name: "3" for name in _FORM.by_name if name.startswith(FILLED)}
"""Three rooms on one night of each week, three booked of each month to come."""


def give(world: FaultyWorld) -> None:
    """The form behind the newest link is sent; what it corrects stood on the page."""
    given_at = json.loads(value(the_return(world), "file"))["given_at"]
    by_link("", vu=given_at, **FIGURES)(world)


def by_link(after: str, **form: str) -> Step:
    """A button of the page behind the newest link."""

    def press(world: FaultyWorld) -> None:
        world.as_person("at home").press(world.link(APPLICANT, ENTRY_PAGE) + after, **form)
        world.go_on()

    return press


def at_the_desk(after: str = "", **form: str) -> Step:
    """A button of the return's page at the desk, or of one below it."""

    def press(world: FaultyWorld) -> None:
        world.as_person(DIRECTOR).press(desk_path(world) + after, **form)
        world.go_on()

    return press


def in_the_space(after: str = "", **form: str) -> Step:
    """A button of the return's page in the space of the partner, or of one below it."""

    def press(world: FaultyWorld) -> None:
        world.as_person(APPLICANT).press(OWN_ENTRY.format(entry=_key(world)) + after, **form)
        world.go_on()

    return press


def see_own(world: FaultyWorld) -> None:
    """The partner reads the return in the space."""
    world.as_person(APPLICANT).read(OWN_ENTRY.format(entry=_key(world)))


def desk_path(world: FaultyWorld) -> str:
    """The path of the one return at the desk."""
    return DESK_ENTRY.format(entry=_key(world))


def _key(world: FaultyWorld) -> str:
    row = the_return(world)
    _, month, commune = value(row, "pk").split("#")
    return f"{month}_{commune}_{value(row, 'sk').partition('#')[2]}"


def the_return(world: FaultyWorld) -> Row:
    """The return of the one lodging."""
    return next(row for row in world.rows("observatory") if value(row, "sk").startswith("RETURN#"))


def add_fair(world: FaultyWorld) -> None:
    """The direction adds an event to the calendar."""
    form = {"label": "Foire", "first": "2027-03-06", "last": "2027-03-07"}
    world.as_person(DIRECTOR).press(f"{DESK_CALENDAR}/evenement", cle=KEY, **form)


def remove_fair(world: FaultyWorld) -> None:
    """The direction takes it away again."""
    world.as_person(DIRECTOR).press(f"{DESK_CALENDAR}/{ids.id_of(KEY)}/suppression")


give_at_the_desk = at_the_desk(vu="", **FIGURES)
ask_about = at_the_desk("/question", doute="full")


def kept(world: FaultyWorld) -> Left:
    """What was given, how often it was asked again, and what leads there."""
    rows = world.rows("observatory")
    files = [(value(row, "sk"), json.loads(value(row, "file"))) for row in rows if "file" in row]
    return {
        "figures": sorted(_figures(file) for kind, file in files if kind.startswith(RETURN)),
        "calendar": sorted(str(file) for kind, file in files if kind == "CALENDAR"),
        "ways to figures": sorted(picked(row, "sk", "commune") for row in rows if "commune" in row),
    }


def _figures(file: dict[str, Any]) -> str:
    return (
        f"{file['sold']} {file['origins']} {file['said']} {file['given_by']} reminded {file['reminders']} times, "
        + (f"asked about {sorted(file['questioned'])}, confirmed {bool(file['confirmed_at'])}")
    )


ROUND = two_mornings("gather_figures")
ASKED = (*ACTIVE, tick("gather_figures"))
DOUBTED = (*ASKED, give, log_in(DIRECTOR))
"""All that was offered is sold."""
UNITS: dict[str, Unit] = {
    "asking for figures": Unit(ROUND, ACTIVE, ("gather_figures",)),
    "asking for figures again": Unit(ROUND, (*ASKED, later(days=7)), ("gather_figures",)),
    "giving figures": Unit(give, ASKED, (f"POST {ENTRY_PAGE}/{{token}}",)),
    "correcting figures": Unit(give, (*ASKED, give, later(minutes=1))),
    "giving figures of the phone": Unit(
        give_at_the_desk, (*ASKED, log_in(DIRECTOR)), (f"POST {DESK_ENTRY}",)
    ),
    "asking about a figure": Unit(ask_about, DOUBTED, (f"POST {DESK_ENTRY}/question",)),
    "confirming figures": Unit(
        by_link("/confirmation"), (*DOUBTED, ask_about), (f"POST {ENTRY_PAGE}/{{token}}/confirmation",)
    ),
    "giving figures in the space": Unit(
        in_the_space(vu="", **FIGURES), (*ASKED, log_in(APPLICANT)), (f"POST {OWN_ENTRY}",)
    ),
    "confirming figures in the space": Unit(
        in_the_space("/confirmation"),
        (*DOUBTED, ask_about, log_in(APPLICANT)),
        (f"POST {OWN_ENTRY}/confirmation",),
    ),
    "confirming figures of the phone": Unit(
        at_the_desk("/confirmation"), (*DOUBTED, ask_about), (f"POST {DESK_ENTRY}/confirmation",)
    ),
    "adding to the calendar": Unit(add_fair, (log_in(DIRECTOR),), (f"POST {DESK_CALENDAR_ENTRY}",)),
    "taking from the calendar": Unit(
        remove_fair,
        (log_in(DIRECTOR), add_fair),
        (f"POST {DESK_CALENDAR_ENTRY}/suppression",),
    ),
    "asking for the form of figures again": Unit(
        fresh_link(APPLICANT, ENTRY_PAGE), ASKED, (f"POST {ENTRY_PAGE}/{{token}}/lien",)
    ),
}
