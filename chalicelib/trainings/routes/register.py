"""Registering people as a partner: the form of a session for who is logged in, and the way in for who is not."""

from chalice import Blueprint, Response

from chalicelib.access.guard import current_user, to_login
from chalicelib.trainings.bootstrap import stores
from chalicelib.trainings.gate import GUEST, closed_to
from chalicelib.trainings.model import Session
from chalicelib.trainings.partner_book import Partner
from chalicelib.trainings.paths import OWN_REGISTRATION, REGISTER
from chalicelib.trainings.routes import registering
from chalicelib.trainings.routes.catalogue import public_session
from chalicelib.trainings.routes.registering import Registrant
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)


@bp.route(REGISTER, methods=["GET"])
@view
def show_registration_form(reference: str) -> Response:
    """The form for an active partner; for everybody else the two ways in: to log in, or to prove an address."""
    session, user = public_session(reference), current_user()
    partner = stores.partners().find(user.email) if user else None
    if partner is None:
        return way_in(session)
    return registering.show(_registrant(session, partner), session, bp.current_request.query_params)


@bp.route(REGISTER, methods=["POST"], content_types=[FORM_TYPE])
@view
def submit_registration(reference: str) -> Response:
    """Register people of one's structure."""
    session, user = public_session(reference), current_user()
    if user is None:
        return to_login()
    partner = stores.partners().find(user.email)
    if partner is None:
        return way_in(session)
    return registering.submit(_registrant(session, partner), session, form_fields(bp.current_request))


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


def _registrant(session: Session, partner: Partner) -> Registrant:
    path = REGISTER.format(reference=session.reference)
    return Registrant(partner.structure, partner.visitor, path, "formations", OWN_REGISTRATION)
