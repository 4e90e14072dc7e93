"""The application for aid: begun by a partner, filled in page after page, each kept before it is checked."""

from collections.abc import Sequence

from chalice import Blueprint, Response

from chalicelib.access.guard import partner_only
from chalicelib.access.model import User
from chalicelib.drafts.model import Draft
from chalicelib.kernel import ids
from chalicelib.subsidies.applicants import NoLodgingPartner, Partner, prefilled
from chalicelib.subsidies.beginning import bare_draft, check_room
from chalicelib.subsidies.bootstrap import awarding, stores
from chalicelib.subsidies.paths import BEGIN, DRAFT, PAGE, PAUSED, UPLOAD, UPLOADS
from chalicelib.subsidies.routes import filling, joining
from chalicelib.subsidies.routes.application_flow import (
    application_flow,
    draft_of,
    find_application_flow,
    sent_path,
)
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE, first_of, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

KEY = "cle"
"""A secret of the page that begins a draft: sent twice, it begins one."""


@bp.route(BEGIN, methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def begin_application(user: User) -> Response:
    """A draft with what the office knows already of the chosen accommodation; a bare one is taken up again."""
    fields = form_fields(bp.current_request)
    partner = _lodging(user, first_of(fields, "partenaire"))
    begun = stores.drafts().list_by_holder(user.email)
    draft = bare_draft(begun, partner.id) or _new_draft(partner, first_of(fields, KEY), begun)
    return pages.redirect(DRAFT.format(draft_id=draft.id))


def _new_draft(partner: Partner, key: str, begun: Sequence[Draft]) -> Draft:
    """One more draft. Raises `TooManyBegun`."""
    check_room(begun)
    draft_id = ids.id_of(key) if ids.is_secret(key) else ""
    return awarding.draft_service().begin(prefilled(partner), draft_id=draft_id)


@bp.route(DRAFT, methods=["GET"])
@view
@partner_only
def show_application(user: User, draft_id: str) -> Response:
    """The first page that is not done yet; a draft that was sent leads to its file."""
    mine = find_application_flow(user, draft_id)
    return pages.redirect(mine.next_path() if mine else sent_path(user, draft_id))


@bp.route(PAGE, methods=["GET"])
@view
@partner_only
def show_application_page(user: User, draft_id: str, key: str) -> Response:
    """One page of the form with what was typed before."""
    return filling.show(application_flow(user, draft_id), key, bp.current_request.query_params)


@bp.route(PAGE, methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def submit_application_page(user: User, draft_id: str, key: str) -> Response:
    """Keep the page first, then say what is to be corrected in it, or go on."""
    fields, mine = form_fields(bp.current_request), find_application_flow(user, draft_id)
    if mine is None:
        return pages.redirect(sent_path(user, draft_id))
    return filling.submit(mine, key, fields)


@bp.route(PAUSED, methods=["GET"])
@view
@partner_only
def show_application_pause(user: User, draft_id: str) -> Response:
    """The draft is kept: where to find it again."""
    draft_of(user, draft_id)
    return pages.page("subsidies/paused.html", section="espace", going_on=DRAFT.format(draft_id=draft_id))


@bp.route(UPLOADS, methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def look_at_draft_documents(user: User, draft_id: str) -> Response:
    """See what has become of the files that were just sent."""
    return joining.look_at_arrivals(application_flow(user, draft_id))


@bp.route(UPLOAD, methods=["GET"])
@view
@partner_only
def download_draft_document(user: User, draft_id: str, upload_id: str) -> Response:
    """A document of one's own draft."""
    return joining.link_to(application_flow(user, draft_id), upload_id)


@bp.route(UPLOAD + "/retrait", methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def remove_draft_document(user: User, draft_id: str, upload_id: str) -> Response:
    """Take a document away again."""
    return joining.remove(application_flow(user, draft_id), upload_id)


def _lodging(user: User, partner_id: str) -> Partner:
    """The chosen accommodation of this person, or their only one. Raises `NoLodgingPartner`."""
    mine = [one for one in stores.partners().list_of(user.email) if one.may_apply]
    chosen = [one for one in mine if one.id == partner_id] or (mine if len(mine) == 1 else [])
    if not chosen:
        raise NoLodgingPartner
    return chosen[0]
