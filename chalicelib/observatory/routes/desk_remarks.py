"""What lodgings wrote about a season, for who works with figures at the desk."""

from chalice import Blueprint, Response

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.observatory import bootstrap
from chalicelib.observatory.paths import DESK_ENTRY, DESK_REMARKS, key_of
from chalicelib.observatory.readers import READERS
from chalicelib.observatory.remarks import Remark
from chalicelib.office.observatory import Season
from chalicelib.web import pages
from chalicelib.web.paging import PAGE, Page, page_of
from chalicelib.web.urls import url
from chalicelib.web.views import view

bp = Blueprint(__name__)

SEASON, PAGE_SIZE = "saison", 20


@bp.route(DESK_REMARKS, methods=["GET"])
@view
@staff_only(*READERS)
def show_remarks(user: User) -> Response:
    """The remarks about the season that ended last, or `?saison=hiver-2026-2027`."""
    query, reading = bp.current_request.query_params or {}, bootstrap.remarks()
    seasons = reading.seasons()
    chosen = [one for one in seasons if one.id == query.get(SEASON, "")] or seasons
    season = next(iter(chosen), None)
    found = reading.list_of(season) if season else []
    shown = page_of(found, query.get(PAGE, ""), PAGE_SIZE)
    return pages.page(
        "observatory/remarks.html",
        section="bureau",
        seasons=seasons,
        season=season,
        page=shown,
        links=_links(season, shown),
        remarks=[(one, DESK_ENTRY.format(entry=key_of(one.given))) for one in shown.things],
    )


def _links(season: Season | None, page: Page[Remark]) -> dict[str, str]:
    if season is None:
        return {}
    here = f"{DESK_REMARKS}?{SEASON}={season.id}&{PAGE}="
    return {name: url(f"{here}{number}") for name, number in page.around.items()}
