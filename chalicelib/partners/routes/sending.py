"""The filled-in form: read once more, sent, and what happens next."""

from chalice import Blueprint, Response

from chalicelib.decisions import applicants
from chalicelib.drafts.model import Draft, DraftUnknown
from chalicelib.kernel.clock import paris_day, utc_now
from chalicelib.kernel.errors import FieldError, TooMany
from chalicelib.partners import bootstrap
from chalicelib.partners.application_form import membership_form
from chalicelib.partners.choices import all_choices
from chalicelib.partners.fees import fee_if_known
from chalicelib.partners.intake import form_errors
from chalicelib.partners.model import Status
from chalicelib.partners.paths import ALREADY_SENT, CHECK, CORRECTED, SENT
from chalicelib.partners.routes import floods
from chalicelib.partners.routes.draft_cookie import DRAFT_COOKIE
from chalicelib.partners.routes.trap import HONEYPOT, is_caught
from chalicelib.partners.submitting import SameKeyOtherAnswers, Submission
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE, client_ip, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

UNPROCESSABLE = 422
SENDINGS_PER_ADDRESS = 5
CORRECTIONS = "corrections"


@bp.route(CHECK, methods=["GET"])
@view
def show_check() -> Response:
    """All the answers before they are sent, each with a link to change it."""
    draft = DRAFT_COOKIE.get_draft()
    return _check(draft, ())


@bp.route(CHECK, methods=["POST"], content_types=[FORM_TYPE])
@view
def submit_application() -> Response:
    """Send the form, once: the draft's identifier is the key of the file."""
    if is_caught(form_fields(bp.current_request)):
        return pages.redirect(SENT)
    draft = DRAFT_COOKIE.find_draft()
    if draft is None:
        return _sent_before()
    if draft.is_correction:
        return _resubmit(draft)
    return _send(draft)


@bp.route(SENT, methods=["GET"])
@view
def show_sent() -> Response:
    """What happens next; the same page whether or not another file exists."""
    return pages.page("partners/sent.html", section="adhesion", office=bootstrap.office())


@bp.route(CORRECTED, methods=["GET"])
@view
def show_corrected() -> Response:
    """The corrected file is back with the office."""
    return pages.page("partners/corrected.html", section="adhesion", delay=bootstrap.expected_delay())


def _check(draft: Draft, errors: list[FieldError] | tuple[()], status: int = 200) -> Response:
    office = bootstrap.office_for(draft)
    form = membership_form()
    text = form.as_text(dict(draft.answers), all_choices(draft.answers, office))
    return pages.page(
        "partners/check.html",
        status=status,
        section="adhesion",
        draft=draft,
        errors=[(error, form.section_key(error.field)) for error in errors],
        sections=list(zip(form.sections, text, strict=True)),
        fee=fee_if_known(draft.answers, office, paris_day(utc_now())),
        is_correction=draft.is_correction,
        honeypot=HONEYPOT,
    )


def _send(draft: Draft) -> Response:
    errors = form_errors(draft.answers, bootstrap.office())
    if errors:
        return _check(draft, errors, status=UNPROCESSABLE)
    _refuse_floods(draft)
    try:
        bootstrap.submission_service().submit(
            Submission(draft.id, dict(draft.answers), membership_form().version)
        )
    except SameKeyOtherAnswers:
        return pages.redirect(ALREADY_SENT)
    return pages.redirect(SENT)


def _resubmit(draft: Draft) -> Response:
    """Send the corrected file back, once; the process takes the answers over."""
    application = bootstrap.application_service().get(draft.id)
    errors = form_errors(draft.answers, bootstrap.office_of(application))
    if errors:
        return _check(draft, errors, status=UNPROCESSABLE)
    if application.status is not Status.SUBMITTED:
        applicants.answer(applicants.question_at(application, CORRECTIONS), "resubmit")
    return pages.redirect(CORRECTED, [DRAFT_COOKIE.forgotten()])


def _sent_before() -> Response:
    """A second press of the button finds the file instead of the draft, and the same page."""
    draft_id = DRAFT_COOKIE.draft_id()
    if draft_id and bootstrap.submission_service().is_sent(draft_id):
        return pages.redirect(SENT)
    raise DraftUnknown


def _refuse_floods(draft: Draft) -> None:
    ip = client_ip(bp.current_request)
    if not floods.is_within_limits("application", draft.id, draft.email, SENDINGS_PER_ADDRESS, ip):
        raise TooMany(
            "Plusieurs demandes viennent d’être envoyées avec cette adresse. La vôtre est gardée\u00a0: "
            "réessayez dans une heure, ou appelez l’office."
        )
