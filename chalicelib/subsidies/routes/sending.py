"""The filled-in application: read once more, sent."""

from chalice import Blueprint, Response

from chalicelib.access.guard import partner_only
from chalicelib.access.model import User
from chalicelib.decisions import applicants
from chalicelib.drafts.model import Draft
from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.errors import FieldError, RuleBroken
from chalicelib.subsidies.bootstrap import awarding, stores
from chalicelib.subsidies.eligibility import Assessment
from chalicelib.subsidies.model import UnitTaken
from chalicelib.subsidies.paths import CHECK, OWN_FILE
from chalicelib.subsidies.routes import filling
from chalicelib.subsidies.routes.application_flow import find_application_flow, sent_path
from chalicelib.subsidies.routes.filling import UNPROCESSABLE
from chalicelib.subsidies.routes.flow import Flow
from chalicelib.subsidies.statuses import Status
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE
from chalicelib.web.views import view

bp = Blueprint(__name__)

CORRECTIONS = "subsidy_corrections"
TONES = {"ok": "success", "warning": "waiting", "blocking": "stopped"}


@bp.route(CHECK, methods=["GET"])
@view
@partner_only
def show_application_check(user: User, draft_id: str) -> Response:
    """All the answers before they are sent, each with a link to change it, and the aid that they call for."""
    mine = find_application_flow(user, draft_id)
    if mine is None:
        return pages.redirect(sent_path(user, draft_id))
    return _check(mine, mine.mistakes(), status=200)


@bp.route(CHECK, methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def submit_subsidy_application(user: User, draft_id: str) -> Response:
    """Send the form, once: the draft's identifier is that of the file. Pressed again, the same page follows."""
    mine = find_application_flow(user, draft_id)
    if mine is None:
        return pages.redirect(f"{sent_path(user, draft_id)}?envoi=1")
    errors = mine.mistakes()
    if errors:
        return _check(mine, errors)
    return _resubmit(mine.draft) if mine.draft.is_correction else _send(mine)


def _send(mine: Flow) -> Response:
    try:
        subsidy = awarding.submission_service().submit(mine.draft)
    except UnitTaken as taken:
        return _check(mine, [FieldError("registration_number", str(taken))])
    except RuleBroken as broken:
        return _check(mine, [FieldError("category", str(broken))])
    return pages.redirect(f"{OWN_FILE.format(reference=subsidy.reference)}?envoi=1")


def _resubmit(draft: Draft) -> Response:
    """Send the corrected file back, once; the process takes the answers over."""
    subsidy = awarding.subsidy_service().get(draft.id)
    if subsidy.status is Status.CHANGES_REQUESTED:
        applicants.answer(applicants.question_at(subsidy, CORRECTIONS), "resubmit")
    return pages.redirect(f"{OWN_FILE.format(reference=subsidy.reference)}?envoi=2")


def _check(mine: Flow, errors: list[FieldError], status: int = UNPROCESSABLE) -> Response:
    assessment = None if errors else _assessment(mine.draft)
    return filling.check(
        mine, errors, "subsidies/check.html", status=status, assessment=assessment, tones=TONES
    )


def _assessment(draft: Draft) -> Assessment | None:
    """What the rules say of it today; None while no file can be made of it."""
    try:
        subsidy = awarding.submission_service().draw_up(draft)
    except RuleBroken:
        return None
    return awarding.assessor().preview(subsidy, paris_day(stores.now()))
