"""Registering as a guest: whoever is no partner proves an address first, so that nobody takes seats for others."""

from chalice import Blueprint, Response

from chalicelib.access.bootstrap import limiter
from chalicelib.kernel.addresses import is_plausible_email, machine_behind, normalise_email
from chalicelib.kernel.errors import FieldError
from chalicelib.links.bootstrap import link_service
from chalicelib.links.model import Link
from chalicelib.links.views import link_sent, link_view
from chalicelib.mail.bootstrap import mail_desk
from chalicelib.runtime import config
from chalicelib.trainings.bootstrap import stores
from chalicelib.trainings.gate import GUEST, check_audience, check_open, takes_registrations
from chalicelib.trainings.link_mails import guest_mail
from chalicelib.trainings.model import Session, SessionUnknown, Structure
from chalicelib.trainings.paths import GUEST_LINK, GUEST_PAGE
from chalicelib.trainings.people import guest_key
from chalicelib.trainings.routes import registering
from chalicelib.trainings.routes.catalogue import PUBLIC, public_session
from chalicelib.trainings.routes.register import way_in
from chalicelib.trainings.routes.registering import Registrant
from chalicelib.web.requests import FORM_TYPE, client_ip, first_of, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

EMAIL, STRUCTURE_NAME = "email", "structure_name"
NO_EMAIL = "Indiquez votre adresse e-mail, par exemple nom@example.org."

LINKS_PER_HOUR, AN_HOUR = 5, 3600
LONGEST_NAME = 150


@bp.route(GUEST_LINK, methods=["POST"], content_types=[FORM_TYPE])
@view
def send_guest_link(reference: str) -> Response:
    """Mail the link to the form to an address; the answer is the same whoever's it is."""
    session = public_session(reference)
    check_open(session, stores.now())
    check_audience(session.plan, GUEST, stores.now())
    email = normalise_email(first_of(form_fields(bp.current_request), EMAIL))
    if not is_plausible_email(email):
        return way_in(session, [FieldError(EMAIL, NO_EMAIL)], email)
    _send_if_allowed(session, email)
    return way_in(session, typed=email, sent=True)


@bp.route(GUEST_PAGE + "/{token}", methods=["GET"])
@view
@link_view(GUEST_PAGE)
def show_guest_form(link: Link, token: str) -> Response:
    """The form for the holder of the link, with who is registered from this address."""
    session = _session_of(link)
    return registering.show(_guest(link, token), session, bp.current_request.query_params)


@bp.route(GUEST_PAGE + "/{token}", methods=["POST"], content_types=[FORM_TYPE])
@view
@link_view(GUEST_PAGE)
def submit_guest_registration(link: Link, token: str) -> Response:
    """Register people from this address."""
    session, fields = _session_of(link), form_fields(bp.current_request)
    return registering.submit(_guest(link, token, first_of(fields, STRUCTURE_NAME)), session, fields)


@bp.route(GUEST_PAGE + "/{token}/lien", methods=["POST"], content_types=[FORM_TYPE])
@view
def send_guest_link_again(token: str) -> Response:
    """Mail a fresh link to the holder of an expired one, while registrations are taken."""
    link = link_service().recognise(token, GUEST_PAGE)
    session = _session_of(link)
    if is_open := takes_registrations(session, stores.now()):
        _send_if_allowed(session, link.holder)
    return link_sent("formations", is_pending=is_open)


def _session_of(link: Link) -> Session:
    session = stores.sessions().find(link.subject)
    if session is None or session.status not in PUBLIC:
        raise SessionUnknown
    return session


def _guest(link: Link, token: str, name: str = "") -> Registrant:
    """The holder of the link as a structure of their own."""
    called = " ".join(name.split())[:LONGEST_NAME] or link.holder.partition("@")[0]
    structure = Structure(guest_key(link.holder), called, link.holder, called)
    return Registrant(structure, GUEST, f"{GUEST_PAGE}/{token}", "formations")


def _is_allowed(email: str) -> bool:
    """A few links an hour for an address, and as many from a machine as forms may be sent."""
    ip = machine_behind(client_ip(bp.current_request))
    by_address = limiter().allow("guest-link", email, LINKS_PER_HOUR, AN_HOUR)
    return by_address and limiter().allow("guest-link-ip", ip, config.sendings_per_machine(), AN_HOUR)


def _send_if_allowed(session: Session, email: str) -> None:
    if _is_allowed(email):
        mail_desk().enqueue(guest_mail(session, email, stores.office(), stores.now()))
