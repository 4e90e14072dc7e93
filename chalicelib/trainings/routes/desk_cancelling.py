"""How staff cancel a session: first who is told, then with a reason."""

from chalice import Blueprint, Response

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.kernel.errors import FieldError
from chalicelib.trainings.bootstrap import planning, stores
from chalicelib.trainings.model import OutOfStep, Session
from chalicelib.trainings.paths import DESK_SESSION
from chalicelib.trainings.readers import READERS
from chalicelib.trainings.routes.desk_session import roll_at, seats_of, session_at
from chalicelib.trainings.routes.desk_ways import to_session
from chalicelib.trainings.standing import acts_of
from chalicelib.trainings.statuses import SessionStatus
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE, first_of, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

UNPROCESSABLE = 422
CANCELLATION = DESK_SESSION + "/annulation"
REASON = "motif"
NO_REASON = "Indiquez pourquoi la session est annulée\u00a0: les personnes inscrites lisent ce motif."


@bp.route(CANCELLATION, methods=["GET"])
@view
@staff_only(*READERS)
def show_session_cancellation(user: User, reference: str) -> Response:
    """Who is told, before anything is done."""
    session = session_at(reference)
    return _page(session) if _may_be_cancelled(session) else to_session(session)


@bp.route(CANCELLATION, methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def confirm_session_cancellation(user: User, reference: str) -> Response:
    """Cancel it, with a reason; sent twice, it is done once."""
    session = session_at(reference)
    if session.status is SessionStatus.CANCELLED:
        return to_session(session)
    if not _may_be_cancelled(session):
        raise OutOfStep
    reason = first_of(form_fields(bp.current_request), REASON).strip()
    if not reason:
        return _page(session, [FieldError(REASON, NO_REASON)])
    planning.planning_service().call_off(session, user.name, reason)
    planning.reconciler().withdraw_stale(session.id)
    return to_session(session, "annulee")


def _may_be_cancelled(session: Session) -> bool:
    return acts_of(session, stores.now()).call_off


def _page(session: Session, errors: list[FieldError] | tuple[()] = ()) -> Response:
    roll = roll_at(session, seats_of(session))
    return pages.page(
        "trainings/session_cancellation.html",
        status=UNPROCESSABLE if errors else 200,
        section="bureau",
        session=session,
        told=roll.told_of_end,
        count=len(roll.held),
        errors=errors,
    )
