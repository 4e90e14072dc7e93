"""Staff correct a mark of one person once the attendance is closed, with a reason that the person reads."""

from collections.abc import Mapping

from chalice import Blueprint, Response

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.kernel.errors import FieldError
from chalicelib.trainings.attendance import State
from chalicelib.trainings.attendance_corrections import Correction
from chalicelib.trainings.bootstrap import attending
from chalicelib.trainings.half_days import HalfDay
from chalicelib.trainings.model import Session
from chalicelib.trainings.paths import DESK_REGISTRATION
from chalicelib.trainings.readers import READERS
from chalicelib.trainings.routes.desk_people import registration_at, registration_page, to_registration
from chalicelib.trainings.routes.marking import HALF_DAY, STATE, NoSuchHalfDay
from chalicelib.web.requests import FORM_TYPE, first_of, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

WHY, VERSION = "raison", "version-vue"
REASON_LIMIT = 500
NO_HALF_DAY = "Choisissez la demi-journée."
NO_STATE = "Choisissez présent, absent ou excusé."
NO_WHY = "Indiquez pourquoi la présence est corrigée\u00a0: la personne lit ce motif."
Typed = Mapping[str, str]


@bp.route(DESK_REGISTRATION + "/presence", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def correct_attendance(user: User, reference: str, registration: str) -> Response:
    """Another mark for a half-day; sent twice, it is done once."""
    session, found = registration_at(reference, registration)
    fields = form_fields(bp.current_request)
    typed = {name: first_of(fields, name).strip() for name in (HALF_DAY, STATE, WHY, VERSION)}
    if errors := _mistakes(typed):
        return registration_page(session, found, errors, typed=typed)
    correction = _correction(_half_day(session, typed[HALF_DAY]), typed)
    attending.corrections().correct(session, found, correction, user.name)
    return to_registration(session, found)


def _mistakes(typed: Typed) -> list[FieldError]:
    wrong = (
        (not typed[HALF_DAY], FieldError(HALF_DAY, NO_HALF_DAY)),
        (typed[STATE] not in set(State), FieldError(STATE, NO_STATE)),
        (not typed[WHY], FieldError(WHY, NO_WHY)),
    )
    return [error for is_wrong, error in wrong if is_wrong]


def _half_day(session: Session, key: str) -> HalfDay:
    half_day = session.plan.half_day(key)
    if half_day is None:
        raise NoSuchHalfDay
    return half_day


def _correction(half_day: HalfDay, typed: Typed) -> Correction:
    """What was typed; a version that is no number is that of nothing."""
    version = typed[VERSION] if typed[VERSION].isascii() and typed[VERSION].isdecimal() else "0"
    return Correction(half_day, State(typed[STATE]), typed[WHY][:REASON_LIMIT], int(version[:9]))
