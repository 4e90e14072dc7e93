"""One true request for every route of the reports: those that are published, and those at the desk."""

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.observatory.paths import DESK_REPORT, DESK_REPORTS
from tests.security.report_stage import DRAFT_SLUG, SLUG
from tests.security.town import Town

Asked = tuple[str, Callable[[Town], str], Mapping[str, Any]]
PAGE = "/observatoire"


def _shown(after: str = "", query: str = "") -> Asked:
    return "report_published", lambda _: f"{PAGE}/{SLUG}{after}{query}", {}


def _at_the_desk(after: str = "", stage: str = "report_read", query: str = "", **fill: Any) -> Asked:
    return stage, lambda _: f"{DESK_REPORT.format(slug=DRAFT_SLUG)}{after}{query}", fill


AT_THE_DESK: dict[str, Asked] = {
    f"GET {DESK_REPORTS}": ("report_read", lambda _: DESK_REPORTS, {}),
    f"GET {DESK_REPORT}": _at_the_desk(),
    f"GET {DESK_REPORT}/projet": _at_the_desk("/projet"),
    f"GET {DESK_REPORT}/projet/graphique.svg": _at_the_desk(
        "/projet/graphique.svg", query="?partie=semaines"
    ),
    f"POST {DESK_REPORT}/commentaire": _at_the_desk("/commentaire", commentaire="Un hiver court.", vu="1"),
    f"POST {DESK_REPORT}/reprise": _at_the_desk("/reprise", "report_left"),
    f"POST {DESK_REPORT}/abandon": _at_the_desk("/abandon", motif="Trop peu de réponses."),
}
REPORT_REQUESTS: dict[str, Asked] = {
    **AT_THE_DESK,
    f"GET {PAGE}": ("report_published", lambda _: PAGE, {}),
    f"GET {PAGE}/{{slug}}": _shown(),
    f"GET {PAGE}/{{slug}}/graphique.svg": _shown("/graphique.svg", "?partie=semaines"),
    f"GET {PAGE}/{{slug}}/bilan.pdf": _shown("/bilan.pdf"),
    f"GET {PAGE}/{{slug}}/donnees.csv": _shown("/donnees.csv"),
    f"GET {PAGE}/{{slug}}/donnees.xlsx": _shown("/donnees.xlsx"),
}
