"""The pages behind an applicant's mailed links: each shows one button, and only its POST acts."""

from chalice import Blueprint, Response

from chalicelib.decisions.bootstrap import decision_service
from chalicelib.decisions.model import AlreadyDecided, Decision, DecisionState
from chalicelib.links.bootstrap import link_service
from chalicelib.links.model import LinkExpired, LinkUnknown
from chalicelib.partners import bootstrap
from chalicelib.partners.application_form import page_keys
from chalicelib.partners.drafting import RESUME_PAGE
from chalicelib.partners.model import Application
from chalicelib.partners.questions import CONFIRMATION_PAGE, CORRECTIONS_PAGE
from chalicelib.partners.routes import answers, draft_cookie
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE
from chalicelib.web.views import view

bp = Blueprint(__name__)

GONE = 410


@bp.route(RESUME_PAGE + "/{token}", methods=["GET"])
@view
def show_resume(token: str) -> Response:
    """One button to go on with the draft."""
    link = link_service().open(token, RESUME_PAGE)
    draft = bootstrap.draft_service().get(link.subject)
    return pages.page(
        "partners/resume.html", section="adhesion", draft=draft, action=f"{RESUME_PAGE}/{token}"
    )


@bp.route(RESUME_PAGE + "/{token}", methods=["POST"], content_types=[FORM_TYPE])
@view
def submit_resume(token: str) -> Response:
    """Give this browser the key to the draft; any number of times, from any number of browsers."""
    link = link_service().open(token, RESUME_PAGE)
    draft = bootstrap.draft_service().get(link.subject)
    return pages.redirect("/adhesion/demande", [draft_cookie.cookie_for(draft)])


@bp.route(CONFIRMATION_PAGE + "/{token}", methods=["GET"])
@view
def show_confirmation(token: str) -> Response:
    """One button to confirm the address; afterwards the receipt."""
    try:
        decision = _question(token, CONFIRMATION_PAGE)
    except LinkExpired as expired:
        return _expired(expired, CONFIRMATION_PAGE, token)
    application = bootstrap.application_service().get(decision.question.record)
    return _confirmation(decision, application, token)


@bp.route(CONFIRMATION_PAGE + "/{token}", methods=["POST"], content_types=[FORM_TYPE])
@view
def confirm_address(token: str) -> Response:
    """Confirm the address; confirming twice shows the same receipt."""
    try:
        decision = _question(token, CONFIRMATION_PAGE)
    except LinkExpired as expired:
        return _expired(expired, CONFIRMATION_PAGE, token)
    answers.answer(decision, "confirm")
    return pages.redirect(f"{CONFIRMATION_PAGE}/{token}", [draft_cookie.forgotten()])


@bp.route(CORRECTIONS_PAGE + "/{token}", methods=["GET"])
@view
def show_corrections(token: str) -> Response:
    """What the office asked for, and one button to correct the file."""
    try:
        decision = _question(token, CORRECTIONS_PAGE)
    except LinkExpired as expired:
        return _expired(expired, CORRECTIONS_PAGE, token)
    return pages.page(
        "partners/corrections.html",
        section="adhesion",
        decision=decision,
        is_pending=decision.state is DecisionState.PENDING,
        action=f"{CORRECTIONS_PAGE}/{token}",
    )


@bp.route(CORRECTIONS_PAGE + "/{token}", methods=["POST"], content_types=[FORM_TYPE])
@view
def open_corrections(token: str) -> Response:
    """Lay the file's answers out in this browser."""
    try:
        decision = _question(token, CORRECTIONS_PAGE)
    except LinkExpired as expired:
        return _expired(expired, CORRECTIONS_PAGE, token)
    if decision.state is not DecisionState.PENDING:
        raise AlreadyDecided(decision)
    application = bootstrap.application_service().get(decision.question.record)
    draft = bootstrap.draft_service().open_corrections(application, page_keys())
    return pages.redirect("/adhesion/verification", [draft_cookie.cookie_for(draft)])


@bp.route("/adhesion/lien/{token}", methods=["POST"], content_types=[FORM_TYPE])
@view
def send_applicant_link(token: str) -> Response:
    """Mail a fresh link to the holder of an expired one."""
    answers.mail_again(_any_question(token))
    return pages.page("partners/link_sent.html", section="adhesion")


def _question(token: str, page: str) -> Decision:
    return decision_service().get(link_service().open(token, page).subject)


def _any_question(token: str) -> Decision:
    """The question of a link to either page, expired or not."""
    for page in (CONFIRMATION_PAGE, CORRECTIONS_PAGE):
        try:
            return _question(token, page)
        except LinkExpired as expired:
            return decision_service().get(expired.link.subject)
        except LinkUnknown:
            continue
    raise LinkUnknown


def _confirmation(decision: Decision, application: Application, token: str) -> Response:
    return pages.page(
        "partners/confirmation.html",
        section="adhesion",
        application=application,
        decision=decision,
        is_pending=decision.state is DecisionState.PENDING,
        is_confirmed=decision.answer is not None,
        delay=bootstrap.expected_delay(),
        office=bootstrap.office(),
        action=f"{CONFIRMATION_PAGE}/{token}",
    )


def _expired(expired: LinkExpired, page: str, token: str) -> Response:
    return pages.page(
        "partners/link_expired.html",
        status=GONE,
        section="adhesion",
        said=str(expired),
        token=token,
        page=page,
    )
