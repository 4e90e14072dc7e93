"""The pages behind the links that applicants get by mail: they lead on to the space, which asks who is there."""

from chalice import Blueprint, Response

from chalicelib.decisions import applicants
from chalicelib.decisions.bootstrap import decision_service
from chalicelib.decisions.model import DecisionState
from chalicelib.drafts import asking_again
from chalicelib.drafts.model import Draft, DraftUnknown
from chalicelib.kernel.clock import iso_minute, utc_now
from chalicelib.links.bootstrap import link_service
from chalicelib.links.model import Link
from chalicelib.links.views import link_sent, link_view
from chalicelib.subsidies.bootstrap import awarding
from chalicelib.subsidies.paths import CORRECTIONS_PAGE, RESUME_PAGE
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE
from chalicelib.web.views import view

bp = Blueprint(__name__)


def _draft_of_holder(link: Link) -> Draft:
    draft = awarding.draft_service().get(link.subject)
    if not draft.email or draft.email != link.holder:
        raise DraftUnknown
    return draft


@bp.route(RESUME_PAGE + "/{token}", methods=["GET"])
@view
@link_view(RESUME_PAGE, about=_draft_of_holder)
def show_subsidy_resume(link: Link, token: str) -> Response:
    """The way back to a draft."""
    return pages.page("subsidies/resume.html", section="espace", draft=_draft_of_holder(link))


@bp.route(RESUME_PAGE + "/{token}/lien", methods=["POST"], content_types=[FORM_TYPE])
@view
def send_subsidy_resume_link(token: str) -> Response:
    """Mail a fresh link to the holder of an expired one, while the draft is theirs."""
    draft = _draft_of_holder(link_service().recognise(token, RESUME_PAGE))
    asking_again.mail_link(awarding.draft_service(), draft, f"again-{iso_minute(utc_now())}")
    return link_sent("espace", is_pending=True)


@bp.route(CORRECTIONS_PAGE + "/{token}", methods=["GET"])
@view
@link_view(CORRECTIONS_PAGE)
def show_subsidy_corrections(link: Link, token: str) -> Response:
    """What the office asked for, and the way to correct the file."""
    decision = decision_service().get(link.subject)
    return pages.page(
        "subsidies/corrections.html",
        section="espace",
        decision=decision,
        is_pending=decision.state is DecisionState.PENDING,
    )


@bp.route(CORRECTIONS_PAGE + "/{token}/lien", methods=["POST"], content_types=[FORM_TYPE])
@view
def send_subsidy_corrections_link(token: str) -> Response:
    """Mail a fresh link to the holder of an expired one."""
    decision = decision_service().get(link_service().recognise(token, CORRECTIONS_PAGE).subject)
    return link_sent("espace", is_pending=applicants.mail_again(decision))
