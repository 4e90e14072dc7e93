"""A structure's registrations in its space: the same pages, for who is logged in."""

from chalice import Blueprint, Response

from chalicelib.access.guard import partner_only
from chalicelib.access.model import User
from chalicelib.decisions import applicants
from chalicelib.kernel.errors import FieldError
from chalicelib.trainings.bootstrap import registering, stores
from chalicelib.trainings.gate import has_begun
from chalicelib.trainings.paths import OWN_REGISTRATION
from chalicelib.trainings.routes import managing
from chalicelib.trainings.routes.managing import Managed
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE, first_of, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

CHOICE = "reponse"
OUTCOMES = frozenset({"accept", "decline"})
CONFLICT = 409
NO_CHOICE = "Choisissez de prendre la place ou de la laisser."
OFFER_OVER = "Cette proposition a pris fin\u00a0: la session a commencé, et sa place ne peut plus être prise."


@bp.route(OWN_REGISTRATION, methods=["GET"])
@view
@partner_only
def show_own_registration(user: User, reference: str) -> Response:
    """Where the registration stands."""
    return managing.show(_mine(user, reference))


@bp.route(OWN_REGISTRATION + "/attestation", methods=["GET"])
@view
@partner_only
def download_own_certificate(user: User, reference: str) -> Response:
    """The certificate of somebody of one's structure."""
    return managing.certificate(_mine(user, reference))


@bp.route(OWN_REGISTRATION + "/annulation", methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def cancel_own_registration(user: User, reference: str) -> Response:
    """Give the seat or the place back."""
    return managing.cancel(_mine(user, reference), form_fields(bp.current_request))


@bp.route(OWN_REGISTRATION + "/coordonnees", methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def correct_own_registration(user: User, reference: str) -> Response:
    """Other contact details."""
    return managing.correct(_mine(user, reference), form_fields(bp.current_request))


@bp.route(OWN_REGISTRATION + "/remplacement", methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def replace_own_registration(user: User, reference: str) -> Response:
    """A colleague comes instead."""
    return managing.replace(_mine(user, reference), form_fields(bp.current_request))


@bp.route(OWN_REGISTRATION + "/place", methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def answer_own_offer(user: User, reference: str) -> Response:
    """Take the seat that was offered, or leave it."""
    mine = _mine(user, reference)
    chosen = first_of(form_fields(bp.current_request), CHOICE)
    if chosen not in OUTCOMES:
        return managing.show(mine, errors=[FieldError(CHOICE, NO_CHOICE)])
    session = registering.registration_service().session_of(mine.registration)
    if has_begun(session, stores.now()):
        return managing.show(mine, errors=[FieldError("", OFFER_OVER)], status=CONFLICT)
    if question := applicants.pending_question(mine.registration):
        applicants.answer(question, chosen)
    return pages.redirect(mine.path)


def _mine(user: User, reference: str) -> Managed:
    registration = registering.registration_service().get_for(reference, user.email)
    return Managed(registration, OWN_REGISTRATION.format(reference=reference), "espace", user.name)
