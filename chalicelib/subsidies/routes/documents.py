"""The page of the form where documents are joined: sent to the store by the browser, checked, listed here."""

from collections.abc import Mapping

from chalice import Blueprint, Response

from chalicelib.access.guard import partner_only
from chalicelib.access.model import User
from chalicelib.drafts.model import Draft
from chalicelib.kernel.errors import FieldError
from chalicelib.runtime import config
from chalicelib.subsidies import bootstrap
from chalicelib.subsidies.application_form import answers_in, subsidy_form
from chalicelib.subsidies.joined import asked, missing
from chalicelib.subsidies.paths import PAGE, PAUSED, UPLOAD
from chalicelib.subsidies.routes.own_drafts import draft_of
from chalicelib.uploads.bootstrap import upload_service
from chalicelib.uploads.slots import DocumentAsked, slots
from chalicelib.web import pages
from chalicelib.web.fields import Section
from chalicelib.web.requests import FORM_TYPE
from chalicelib.web.views import view

bp = Blueprint(__name__)

SECTION = "pieces"
UNPROCESSABLE = 422


def page(section: Section, draft: Draft, errors: list[FieldError] | tuple[()] = ()) -> Response:
    """The documents that are asked for, each with what was sent and the way to send it."""
    answers, office = answers_in(draft.answers), bootstrap.office()
    wanted = [DocumentAsked(one.kind, one.name, one.hint, one.required) for one in asked(answers, office)]
    back_to = f"{config.base_url()}{PAGE.format(draft_id=draft.id, key=SECTION)}"
    service = upload_service()
    return pages.page(
        "subsidies/documents.html",
        status=UNPROCESSABLE if errors else 200,
        section="espace",
        form=subsidy_form(),
        form_section=section,
        draft=draft,
        errors=errors,
        slots=slots(wanted, service.list_of(draft.id), lambda kind: service.ticket(draft.id, kind, back_to)),
        action=PAGE.format(draft_id=draft.id, key=SECTION),
    )


def submit(section: Section, draft: Draft, fields: Mapping[str, list[str]]) -> Response:
    """Take in what has arrived and was not looked at yet, then go on if nothing is missing."""
    from chalicelib.subsidies.routes.form import go_on

    upload_service().receive_waiting(draft.id)
    if "pause" in fields:
        return pages.redirect(PAUSED.format(draft_id=draft.id))
    answers, office = answers_in(draft.answers), bootstrap.office()
    joined = bootstrap.joined_documents(draft.id, answers, office)
    left = [
        FieldError(field_of(one.kind), f"Joignez\u00a0: {one.name}.")
        for one in missing(joined, answers, office)
    ]
    return page(section, draft, left) if left else go_on(draft, section)


def field_of(kind: str) -> str:
    """The field that a missing document is told at."""
    return f"{SECTION}-{kind}"


def page_of_field(field: str) -> str:
    """The page of the form where a field is found."""
    return subsidy_form().section_key(field) or SECTION


@bp.route(UPLOAD, methods=["GET"])
@view
@partner_only
def download_joined_document(user: User, draft_id: str, upload_id: str) -> Response:
    """A document of one's own draft, by a link that lives minutes."""
    draft = draft_of(user, draft_id)
    service = upload_service()
    return pages.leave_to(service.download_url(service.get(draft.id, upload_id)))


@bp.route(UPLOAD + "/retrait", methods=["POST"], content_types=[FORM_TYPE])
@view
@partner_only
def remove_joined_document(user: User, draft_id: str, upload_id: str) -> Response:
    """Take a document away again."""
    draft = draft_of(user, draft_id)
    upload_service().remove(draft.id, upload_id)
    return pages.redirect(PAGE.format(draft_id=draft.id, key=SECTION))
