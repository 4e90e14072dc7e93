"""What a beneficiary sends after the visit to be paid: page after page, then all at once."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from chalice import Blueprint, Response

from chalicelib.access.guard import partner_only
from chalicelib.access.model import User
from chalicelib.drafts.model import Draft
from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.errors import FieldError
from chalicelib.subsidies.bootstrap import awarding, paying, stores
from chalicelib.subsidies.joined import asked
from chalicelib.subsidies.model import OutOfStep, Subsidy
from chalicelib.subsidies.paths import OWN_FILE, PROOFS
from chalicelib.subsidies.proofs_form import KEPT, proofs_errors, proofs_form
from chalicelib.subsidies.routes import filling, joining
from chalicelib.subsidies.routes.filling import UNPROCESSABLE
from chalicelib.subsidies.routes.flow import Flow
from chalicelib.subsidies.statuses import MOVES, Event
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)


@bp.route(PROOFS, methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def begin_proofs(user: User, reference: str) -> Response:
    """A draft with what was sent before, if anything was."""
    subsidy = _open(user, reference)
    known = {**subsidy.proofs, "email": subsidy.email}
    service = paying.proofs_drafts()
    draft = service.find(subsidy.proofs_draft) or service.begin(known, draft_id=subsidy.proofs_draft)
    return pages.redirect(_flow_of(subsidy, draft).next_path())


@bp.route(PROOFS + "/pages/{key}", methods=["GET"])
@view
@partner_only
def show_proofs_page(user: User, reference: str, key: str) -> Response:
    """One page of the form with what was typed before."""
    return filling.show(_flow(user, reference), key, bp.current_request.query_params)


@bp.route(PROOFS + "/pages/{key}", methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def submit_proofs_page(user: User, reference: str, key: str) -> Response:
    """Keep the page first, then say what is to be corrected in it, or go on."""
    return filling.submit(_flow(user, reference), key, form_fields(bp.current_request))


@bp.route(PROOFS + "/pause", methods=["GET"])
@view
@partner_only
def show_proofs_pause(user: User, reference: str) -> Response:
    """The draft is kept: where to find it again."""
    _open(user, reference)
    going_on = OWN_FILE.format(reference=reference)
    return pages.page("subsidies/paused.html", section="espace", going_on=going_on)


@bp.route(PROOFS + "/pieces", methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def look_at_proofs(user: User, reference: str) -> Response:
    """See what has become of the files that were just sent."""
    return joining.look_at_arrivals(_flow(user, reference))


@bp.route(PROOFS + "/pieces/{upload_id}", methods=["GET"])
@view
@partner_only
def download_proof(user: User, reference: str, upload_id: str) -> Response:
    """A document that was joined."""
    return joining.link_to(_flow(user, reference), upload_id)


@bp.route(PROOFS + "/pieces/{upload_id}/retrait", methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def remove_proof(user: User, reference: str, upload_id: str) -> Response:
    """Take a document away again; those of the application stay."""
    return joining.remove(_flow(user, reference), upload_id)


@bp.route(PROOFS + "/verification", methods=["GET"])
@view
@partner_only
def show_proofs_check(user: User, reference: str) -> Response:
    """All the answers before they are sent, each with a link to change it."""
    mine = _flow(user, reference)
    return _check(mine, mine.mistakes(), status=200)


@bp.route(PROOFS + "/verification", methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def send_proofs(user: User, reference: str) -> Response:
    """Ask to be paid, once; pressed again, the same page follows."""
    there = OWN_FILE.format(reference=reference)
    subsidy = awarding.subsidy_service().get_for(reference, user.email)
    if not _may_prove(subsidy):
        return pages.redirect(f"{there}?envoi=3")
    mine = _flow_of(subsidy, paying.proofs_drafts().get(subsidy.proofs_draft))
    errors = mine.mistakes()
    if errors:
        return _check(mine, errors)
    sent = paying.payment_service().send_proofs(subsidy, mine.draft)
    paying.payment_reconciler().withdraw_stale(sent.id)
    return pages.redirect(f"{there}?envoi=3")


def _check(mine: Flow, errors: list[FieldError], status: int = UNPROCESSABLE) -> Response:
    return filling.check(mine, errors, "subsidies/proofs_check.html", status=status)


def _open(user: User, reference: str) -> Subsidy:
    """The file of this person, while proofs may be sent. Raises `SubsidyUnknown` or `OutOfStep`."""
    subsidy = awarding.subsidy_service().get_for(reference, user.email)
    if not _may_prove(subsidy):
        raise OutOfStep(subsidy)
    return subsidy


def _may_prove(subsidy: Subsidy) -> bool:
    return (subsidy.status, Event.PROOFS_SENT) in MOVES and subsidy.notified_on is not None


def _flow(user: User, reference: str) -> Flow:
    subsidy = _open(user, reference)
    return _flow_of(subsidy, paying.proofs_drafts().get(subsidy.proofs_draft))


def _flow_of(subsidy: Subsidy, draft: Draft) -> Flow:
    rules = stores.office_of(subsidy)

    def errors(answers: Mapping[str, Any], sections: frozenset[str] | None) -> list[FieldError]:
        return proofs_errors(answers, paris_day(stores.now()), sections)

    return Flow(
        form=proofs_form(),
        draft=draft,
        drafts=paying.proofs_drafts(),
        base=PROOFS.format(reference=subsidy.reference),
        owner=subsidy.id,
        asked=asked(subsidy.answers, rules, "payment"),
        joined=cache(lambda: list(paying.joined_proofs(subsidy.id, subsidy.answers, rules))),
        find_errors=errors,
        choices=lambda answers: {},
        kept=KEPT,
        title="Demande de paiement",
    )
