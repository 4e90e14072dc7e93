"""The list at the door for staff, and what the questionnaires say."""

from chalice import Blueprint, Response

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.kernel.errors import FieldError
from chalicelib.trainings.bootstrap import attending, planning, stores
from chalicelib.trainings.model import OutOfStep, Session
from chalicelib.trainings.paths import DESK_ATTENDANCE, DESK_RESULTS, DESK_SESSION
from chalicelib.trainings.readers import READERS
from chalicelib.trainings.results import Results, results
from chalicelib.trainings.results_chart import chart_of, said_of
from chalicelib.trainings.routes import marking, trainer
from chalicelib.trainings.routes.desk_walk_in import ADDED
from chalicelib.trainings.routes.marking import CONFLICT, HALF_DAY, Door
from chalicelib.trainings.statuses import SessionStatus, Status
from chalicelib.trainings.survey_forms import survey_form
from chalicelib.trainings.surveying import Survey
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

NOBODY = "Personne n’est relevé. Notez qui est venu, ou qui manquait, avant de clore les présences."
SENT = "envoye"
"""In the address: the link was mailed just now."""
CAME = frozenset({Status.CONFIRMED, Status.ATTENDED})


@bp.route(DESK_ATTENDANCE, methods=["GET"])
@view
@staff_only(*READERS)
def show_attendance(user: User, reference: str) -> Response:
    """The people of a half-day, and who was there."""
    door, query = _door(user, reference), bp.current_request.query_params or {}
    sent, added = SENT in query, ADDED in query
    return marking.show(door, query, link_to=_trainer_of(door.session), is_sent=sent, is_added=added)


@bp.route(DESK_ATTENDANCE, methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def mark_attendance(user: User, reference: str) -> Response:
    """Mark somebody present, absent or excused."""
    return marking.mark(_door(user, reference), form_fields(bp.current_request))


@bp.route(DESK_ATTENDANCE + "/feuille", methods=["GET"])
@view
@staff_only(*READERS)
def print_attendance_sheet(user: User, reference: str) -> Response:
    """The sheet to sign of a half-day, as PDF."""
    query = bp.current_request.query_params or {}
    return marking.sheet(_door(user, reference), query.get(HALF_DAY, ""))


@bp.route(DESK_ATTENDANCE + "/cloture", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def close_attendance(user: User, reference: str) -> Response:
    """Close the attendance by hand once the session is over: certificates follow within the hour."""
    session = planning.planning_service().get_by_reference(reference)
    if session.plan.ends_at is None or stores.now() < session.plan.ends_at:
        raise OutOfStep
    if not attending.attending_service().close(session, user.name):
        return marking.show(_door(user, reference), {}, errors=[FieldError("", NOBODY)], status=CONFLICT)
    return pages.redirect(DESK_ATTENDANCE.format(reference=reference))


@bp.route(DESK_ATTENDANCE + "/intervenant", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def send_link_to_trainer(user: User, reference: str) -> Response:
    """Mail the trainer the link to the list, before its day or once more."""
    session = planning.planning_service().get_by_reference(reference)
    if not trainer.may_have_link(session):
        raise OutOfStep
    trainer.mail_link(session)
    return pages.redirect(f"{DESK_ATTENDANCE.format(reference=reference)}?{SENT}=1")


@bp.route(DESK_RESULTS, methods=["GET"])
@view
@staff_only(*READERS)
def show_results(user: User, reference: str) -> Response:
    """What the questionnaires of a session say."""
    session = planning.planning_service().get_by_reference(reference)
    asked = _asked(session)
    return pages.page(
        "trainings/results.html",
        section="bureau",
        session=session,
        plan=session.plan,
        results=[_results(session, survey, asked) for survey in Survey],
        said=said_of,
        least=stores.office().training_rules.comments_from_answers,
    )


@bp.route(DESK_RESULTS + "/graphique.svg", methods=["GET"])
@view
@staff_only(*READERS)
def draw_results(user: User, reference: str) -> Response:
    """The picture of one questionnaire, `?avis=later`, `&largeur=etroite`, `&fond=sombre`."""
    from chalicelib.adapters.charts import SVG

    asked = bp.current_request.query_params or {}
    survey = Survey.LATER if asked.get("avis") == Survey.LATER else Survey.AT_ONCE
    session = planning.planning_service().get_by_reference(reference)
    look = {"is_narrow": asked.get("largeur") == "etroite", "is_dark": asked.get("fond") == "sombre"}
    picture = chart_of(_results(session, survey, _asked(session)), **look)
    return Response(picture, headers={"Content-Type": SVG, "Cache-Control": "no-store"})


def _asked(session: Session) -> int:
    """How many people the questionnaires went to."""
    return sum(one.status in CAME for one in stores.registrations().list_of_session(session.id))


def _results(session: Session, survey: Survey, asked: int) -> Results:
    answers = stores.feedback().list_of(session.id, survey)
    least = stores.office().training_rules.comments_from_answers
    return results(survey_form(survey), survey, answers, asked, least)


def _trainer_of(session: Session) -> str:
    """Whom the link to the list may be mailed to; empty for nobody."""
    return session.plan.trainer.name if trainer.may_have_link(session) else ""


def _door(user: User, reference: str) -> Door:
    session = planning.planning_service().get_by_reference(reference)
    if session.status in {SessionStatus.DRAFT, SessionStatus.AWAITING_APPROVAL}:
        raise OutOfStep
    path = DESK_ATTENDANCE.format(reference=reference)
    return Door(session, path, "bureau", user.name, DESK_SESSION.format(reference=reference))
