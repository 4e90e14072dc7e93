"""A form changed and sent again after it had been sent: what was received, and how to have it changed."""

from collections.abc import Mapping
from typing import Any

from chalice import Blueprint, Response

from chalicelib.drafts.model import Draft
from chalicelib.partners import bootstrap
from chalicelib.partners.model import Application
from chalicelib.partners.paths import ALREADY_SENT, CHECK, HOME
from chalicelib.partners.routes.draft_cookie import DRAFT_COOKIE
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE
from chalicelib.web.views import view

bp = Blueprint(__name__)


@bp.route(ALREADY_SENT, methods=["GET"])
@view
def show_already_sent() -> Response:
    """When the application was received, what was typed since, whom to tell; the draft stays."""
    draft = DRAFT_COOKIE.get_draft()
    application = _sent(draft)
    if application is None:
        return pages.redirect(CHECK)
    return pages.page(
        "partners/already_sent.html",
        section="adhesion",
        sent_at=application.created_at,
        changed=_changed(draft, application),
        office=bootstrap.office(),
    )


@bp.route(ALREADY_SENT, methods=["POST"], content_types=[FORM_TYPE])
@view
def leave_draft() -> Response:
    """The person has read it and leaves what was typed since."""
    draft = DRAFT_COOKIE.get_draft()
    if _sent(draft) is None:
        return pages.redirect(CHECK)
    bootstrap.draft_service().close(draft.id)
    return pages.redirect(HOME, [DRAFT_COOKIE.forgotten()])


def _sent(draft: Draft) -> Application | None:
    """The file that was made of this draft; None for corrections, which are sent by another way."""
    return None if draft.is_correction else bootstrap.applications().find(draft.id)


def _changed(draft: Draft, application: Application) -> list[tuple[str, str]]:
    """What the draft says otherwise than the file: labels and answers for reading."""
    sent, typed = (_rows(answers, application) for answers in (application.answers, draft.answers))
    return [row for row in typed if row not in sent]


def _rows(answers: Mapping[str, Any], application: Application) -> list[tuple[str, str]]:
    sections = bootstrap.describe(answers, bootstrap.office_of(application))
    return [row for _, rows in sections for row in rows]
