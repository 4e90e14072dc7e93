"""The sessions to come, for everybody: the catalogue, and a page for each."""

from urllib.parse import urlencode

from chalice import Blueprint, Response

from chalicelib.kernel.clock import paris_day
from chalicelib.trainings.bootstrap import stores
from chalicelib.trainings.browsing import Wanted, choices_in, found, to_come, wanted_of
from chalicelib.trainings.gate import has_ended, takes_registrations
from chalicelib.trainings.model import Session, SessionUnknown
from chalicelib.trainings.paths import CATALOGUE, SESSION
from chalicelib.trainings.presenting import shown, structured_data
from chalicelib.trainings.statuses import OPEN, SessionStatus
from chalicelib.web import pages
from chalicelib.web.paging import PAGE, Page, page_of
from chalicelib.web.static import content_version
from chalicelib.web.urls import absolute, url
from chalicelib.web.views import view

bp = Blueprint(__name__)

PUBLIC = frozenset({*OPEN, SessionStatus.CANCELLED, SessionStatus.CLOSED})
"""A draft is nobody's business but the desk's."""
PAGE_SIZE = 24


@bp.route(CATALOGUE, methods=["GET"])
@view
def list_sessions() -> Response:
    """The sessions to come, the next one first; `?theme=numerique&type=workshop&lieu=...&mois=2027-03`."""
    office = stores.office()
    if office.trainings is None:
        return pages.page("trainings/none.html", section="formations", office=office)
    query = bp.current_request.query_params or {}
    wanted = wanted_of(query)
    coming = to_come(stores.sessions().list_in_status(*sorted(OPEN)), stores.now())
    today = paris_day(stores.now())
    page = page_of(found(coming, wanted), query.get(PAGE, ""), PAGE_SIZE)
    seats = stores.registrations().seats_of([one.id for one in page.things])
    return pages.page(
        "trainings/catalogue.html",
        section="formations",
        sessions=[shown(one, seats[one.id], office, today) for one in page.things],
        page=page,
        links=_links(page, wanted),
        whole=len(coming),
        wanted=wanted,
        choices=choices_in(coming, {one.id: one.label for one in office.trainings.themes}),
    )


@bp.route(SESSION, methods=["GET"])
@view
def show_session(reference: str) -> Response:
    """One session: all that is needed to decide, and the way to register."""
    session, office = public_session(reference), stores.office()
    seats = stores.registrations().seats(session.id)
    url = absolute(SESSION.format(reference=session.reference))
    return pages.page(
        "trainings/session.html",
        section="formations",
        shown=shown(session, seats, office, paris_day(stores.now())),
        plan=session.plan,
        takes_registrations=takes_registrations(session, stores.now()),
        has_ended=has_ended(session, stores.now()),
        accessibility=office.staff.person(session.plan.accessibility),
        rules=office.training_rules,
        address=url,
        picture=absolute(f"/static/{content_version()}/share.png"),
        data=structured_data(session, office, url),
        office=office,
    )


def _links(page: Page[Session], wanted: Wanted) -> dict[str, str]:
    """The addresses of the pages before and after."""
    return {
        name: url(f"{CATALOGUE}?{urlencode({**wanted.query, PAGE: number})}")
        for name, number in page.around.items()
    }


def public_session(reference: str) -> Session:
    """The session with this reference, if it was ever published. Raises `SessionUnknown`."""
    session = stores.sessions().find_by_reference(reference)
    if session is None or session.status not in PUBLIC:
        raise SessionUnknown
    return session
