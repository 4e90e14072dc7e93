"""Registering people as a partner: the form of a session for who is logged in, and the way in for who is not."""

from chalice import Blueprint, Response

from chalicelib.access.guard import current_user, to_login
from chalicelib.kernel.errors import NotFound
from chalicelib.trainings.bootstrap import stores
from chalicelib.trainings.gate import GUEST, closed_to
from chalicelib.trainings.model import Session
from chalicelib.trainings.partner_book import Partner
from chalicelib.trainings.paths import OWN_REGISTRATION, REGISTER
from chalicelib.trainings.routes import registering
from chalicelib.trainings.routes.catalogue import public_session
from chalicelib.trainings.routes.registering import Registrant
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE, first_of, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

STRUCTURE = "structure"


class NoSuchStructure(NotFound):
    """The chosen structure is none of this person's."""

    def __init__(self) -> None:
        super().__init__(
            "Cette structure n’est pas la vôtre. Revenez à la page de la session pour recommencer."
        )


@bp.route(REGISTER, methods=["GET"])
@view
def show_registration_form(reference: str) -> Response:
    """The form for an active partner; for everybody else the two ways in: to log in, or to prove an address."""
    session, user = public_session(reference), current_user()
    mine = stores.partners().list_of(user.email) if user else []
    query = bp.current_request.query_params or {}
    if not mine:
        return way_in(session)
    if len(mine) > 1 and not query.get(STRUCTURE):
        return pages.page("trainings/structures.html", section="formations", session=session, partners=mine)
    return registering.show(
        _registrant(session, _chosen(mine, query.get(STRUCTURE, "")), len(mine)), session, query
    )


@bp.route(REGISTER, methods=["POST"], content_types=[FORM_TYPE])
@view
def submit_registration(reference: str) -> Response:
    """Register people of one's structure."""
    session, user = public_session(reference), current_user()
    if user is None:
        return to_login()
    mine, fields = stores.partners().list_of(user.email), form_fields(bp.current_request)
    if not mine:
        return way_in(session)
    partner = _chosen(mine, first_of(fields, STRUCTURE))
    return registering.submit(_registrant(session, partner, len(mine)), session, fields)


def way_in(session: Session, errors: object = (), typed: str = "", sent: bool = False) -> Response:
    """The page for who is no partner here: log in, or, where the session is open to all, ask for a link."""
    return pages.page(
        "trainings/way_in.html",
        status=422 if errors else 200,
        section="formations",
        session=session,
        plan=session.plan,
        closed=closed_to(session.plan, GUEST, stores.now()),
        is_logged_in=current_user() is not None,
        errors=errors,
        typed=typed,
        sent=sent,
    )


def _chosen(mine: list[Partner], key: str) -> Partner:
    found = [one for one in mine if one.structure.key == key] or (mine if len(mine) == 1 and not key else [])
    if not found:
        raise NoSuchStructure
    return found[0]


def _registrant(session: Session, partner: Partner, structures: int) -> Registrant:
    path = REGISTER.format(reference=session.reference)
    chosen = f"?{STRUCTURE}={partner.structure.key}" if structures > 1 else ""
    return Registrant(partner.structure, partner.visitor, path + chosen, "formations", OWN_REGISTRATION)
