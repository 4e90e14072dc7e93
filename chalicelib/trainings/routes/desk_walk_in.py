"""Somebody who came without having registered is added from the list at the door, at the desk only."""

from chalice import Blueprint, Response

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.kernel import ids
from chalicelib.kernel.errors import FieldError
from chalicelib.trainings.attendance import AttendanceClosed
from chalicelib.trainings.bootstrap import registering, stores
from chalicelib.trainings.model import AlreadyRegistered, Registration, Session
from chalicelib.trainings.paths import DESK_ATTENDANCE, DESK_WALK_IN, desk_registration_path
from chalicelib.trainings.phone_form import key_for, newcomer_in, structure_in, walk_in_form
from chalicelib.trainings.readers import READERS
from chalicelib.trainings.routes.desk_session import seats_of, session_at
from chalicelib.trainings.routes.desk_sessions import KEY, key_of
from chalicelib.trainings.walk_in_mails import days_to_come
from chalicelib.trainings.walk_ins import NoSeatLeft, takes_walk_ins
from chalicelib.web import pages
from chalicelib.web.fields import Answers
from chalicelib.web.requests import FORM_TYPE, form_fields
from chalicelib.web.urls import url
from chalicelib.web.views import view

bp = Blueprint(__name__)

UNPROCESSABLE, CONFLICT = 422, 409
ADDED = "ajoutee"
"""In the address: somebody was added just now."""
Errors = list[FieldError] | tuple[()]


@bp.route(DESK_WALK_IN, methods=["GET"])
@view
@staff_only(*READERS)
def show_walk_in(user: User, reference: str) -> Response:
    """The form, with a key that makes it count once."""
    session = session_at(reference)
    rules, people = stores.office().training_rules, lambda: _people(session)
    if not takes_walk_ins(session, stores.now(), rules, people):
        return pages.redirect(DESK_ATTENDANCE.format(reference=reference))
    return _page(session, {}, ids.new_secret())


@bp.route(DESK_WALK_IN, methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def submit_walk_in(user: User, reference: str) -> Response:
    """Give the person a free seat, once per key of the page, and go on with the list."""
    session, fields = session_at(reference), form_fields(bp.current_request)
    answers, key = walk_in_form().parse(fields), key_of(fields)
    if errors := walk_in_form().errors(answers):
        return _page(session, answers, key, errors=errors)
    try:
        _add(user, session, answers, key)
    except AlreadyRegistered as already:
        known = stores.registrations().find(already.registration_id)
        return _page(session, answers, key, problem=str(already), known=known)
    except (NoSeatLeft, AttendanceClosed) as problem:
        return _page(session, answers, key, problem=str(problem))
    return pages.redirect(f"{DESK_ATTENDANCE.format(reference=reference)}?{ADDED}=1")


def _add(user: User, session: Session, answers: Answers, key: str) -> Registration:
    """Under a key of the page and of the person: a page that is gone back to for somebody else adds them too."""
    new = newcomer_in(answers)
    secret = key_for(new, key)
    return registering.walk_ins().add(session.id, structure_in(answers), new, secret, user.name)


def _page(
    session: Session, answers: Answers, key: str, *, errors: Errors = (), problem: str = "",
    known: Registration | None = None,
) -> Response:  # fmt: skip
    seats = seats_of(session)
    return pages.page(
        "trainings/walk_in.html",
        status=UNPROCESSABLE if errors else (CONFLICT if problem else 200),
        section="bureau",
        session=session,
        form=walk_in_form(),
        form_section=walk_in_form().sections[0],
        answers=answers,
        errors=errors,
        problem=problem,
        known=url(desk_registration_path(session.reference, known.reference)) if known else "",
        seats=seats,
        days=days_to_come(session.plan, stores.now()),
        key_name=KEY,
        key=key,
    )


def _people(session: Session) -> list[Registration]:
    return stores.registrations().list_of_session(session.id)
