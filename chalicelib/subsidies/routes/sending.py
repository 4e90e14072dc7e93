"""The filled-in application: read once more, sent."""

from chalice import Blueprint, Response

from chalicelib.access.guard import partner_only
from chalicelib.access.model import User
from chalicelib.decisions import applicants
from chalicelib.drafts.model import Draft, DraftUnknown
from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.errors import FieldError, RuleBroken
from chalicelib.subsidies import bootstrap
from chalicelib.subsidies.application_form import all_choices, answers_in, form_errors, subsidy_form
from chalicelib.subsidies.eligibility import Assessment
from chalicelib.subsidies.joined import missing
from chalicelib.subsidies.model import UnitTaken
from chalicelib.subsidies.paths import CHECK, OWN_FILE
from chalicelib.subsidies.routes import documents
from chalicelib.subsidies.routes.own_drafts import draft_of, sent_from
from chalicelib.subsidies.statuses import Status
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE
from chalicelib.web.views import view

bp = Blueprint(__name__)

UNPROCESSABLE = 422
CORRECTIONS = "subsidy_corrections"
TONES = {"ok": "success", "warning": "waiting", "blocking": "stopped"}


@bp.route(CHECK, methods=["GET"])
@view
@partner_only
def show_application_check(user: User, draft_id: str) -> Response:
    """All the answers before they are sent, each with a link to change it, and the aid that they call for."""
    draft = draft_of(user, draft_id)
    return _check(draft, _mistakes(draft), status=200)


@bp.route(CHECK, methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def submit_subsidy_application(user: User, draft_id: str) -> Response:
    """Send the form, once: the draft's identifier is that of the file."""
    try:
        draft = draft_of(user, draft_id)
    except DraftUnknown:
        return _sent_before(user, draft_id)
    errors = _mistakes(draft)
    if errors:
        return _check(draft, errors, status=UNPROCESSABLE)
    return _resubmit(user, draft) if draft.is_correction else _send(draft)


def _send(draft: Draft) -> Response:
    try:
        subsidy = bootstrap.submission_service().submit(draft)
    except (UnitTaken, RuleBroken) as broken:
        field = "registration_number" if isinstance(broken, UnitTaken) else "category"
        return _check(draft, [FieldError(field, str(broken))], status=UNPROCESSABLE)
    return pages.redirect(f"{OWN_FILE.format(reference=subsidy.reference)}?envoi=1")


def _resubmit(user: User, draft: Draft) -> Response:
    """Send the corrected file back, once; the process takes the answers over."""
    subsidy = bootstrap.subsidy_service().get(draft.id)
    if subsidy.status is Status.CHANGES_REQUESTED:
        applicants.answer(applicants.question_at(subsidy, CORRECTIONS), "resubmit")
    return pages.redirect(f"{OWN_FILE.format(reference=subsidy.reference)}?envoi=2")


def _sent_before(user: User, draft_id: str) -> Response:
    """A second press of the button finds the file instead of the draft, and the same page."""
    reference = sent_from(user, draft_id)
    if not reference:
        raise DraftUnknown
    return pages.redirect(f"{OWN_FILE.format(reference=reference)}?envoi=1")


def _mistakes(draft: Draft) -> list[FieldError]:
    """What keeps the form from being sent: answers to correct, documents that are not there."""
    office = bootstrap.office()
    answers = answers_in(draft.answers)
    errors = form_errors(answers, office, paris_day(bootstrap.now()))
    joined = bootstrap.joined_documents(draft.id, answers, office)
    left = [
        FieldError(documents.field_of(one.kind), f"Joignez\u00a0: {one.name}.")
        for one in missing(joined, answers, office)
    ]
    return [*errors, *left]


def _check(draft: Draft, errors: list[FieldError], status: int) -> Response:
    form, office = subsidy_form(), bootstrap.office()
    answers = answers_in(draft.answers)
    text = form.as_text(answers, all_choices(answers, office))
    return pages.page(
        "subsidies/check.html",
        status=status,
        section="espace",
        draft=draft,
        errors=[(error, documents.page_of_field(error.field)) for error in errors],
        sections=list(zip(form.sections, text, strict=True)),
        joined=bootstrap.joined_documents(draft.id, answers, office),
        assessment=None if errors else _assessment(draft),
        tones=TONES,
    )


def _assessment(draft: Draft) -> Assessment | None:
    """What the rules say of it today; None while it cannot be made a file of."""
    try:
        subsidy = bootstrap.submission_service().draw_up(draft)
    except RuleBroken:
        return None
    return bootstrap.assessor().assess(subsidy, paris_day(bootstrap.now())).assessment
