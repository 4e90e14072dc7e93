"""The partner's own space: their files, where each stands, whose turn it is."""

from chalice import Blueprint, Response

from chalicelib.access.bootstrap import register_address_book
from chalicelib.access.guard import partner_only
from chalicelib.access.model import User
from chalicelib.decisions import applicants
from chalicelib.links.views import link_sent
from chalicelib.partners import bootstrap
from chalicelib.partners.application_form import page_keys
from chalicelib.partners.model import WITHDRAWABLE, Status
from chalicelib.partners.paths import CHECK
from chalicelib.partners.routes.draft_cookie import DRAFT_COOKIE
from chalicelib.partners.wording import STATUS_WORDS, TONES, consent_rows, step_line
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE
from chalicelib.web.views import view

bp = Blueprint(__name__)
register_address_book(bootstrap.address_book)

SPACE = "/espace"
FILE = "/espace/dossiers/{reference}"


@bp.route(FILE, methods=["GET"])
@view
@partner_only
def show_own_file(user: User, reference: str) -> Response:
    """One file: its timeline, whose turn it is, how long it takes, whom to call."""
    application = bootstrap.application_service().get_for(reference, user.email)
    steps, present = step_line(application.status, is_free=application.fee.cents == 0)
    return pages.page(
        "partners/own_file.html",
        section="espace",
        application=application,
        words=STATUS_WORDS[application.status],
        tones=TONES,
        steps=steps,
        present=len(steps) if application.status is Status.ACTIVE else present,
        history=bootstrap.applications().list_history(application.id),
        answers=bootstrap.describe(application.answers, bootstrap.office_of(application)),
        delay=bootstrap.expected_delay(),
        consents=consent_rows(application),
        chosen=(bp.current_request.query_params or {}).get("accord", ""),
        may_withdraw=application.status in WITHDRAWABLE,
        office=bootstrap.office(),
    )


@bp.route(FILE + "/corriger", methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def correct_own_file(user: User, reference: str) -> Response:
    """Lay the file's answers out for correction in this browser."""
    application = bootstrap.application_service().get_for(reference, user.email)
    if application.status is not Status.CHANGES_REQUESTED:
        return pages.redirect(f"{SPACE}/dossiers/{reference}")
    draft = bootstrap.draft_service().open_corrections(application, page_keys())
    return pages.redirect(CHECK, [DRAFT_COOKIE.key_to(draft)])


@bp.route(FILE + "/retrait", methods=["GET"])
@view
@partner_only
def show_withdrawal(user: User, reference: str) -> Response:
    """What withdrawing means, and one button."""
    application = bootstrap.application_service().get_for(reference, user.email)
    return pages.page("partners/withdrawal.html", section="espace", application=application)


@bp.route(FILE + "/retrait", methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def withdraw_application(user: User, reference: str) -> Response:
    """Take the file back."""
    application = bootstrap.application_service().get_for(reference, user.email)
    withdrawn = bootstrap.application_service().withdraw(application)
    bootstrap.reconciler().withdraw_stale(withdrawn.id)
    return pages.redirect(f"{SPACE}/dossiers/{reference}")


@bp.route(FILE + "/lien", methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def send_own_link(user: User, reference: str) -> Response:
    """Mail the link of the step that waits for the applicant once more."""
    application = bootstrap.application_service().get_for(reference, user.email)
    decision = applicants.pending_question(application)
    return link_sent("espace", is_pending=decision is not None and applicants.mail_again(decision))
