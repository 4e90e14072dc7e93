"""Staff correct the address or the phone of somebody who is registered, after the session too."""

from chalice import Blueprint, Response

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.trainings.bootstrap import registering
from chalicelib.trainings.paths import DESK_REGISTRATION
from chalicelib.trainings.readers import READERS
from chalicelib.trainings.routes.desk_people import registration_at, registration_page, to_registration
from chalicelib.trainings.routes.managing import person_typed
from chalicelib.web.requests import FORM_TYPE, first_of, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

ASKED = ("email", "phone")


@bp.route(DESK_REGISTRATION + "/coordonnees", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def correct_desk_registration(user: User, reference: str, registration: str) -> Response:
    """Other contact details; mistakes are told at their field, and what was typed stays."""
    session, found = registration_at(reference, registration)
    fields = form_fields(bp.current_request)
    typed = {name: first_of(fields, name) for name in ASKED}
    person, errors = person_typed({**vars(found.person), **typed}, ASKED)
    if errors:
        return registration_page(session, found, errors, typed=typed)
    registering.registration_service().correct(found, person, user.name)
    return to_registration(session, found)
