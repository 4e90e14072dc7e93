"""One true request for every route of the observatory: its stage, the path at that stage, the form."""

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.observatory import day_form, entry_form
from chalicelib.observatory.model import Establishment, MonthlyReturn, Status
from chalicelib.observatory.paths import (
    DESK_CALENDAR,
    DESK_CALENDAR_ENTRY,
    DESK_ENTRY,
    DESK_PAGE,
    DESK_REMARKS,
    ENTRY_PAGE,
    OWN_ENTRY,
    key_of,
)
from tests.observatory import ASKED_AT
from tests.security.figure_files_town import FIGURE_FILE_REQUESTS, OF_FILES
from tests.security.observatory_town import FAIR, MONTH, return_of
from tests.security.report_routes import REPORT_REQUESTS
from tests.security.town import OWNER, Town

Asked = tuple[str, Callable[[Town], str], Mapping[str, Any]]
ENTRY = ENTRY_PAGE
_HOTEL = Establishment("any", "Hôtel du Pont", OWNER, "hotel", "01160", 12, 30, 2)
_BLANK = MonthlyReturn(_HOTEL, MONTH, Status.ASKED, ASKED_AT)
FIGURES = {
    **dict.fromkeys(entry_form.entry_form(_BLANK).by_name, ""),
    **entry_form.answers_of(_BLANK),
    **{name: 1 for name in entry_form.entry_form(_BLANK).by_name if name.startswith("occupied_")},
}
"""What the owner types: one night sold each week."""
DAYS = tuple(name for name in day_form.day_form(_BLANK).by_name if name.endswith("01"))
"""What is asked of the first day, where days are asked for."""
OF_OBSERVATORY = (
    *FIGURES, *DAYS, "par", "changer", "season_rating", "season_reasons", "season_remark", "vu", "mois", "doute", "confirme", "cle", "commentaire", "motif", "label", "first", "last", "commune",
    "area", "name", *OF_FILES,
)  # fmt: skip
"""The fields of their pages: those of the form of a month are made of its weeks."""


def _link(after: str = "", **fill: Any) -> Asked:
    return "figures_asked", lambda town: f"{ENTRY}/{town.token(ENTRY, OWNER)}{after}", fill


def _confirm(path: Callable[[Town], str]) -> Asked:
    return "figures_given", path, {}


def desk_path(after: str = "") -> str:
    """The path of the owner's figures at the desk, or of one below it."""
    return DESK_ENTRY.format(entry=key_of(return_of())) + after


def _own(after: str = "", stage: str = "figures_given", **fill: Any) -> Asked:
    return stage, lambda _: OWN_ENTRY.format(entry=key_of(return_of())) + after, fill


IN_THE_SPACE: dict[str, Asked] = {
    f"GET {OWN_ENTRY}": _own(),
    f"POST {OWN_ENTRY}": _own(stage="figures_asked", **FIGURES),
    f"POST {OWN_ENTRY}/confirmation": _own("/confirmation"),
    f"GET {OWN_ENTRY}/courbe.svg": _own("/courbe.svg"),
}
BEHIND_LINKS: dict[str, Asked] = {
    f"GET {ENTRY}/{{token}}": _link(),
    f"POST {ENTRY}/{{token}}": _link(**FIGURES),
    f"POST {ENTRY}/{{token}}/confirmation": _confirm(
        lambda town: f"{ENTRY}/{town.token(ENTRY, OWNER)}/confirmation"
    ),
    f"POST {ENTRY}/{{token}}/lien": _link("/lien"),
    f"GET {ENTRY}/{{token}}/courbe.svg": (
        "figures_given",
        lambda town: f"{ENTRY}/{town.token(ENTRY, OWNER)}/courbe.svg?fond=sombre",
        {},
    ),
}
AT_THE_DESK: dict[str, Asked] = {
    f"GET {DESK_PAGE}": ("figures_given", lambda town: f"{DESK_PAGE}?mois={MONTH}", {}),
    f"GET {DESK_ENTRY}": ("figures_given", lambda town: desk_path(), {}),
    f"GET {DESK_ENTRY}/courbe.svg": ("figures_given", lambda town: desk_path("/courbe.svg"), {}),
    f"POST {DESK_ENTRY}": ("figures_asked", lambda town: desk_path(), FIGURES),
    f"POST {DESK_ENTRY}/question": (
        "figures_given",
        lambda town: desk_path("/question"),
        {"doute": "full"},
    ),
    f"GET {DESK_REMARKS}": ("figures_given", lambda town: DESK_REMARKS, {}),
    f"GET {DESK_CALENDAR}": ("figures_given", lambda town: DESK_CALENDAR, {}),
    f"GET {DESK_CALENDAR_ENTRY}": ("figures_given", lambda town: f"{DESK_CALENDAR}/{FAIR}", {}),
    f"POST {DESK_CALENDAR_ENTRY}": (
        "figures_given",
        lambda town: f"{DESK_CALENDAR}/vacances",
        {"cle": "k" * 43, "area": "geneve", "name": "Relâches", "first": "2027-02-15", "last": "2027-02-19"},
    ),
    f"POST {DESK_CALENDAR_ENTRY}/suppression": (
        "figures_given",
        lambda town: f"{DESK_CALENDAR}/{FAIR}/suppression",
        {},
    ),
    f"POST {DESK_ENTRY}/confirmation": _confirm(lambda town: desk_path("/confirmation")),
}
OBSERVATORY_REQUESTS: dict[str, Asked] = {
    **IN_THE_SPACE,
    **BEHIND_LINKS,
    **AT_THE_DESK,
    **REPORT_REQUESTS,
    **FIGURE_FILE_REQUESTS,
}
