"""A partner's own aid file: where it stands, whose turn it is, its documents; corrected or withdrawn from here."""

from collections.abc import Mapping

from chalice import Blueprint, Response

from chalicelib.access.guard import partner_only
from chalicelib.access.model import User
from chalicelib.decisions import applicants
from chalicelib.kernel.errors import FieldError
from chalicelib.links.views import link_sent
from chalicelib.subsidies.application_form import page_keys
from chalicelib.subsidies.bootstrap import awarding, papers, stores
from chalicelib.subsidies.model import Subsidy, SubsidyUnknown
from chalicelib.subsidies.paths import CHECK, OWN_FILE
from chalicelib.subsidies.proofs import proofs_of
from chalicelib.subsidies.routes.opening import link_to_upload
from chalicelib.subsidies.statuses import MOVES, Event, Status
from chalicelib.subsidies.wording import STATUS_WORDS, STEPS, present_step
from chalicelib.web import pages
from chalicelib.web.fields import Choice
from chalicelib.web.requests import FORM_TYPE
from chalicelib.web.views import view

bp = Blueprint(__name__)

UNPROCESSABLE = 422
NOTHING_TYPED: Mapping[str, str] = {}
VISITS = {"commandee": (Event.VISIT_ORDERED, "commandée"), "faite": (Event.VISIT_MADE, "faite")}
"""What an applicant may tell of the visit, by its value in the form."""


@bp.route(OWN_FILE, methods=["GET"])
@view
@partner_only
def show_own_subsidy(user: User, reference: str) -> Response:
    """One file: its steps, whose turn it is, the amount with its computation, its documents, its history."""
    return own_page(_mine(user, reference))


def own_page(
    subsidy: Subsidy,
    errors: list[FieldError] | tuple[()] = (),
    typed: Mapping[str, str] = NOTHING_TYPED,
) -> Response:
    """The page of one's own file, with what was wrong in what was told."""
    return pages.page(
        "subsidies/own_file.html",
        status=UNPROCESSABLE if errors else 200,
        section="espace",
        subsidy=subsidy,
        words=STATUS_WORDS[subsidy.status],
        steps=STEPS,
        present=present_step(subsidy.status),
        rank=_rank(subsidy),
        history=stores.subsidies().list_history(subsidy.id),
        answers=awarding.describe(subsidy.answers, stores.office_of(subsidy)),
        sent=(bp.current_request.query_params or {}).get("envoi", ""),
        visits=_visits(subsidy),
        typed=typed,
        may_prove=(subsidy.status, Event.PROOFS_SENT) in MOVES and subsidy.notified_on,
        account=_account(subsidy),
        errors=errors,
        office=stores.office(),
    )


@bp.route(OWN_FILE + "/corriger", methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def correct_own_subsidy(user: User, reference: str) -> Response:
    """Lay the file's answers out for correction."""
    subsidy = _mine(user, reference)
    if subsidy.status is not Status.CHANGES_REQUESTED:
        return pages.redirect(OWN_FILE.format(reference=reference))
    draft = awarding.corrections_of(subsidy, page_keys())
    return pages.redirect(CHECK.format(draft_id=draft.id))


@bp.route(OWN_FILE + "/retrait", methods=["GET"])
@view
@partner_only
def show_subsidy_withdrawal(user: User, reference: str) -> Response:
    """What withdrawing means, and one button."""
    return pages.page("subsidies/withdrawal.html", section="espace", subsidy=_mine(user, reference))


@bp.route(OWN_FILE + "/retrait", methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def withdraw_subsidy(user: User, reference: str) -> Response:
    """Take the file back."""
    withdrawn = awarding.subsidy_service().withdraw(_mine(user, reference))
    awarding.reconciler().withdraw_stale(withdrawn.id)
    return pages.redirect(OWN_FILE.format(reference=reference))


@bp.route(OWN_FILE + "/lien", methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def send_own_subsidy_link(user: User, reference: str) -> Response:
    """Mail the link of the step that waits for the applicant once more."""
    decision = applicants.pending_question(_mine(user, reference))
    return link_sent("espace", is_pending=decision is not None and applicants.mail_again(decision))


@bp.route(OWN_FILE + "/pieces/{upload_id}", methods=["GET"])
@view
@partner_only
def download_own_document(user: User, reference: str, upload_id: str) -> Response:
    """A document that was joined, by a link that lives minutes."""
    subsidy = _mine(user, reference)
    return pages.lead_to_file(link_to_upload(subsidy, upload_id))


@bp.route(OWN_FILE + "/documents/{kind}", methods=["GET"])
@view
@partner_only
def download_own_letter(user: User, reference: str, kind: str) -> Response:
    """The receipt or the letter of the award, by a link that lives minutes."""
    subsidy = _mine(user, reference)
    printed = subsidy.printed_as(kind)
    if printed is None:
        raise SubsidyUnknown
    return pages.lead_to_file(papers.link_to(printed, subsidy))


def _visits(subsidy: Subsidy) -> list[Choice]:
    """What may be told of the visit now."""
    if not subsidy.notified_on:
        return []
    return [
        Choice(value, label) for value, (event, label) in VISITS.items() if (subsidy.status, event) in MOVES
    ]


def _account(subsidy: Subsidy) -> str:
    """The account that was given, by its last signs."""
    if not subsidy.proofs:
        return ""
    return proofs_of(subsidy.proofs, subsidy.request.spending).account.masked


def _mine(user: User, reference: str) -> Subsidy:
    return awarding.subsidy_service().get_for(reference, user.email)


def _rank(subsidy: Subsidy) -> int:
    """The place in the queue for money, from 1; 0 for who waits for none."""
    if subsidy.status is not Status.AWAITING_BUDGET:
        return 0
    waiting = list(stores.money().list_waiting())
    return waiting.index(subsidy.id) + 1 if subsidy.id in waiting else 0
