"""Figures of a month by a file, behind the mailed link of the month."""

from chalice import Blueprint, Response

from chalicelib.links.model import Link
from chalicelib.links.views import link_view
from chalicelib.observatory.paths import ENTRY_PAGE
from chalicelib.observatory.routes import filing
from chalicelib.observatory.routes.entry import entry_of, of_holder
from chalicelib.web.requests import FORM_TYPE, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

FILE_PAGE = ENTRY_PAGE + "/{token}" + filing.FILE_PAGE


@bp.route(FILE_PAGE, methods=["GET"])
@view
@link_view(ENTRY_PAGE, of_holder)
def show_entry_file(link: Link, token: str) -> Response:
    """The page that sends a file of figures."""
    return filing.ask_for_file(entry_of(link, token))


@bp.route(FILE_PAGE + "/{ticket}", methods=["GET"])
@view
@link_view(ENTRY_PAGE, of_holder)
def show_entry_file_preview(link: Link, token: str, ticket: str) -> Response:
    """What was understood of the file that came by a ticket."""
    return filing.show_file(entry_of(link, token), ticket)


@bp.route(FILE_PAGE + "/{ticket}", methods=["POST"], content_types=[FORM_TYPE])
@view
@link_view(ENTRY_PAGE, of_holder)
def confirm_entry_file(link: Link, token: str, ticket: str) -> Response:
    """Keep what the page showed."""
    return filing.confirm_file(entry_of(link, token), ticket, form_fields(bp.current_request))
