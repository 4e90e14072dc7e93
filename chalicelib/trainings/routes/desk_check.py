"""All the answers of a session before it is published."""

from chalice import Blueprint, Response

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.drafts.paging import first_left
from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.errors import InvalidAnswers
from chalicelib.trainings.bootstrap import planning, stores
from chalicelib.trainings.cancelling import terms_of
from chalicelib.trainings.funding import fund_verdicts
from chalicelib.trainings.model import Session
from chalicelib.trainings.paths import DESK_CHECK
from chalicelib.trainings.readers import READERS
from chalicelib.trainings.routes.desk_ways import filling_of, page_of_error, to_session
from chalicelib.trainings.session_form import session_form
from chalicelib.trainings.statuses import SessionStatus
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE
from chalicelib.web.views import view

bp = Blueprint(__name__)

UNPROCESSABLE = 422


@bp.route(DESK_CHECK, methods=["GET"])
@view
@staff_only(*READERS)
def show_session_check(user: User, reference: str) -> Response:
    """All the answers of a draft, what funds and cancellations say of it, and what is still missing."""
    session = planning.planning_service().get_by_reference(reference)
    return _check(session) if session.status is SessionStatus.DRAFT else to_session(session)


@bp.route(DESK_CHECK, methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def publish_session(user: User, reference: str) -> Response:
    """Publish it, or ask the direction first; sent twice, it is done once."""
    service = planning.planning_service()
    session = service.get_by_reference(reference)
    if session.status is not SessionStatus.DRAFT:
        return to_session(session)
    try:
        published = service.publish(session, user.name)
    except InvalidAnswers:
        return _check(session, status=UNPROCESSABLE)
    return to_session(published, "publiee" if published.is_open else "demandee")


def _check(session: Session, status: int = 200) -> Response:
    rules, plan, filling = stores.office().training_rules, session.plan, filling_of(session, session.answers)
    return pages.page(
        "trainings/session_check.html",
        status=status,
        section="bureau",
        session=session,
        errors=[(error, page_of_error(error)) for error in filling.mistakes],
        first_left=first_left(session_form(), filling),
        sections=list(zip(session_form().sections, planning.describe(session), strict=True)),
        verdicts=fund_verdicts(plan, rules, plan.first_day or paris_day(stores.now())),
        cancellation=terms_of(plan, rules).sentence,
    )
