"""The pages behind the link of a registration, for who comes: no login is needed."""

from chalice import Blueprint, Response

from chalicelib.links.bootstrap import link_service
from chalicelib.links.model import Link
from chalicelib.links.views import link_sent, link_view
from chalicelib.trainings.bootstrap import registering
from chalicelib.trainings.model import Registration, RegistrationUnknown
from chalicelib.trainings.paths import MANAGE_PAGE
from chalicelib.trainings.routes import managing
from chalicelib.trainings.routes.managing import Managed
from chalicelib.web.requests import FORM_TYPE, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)


@bp.route(MANAGE_PAGE + "/{token}", methods=["GET"])
@view
@link_view(MANAGE_PAGE)
def show_registration(link: Link, token: str) -> Response:
    """Where the registration stands; nothing is written."""
    return managing.show(_managed(link, token))


@bp.route(MANAGE_PAGE + "/{token}/attestation", methods=["GET"])
@view
@link_view(MANAGE_PAGE)
def download_certificate(link: Link, token: str) -> Response:
    """The certificate, once the attendance is closed."""
    return managing.certificate(_managed(link, token))


@bp.route(MANAGE_PAGE + "/{token}/annulation", methods=["POST"], content_types=[FORM_TYPE])
@view
@link_view(MANAGE_PAGE)
def cancel_registration(link: Link, token: str) -> Response:
    """Give the seat or the place back."""
    return managing.cancel(_managed(link, token), form_fields(bp.current_request))


@bp.route(MANAGE_PAGE + "/{token}/coordonnees", methods=["POST"], content_types=[FORM_TYPE])
@view
@link_view(MANAGE_PAGE)
def correct_registration(link: Link, token: str) -> Response:
    """Other contact details."""
    return managing.correct(_managed(link, token), form_fields(bp.current_request))


@bp.route(MANAGE_PAGE + "/{token}/remplacement", methods=["POST"], content_types=[FORM_TYPE])
@view
@link_view(MANAGE_PAGE)
def replace_registration(link: Link, token: str) -> Response:
    """A colleague comes instead."""
    return managing.replace(_managed(link, token), form_fields(bp.current_request))


@bp.route(MANAGE_PAGE + "/{token}/lien", methods=["POST"], content_types=[FORM_TYPE])
@view
def send_registration_link(token: str) -> Response:
    """Mail a fresh link to the holder of an expired one."""
    registration = _of_holder(link_service().recognise(token, MANAGE_PAGE))
    managing.mail_link_again(registration)
    return link_sent("formations", is_pending=True)


def _of_holder(link: Link) -> Registration:
    """The registration, while it names the address that the link was mailed to. Raises `RegistrationUnknown`."""
    registration = registering.registration_service().get(link.subject)
    if registration.email != link.holder:
        raise RegistrationUnknown
    return registration


def _managed(link: Link, token: str) -> Managed:
    registration = _of_holder(link)
    return Managed(registration, f"{MANAGE_PAGE}/{token}", "formations", registration.person.name)
