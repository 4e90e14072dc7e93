"""The pages behind an applicant's mailed links: each shows one button, and only its POST acts."""

from chalice import Blueprint, Response

from chalicelib.decisions import applicants
from chalicelib.decisions.bootstrap import decision_service
from chalicelib.decisions.model import AlreadyDecided, Decision, DecisionState
from chalicelib.drafts import asking_again
from chalicelib.drafts.model import Draft, DraftUnknown
from chalicelib.kernel.clock import iso_minute, utc_now
from chalicelib.links.bootstrap import link_service
from chalicelib.links.model import Link
from chalicelib.links.views import link_sent, link_view
from chalicelib.partners import bootstrap
from chalicelib.partners.application_form import page_keys
from chalicelib.partners.model import Application
from chalicelib.partners.paths import CHECK, CONFIRMATION_PAGE, CORRECTIONS_PAGE, PAGES, RESUME_PAGE
from chalicelib.partners.routes.draft_cookie import DRAFT_COOKIE
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE
from chalicelib.web.views import view

bp = Blueprint(__name__)


def _draft_of_holder(link: Link) -> Draft:
    """The draft, while it names the address that the link was mailed to. Raises `DraftUnknown`."""
    draft = bootstrap.draft_service().get(link.subject)
    if not draft.email or draft.email != link.holder:
        raise DraftUnknown
    return draft


@bp.route(RESUME_PAGE + "/{token}", methods=["GET"])
@view
@link_view(RESUME_PAGE, about=_draft_of_holder)
def show_resume(link: Link, token: str) -> Response:
    """One button to go on with the draft."""
    draft = bootstrap.draft_service().get(link.subject)
    return pages.page(
        "partners/resume.html", section="adhesion", draft=draft, action=f"{RESUME_PAGE}/{token}"
    )


@bp.route(RESUME_PAGE + "/{token}", methods=["POST"], content_types=[FORM_TYPE])
@view
@link_view(RESUME_PAGE, about=_draft_of_holder)
def submit_resume(link: Link, token: str) -> Response:
    """Give this browser the key to the draft; any number of times, from any number of browsers."""
    draft = bootstrap.draft_service().get(link.subject)
    return pages.redirect(PAGES, [DRAFT_COOKIE.key_to(draft)])


@bp.route(RESUME_PAGE + "/{token}/lien", methods=["POST"], content_types=[FORM_TYPE])
@view
def send_resume_link(token: str) -> Response:
    """Mail a fresh link to the holder of an expired one, while the draft is theirs."""
    draft = _draft_of_holder(link_service().recognise(token, RESUME_PAGE))
    asking_again.mail_link(bootstrap.draft_service(), draft, f"again-{iso_minute(utc_now())}")
    return link_sent("adhesion", is_pending=True)


@bp.route(CONFIRMATION_PAGE + "/{token}", methods=["GET"])
@view
@link_view(CONFIRMATION_PAGE)
def show_confirmation(link: Link, token: str) -> Response:
    """One button to confirm the address; afterwards the receipt."""
    decision = decision_service().get(link.subject)
    application = bootstrap.application_service().get(decision.question.record)
    return _confirmation(decision, application, token)


@bp.route(CONFIRMATION_PAGE + "/{token}", methods=["POST"], content_types=[FORM_TYPE])
@view
@link_view(CONFIRMATION_PAGE)
def confirm_address(link: Link, token: str) -> Response:
    """Confirm the address; confirming twice shows the same receipt."""
    applicants.answer(decision_service().get(link.subject), "confirm")
    return pages.redirect(f"{CONFIRMATION_PAGE}/{token}", [DRAFT_COOKIE.forgotten()])


@bp.route(CONFIRMATION_PAGE + "/{token}/lien", methods=["POST"], content_types=[FORM_TYPE])
@view
def send_confirmation_link(token: str) -> Response:
    """Mail a fresh link to the holder of an expired one."""
    return _mail_again(token, CONFIRMATION_PAGE)


@bp.route(CORRECTIONS_PAGE + "/{token}", methods=["GET"])
@view
@link_view(CORRECTIONS_PAGE)
def show_corrections(link: Link, token: str) -> Response:
    """What the office asked for, and one button to correct the file."""
    decision = decision_service().get(link.subject)
    return pages.page(
        "partners/corrections.html",
        section="adhesion",
        decision=decision,
        is_pending=decision.state is DecisionState.PENDING,
        action=f"{CORRECTIONS_PAGE}/{token}",
    )


@bp.route(CORRECTIONS_PAGE + "/{token}", methods=["POST"], content_types=[FORM_TYPE])
@view
@link_view(CORRECTIONS_PAGE)
def open_corrections(link: Link, token: str) -> Response:
    """Lay the file's answers out in this browser."""
    decision = decision_service().get(link.subject)
    if decision.state is not DecisionState.PENDING:
        raise AlreadyDecided(decision)
    application = bootstrap.application_service().get(decision.question.record)
    draft = bootstrap.draft_service().open_corrections(application, page_keys())
    return pages.redirect(CHECK, [DRAFT_COOKIE.key_to(draft)])


@bp.route(CORRECTIONS_PAGE + "/{token}/lien", methods=["POST"], content_types=[FORM_TYPE])
@view
def send_corrections_link(token: str) -> Response:
    """Mail a fresh link to the holder of an expired one."""
    return _mail_again(token, CORRECTIONS_PAGE)


def _mail_again(token: str, page: str) -> Response:
    decision = decision_service().get(link_service().recognise(token, page).subject)
    return link_sent("adhesion", is_pending=applicants.mail_again(decision))


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
