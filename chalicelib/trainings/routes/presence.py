"""What the code on a confirmation leads to: the trainer or staff mark its holder present, and nobody else can."""

from chalice import Blueprint, Response

from chalicelib.access.guard import current_user
from chalicelib.kernel.errors import FieldError, RuleBroken, Situation
from chalicelib.links.bootstrap import signed_link_service
from chalicelib.trainings.attendance import State, present_half_day
from chalicelib.trainings.bootstrap import attending, planning, registering, stores
from chalicelib.trainings.model import Registration, RegistrationUnknown, Session
from chalicelib.trainings.paths import PRESENCE
from chalicelib.trainings.readers import READERS
from chalicelib.trainings.routes.trainer import TRAINER_COOKIE, key_of_trainer
from chalicelib.trainings.when import hours_of
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE, cookie, current_request
from chalicelib.web.views import view

bp = Blueprint(__name__)

CONFLICT = 409


@bp.route(PRESENCE + "/{code}", methods=["GET"])
@view
def show_presence(code: str) -> Response:
    """One button for who may mark; for everybody else, what the code is for."""
    return _page(code)


@bp.route(PRESENCE + "/{code}", methods=["POST"], content_types=[FORM_TYPE])
@view
def mark_by_code(code: str) -> Response:
    """Mark the holder of the code present for the half-day that is on."""
    registration = _find(code)
    session = planning.planning_service().get(registration.session_id)
    who, half_day = _who_marks(session), present_half_day(session.plan, stores.now())
    if not who or half_day is None:
        return _page(code, status=403)
    try:
        attending.attending_service().mark(session, registration.id, half_day, State.PRESENT, who)
    except RuleBroken as broken:
        return _page(code, status=CONFLICT, errors=[FieldError("", str(broken))])
    return pages.redirect(f"{PRESENCE}/{code}")


def _page(code: str, status: int = 200, errors: list[FieldError] | tuple[()] = ()) -> Response:
    registration = _find(code)
    session = planning.planning_service().get(registration.session_id)
    who, half_day = _who_marks(session), present_half_day(session.plan, stores.now())
    return pages.page(
        "trainings/presence.html",
        status=status,
        section="formations",
        who=who,
        registration=registration if who else None,
        session=session,
        plan=session.plan,
        half_day=half_day,
        hours=hours_of,
        mark=registration.marks.get(half_day.key) if half_day and who else None,
        errors=errors,
        action=f"{PRESENCE}/{code}",
    )


def _find(code: str) -> Registration:
    """The registration of a code. Raises `RegistrationUnknown`."""
    registration_id, _, secret = code.partition(".")
    registration = registering.registration_service().get(registration_id)
    if not secret or secret != registration.presence_code:
        raise RegistrationUnknown
    return registration


def _who_marks(session: Session) -> str:
    """The name under which this browser may mark people of the session; empty for everybody else."""
    user = current_user()
    if user and user.is_staff and user.roles & READERS:
        return user.name
    return session.plan.trainer.name if _is_trainer(session) else ""


def _is_trainer(session: Session) -> bool:
    request = current_request.get()
    token = (cookie(request, TRAINER_COOKIE) or "") if request else ""
    try:
        link = signed_link_service().open(token, PRESENCE)
    except Situation:
        return False
    return link.subject == key_of_trainer(session)
