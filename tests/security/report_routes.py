"""One true request for every route of the published reports."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.security.report_stage import SLUG
from tests.security.town import Town

Asked = tuple[str, Callable[[Town], str], Mapping[str, Any]]
PAGE = "/observatoire"


def _shown(after: str = "", query: str = "") -> Asked:
    return "report_published", lambda _: f"{PAGE}/{SLUG}{after}{query}", {}


REPORT_REQUESTS: dict[str, Asked] = {
    f"GET {PAGE}": ("report_published", lambda _: PAGE, {}),
    f"GET {PAGE}/{{slug}}": _shown(),
    f"GET {PAGE}/{{slug}}/graphique.svg": _shown("/graphique.svg", "?partie=semaines"),
    f"GET {PAGE}/{{slug}}/bilan.pdf": _shown("/bilan.pdf"),
    f"GET {PAGE}/{{slug}}/donnees.csv": _shown("/donnees.csv"),
    f"GET {PAGE}/{{slug}}/donnees.xlsx": _shown("/donnees.xlsx"),
}
