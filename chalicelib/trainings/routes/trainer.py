"""The trainer's page, by a mailed link: the list of those who come, and who is there. No login, no needs, no phones."""

from chalice import Blueprint, Response

from chalicelib.links.bootstrap import signed_link_service
from chalicelib.links.model import Link
from chalicelib.links.signed import SignedRequest
from chalicelib.links.views import link_view
from chalicelib.trainings.bootstrap import planning
from chalicelib.trainings.model import SessionUnknown
from chalicelib.trainings.paths import PRESENCE, TRAINER_PAGE
from chalicelib.trainings.routes import marking
from chalicelib.trainings.routes.marking import HALF_DAY, Door
from chalicelib.web.cookies import set_cookie
from chalicelib.web.requests import FORM_TYPE, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

TRAINER_COOKIE = "trainer"
TRAINER_COOKIE_SECONDS = 86_400


@bp.route(TRAINER_PAGE + "/{token}", methods=["GET"])
@view
@link_view(TRAINER_PAGE)
def show_trainer_list(link: Link, token: str) -> Response:
    """The people of the half-day that is on. This browser may also scan codes, for a day."""
    door = _door(link, token)
    key = SignedRequest(PRESENCE, door.session.id, 0, TRAINER_COOKIE_SECONDS)
    cookie = set_cookie(TRAINER_COOKIE, signed_link_service().token_for(key), TRAINER_COOKIE_SECONDS)
    return marking.show(door, bp.current_request.query_params, cookies=[cookie])


@bp.route(TRAINER_PAGE + "/{token}", methods=["POST"], content_types=[FORM_TYPE])
@view
@link_view(TRAINER_PAGE)
def mark_by_trainer(link: Link, token: str) -> Response:
    """Mark somebody present, absent or excused."""
    return marking.mark(_door(link, token), form_fields(bp.current_request))


@bp.route(TRAINER_PAGE + "/{token}/feuille", methods=["GET"])
@view
@link_view(TRAINER_PAGE)
def print_trainer_sheet(link: Link, token: str) -> Response:
    """The sheet to sign of a half-day, as PDF."""
    query = bp.current_request.query_params or {}
    return marking.sheet(_door(link, token), query.get(HALF_DAY, ""))


def _door(link: Link, token: str) -> Door:
    """The session, while it names the address that the link was mailed to. Raises `SessionUnknown`."""
    session = planning.planning_service().get(link.subject)
    if not link.holder or session.plan.trainer.email != link.holder:
        raise SessionUnknown
    return Door(session, f"{TRAINER_PAGE}/{token}", "formations", session.plan.trainer.name)
