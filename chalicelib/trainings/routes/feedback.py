"""The questionnaires, each behind a mailed link: answered once, without a name."""

from contextlib import suppress

from chalice import Blueprint, Response

from chalicelib.links.bootstrap import link_service
from chalicelib.links.model import Link
from chalicelib.links.views import link_sent, link_view
from chalicelib.trainings.bootstrap import attending, registering
from chalicelib.trainings.model import Registration, RegistrationUnknown
from chalicelib.trainings.paths import FEEDBACK_PAGE
from chalicelib.trainings.survey_forms import survey_form
from chalicelib.trainings.surveying import AlreadyAnswered, Survey
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

UNPROCESSABLE = 422
THANKS = "merci"


@bp.route(FEEDBACK_PAGE + "/{token}", methods=["GET"])
@view
@link_view(FEEDBACK_PAGE)
def show_feedback(link: Link, token: str) -> Response:
    """The questions; or thanks, once they are answered."""
    is_done = THANKS in (bp.current_request.query_params or {})
    return _page(*_of(link), token, is_done=is_done)


@bp.route(FEEDBACK_PAGE + "/{token}", methods=["POST"], content_types=[FORM_TYPE])
@view
@link_view(FEEDBACK_PAGE)
def submit_feedback(link: Link, token: str) -> Response:
    """Keep the answers of the holder of the link, once."""
    registration, survey = _of(link)
    form = survey_form(survey)
    answers = form.parse(form_fields(bp.current_request))
    if errors := form.errors(answers):
        return _page(registration, survey, token, answers=answers, errors=errors, status=UNPROCESSABLE)
    session = registering.registration_service().session_of(registration)
    with suppress(AlreadyAnswered):
        attending.surveys().take(session, registration, survey, answers)
    return pages.redirect(f"{FEEDBACK_PAGE}/{token}?{THANKS}=1")


@bp.route(FEEDBACK_PAGE + "/{token}/lien", methods=["POST"], content_types=[FORM_TYPE])
@view
def refuse_late_feedback(token: str) -> Response:
    """No fresh link: a questionnaire that has ended stays so."""
    link_service().recognise(token, FEEDBACK_PAGE)
    return link_sent("formations", is_pending=False)


def _page(registration: Registration, survey: Survey, token: str, **more: object) -> Response:
    session = registering.registration_service().session_of(registration)
    shown: dict[str, object] = {"answers": {}, "errors": (), "status": 200, "is_done": False, **more}
    return pages.page(
        "trainings/feedback.html",
        section="formations",
        session=session,
        plan=session.plan,
        form=survey_form(survey),
        action=f"{FEEDBACK_PAGE}/{token}",
        **shown,  # type: ignore[arg-type]
    )


def _of(link: Link) -> tuple[Registration, Survey]:
    """The registration and the questionnaire that a link is about. Raises `RegistrationUnknown`."""
    registration_id, _, survey = link.subject.partition("#")
    registration = registering.registration_service().get(registration_id)
    if registration.email != link.holder:
        raise RegistrationUnknown
    return registration, Survey(survey)
