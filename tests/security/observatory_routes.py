"""One true request for every route of the observatory: its stage, the path at that stage, the form."""

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.observatory import entry_form
from chalicelib.observatory.model import Establishment, MonthlyReturn, Status
from chalicelib.observatory.paths import ENTRY_PAGE
from tests.observatory import ASKED_AT
from tests.security.figure_files_town import FIGURE_FILE_REQUESTS, OF_FILES
from tests.security.observatory_town import MONTH
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
OF_OBSERVATORY = (*FIGURES, "vu", "mois", "confirme", "cle", *OF_FILES)
"""The fields of their pages: those of the form of a month are made of its weeks."""


def _link(after: str = "", **fill: Any) -> Asked:
    return "figures_asked", lambda town: f"{ENTRY}/{town.token(ENTRY, OWNER)}{after}", fill


BEHIND_LINKS: dict[str, Asked] = {
    f"GET {ENTRY}/{{token}}": _link(),
    f"POST {ENTRY}/{{token}}": _link(**FIGURES),
    f"POST {ENTRY}/{{token}}/lien": _link("/lien"),
}
OBSERVATORY_REQUESTS: dict[str, Asked] = {**BEHIND_LINKS, **FIGURE_FILE_REQUESTS}
