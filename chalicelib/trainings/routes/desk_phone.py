"""Registering somebody who is on the phone: over the limits of the audience, never over the seats."""

from chalice import Blueprint, Response

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.kernel import ids
from chalicelib.kernel.errors import FieldError
from chalicelib.trainings.bootstrap import registering, stores
from chalicelib.trainings.model import Session
from chalicelib.trainings.paths import DESK_SESSION, desk_registration_path
from chalicelib.trainings.phone_form import anybody, key_for, newcomer_in, phone_form, structure_in
from chalicelib.trainings.readers import READERS
from chalicelib.trainings.registering import Applied
from chalicelib.trainings.routes.desk_session import seats_of, session_at
from chalicelib.trainings.routes.desk_sessions import KEY, key_of
from chalicelib.trainings.routes.desk_ways import to_session
from chalicelib.trainings.standing import acts_of
from chalicelib.web import pages
from chalicelib.web.fields import Answers
from chalicelib.web.requests import FORM_TYPE, form_fields
from chalicelib.web.urls import url
from chalicelib.web.views import view

bp = Blueprint(__name__)

UNPROCESSABLE = 422
Errors = list[FieldError] | tuple[()]
PHONE = DESK_SESSION + "/inscription"


@bp.route(PHONE, methods=["GET"])
@view
@staff_only(*READERS)
def show_phone_registration(user: User, reference: str) -> Response:
    """The form, with a key that makes it count once."""
    session = session_at(reference)
    if not acts_of(session, stores.now()).register:
        return to_session(session)
    return _page(session, {}, ids.new_secret())


@bp.route(PHONE, methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def submit_phone_registration(user: User, reference: str) -> Response:
    """Register the person, once per key of the page; a seat that is not there is not given."""
    session, fields = session_at(reference), form_fields(bp.current_request)
    answers, key = phone_form().parse(fields), key_of(fields)
    if errors := phone_form().errors(answers):
        return _page(session, answers, key, errors=errors)
    applied = _register(user, session, answers, key)
    if applied.problem or applied.registration is None:
        return _page(session, answers, key, applied=applied)
    return pages.redirect(desk_registration_path(session.reference, applied.registration.reference))


def _register(user: User, session: Session, answers: Answers, key: str) -> Applied:
    """Under a key of the page and of the person: a page that is gone back to for somebody else registers them too."""
    new = newcomer_in(answers)
    (applied,) = registering.registering_service().register(
        session,
        structure_in(answers),
        anybody(session.plan.audience),
        [new],
        key_for(new, key),
        by=user.name,
    )
    return applied


def _page(
    session: Session, answers: Answers, key: str, *, errors: Errors = (), applied: Applied | None = None
) -> Response:
    known = applied.registration if applied else None
    return pages.page(
        "trainings/phone.html",
        status=UNPROCESSABLE if errors or applied else 200,
        section="bureau",
        session=session,
        form=phone_form(),
        form_section=phone_form().sections[0],
        answers=answers,
        errors=errors,
        problem=str(applied.problem) if applied else "",
        known=url(desk_registration_path(session.reference, known.reference)) if known else "",
        seats=seats_of(session),
        key_name=KEY,
        key=key,
    )
