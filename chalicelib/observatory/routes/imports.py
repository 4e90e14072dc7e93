"""Files of the office's data providers: sent, shown with what would be kept of whom, then kept."""

from chalice import Blueprint, Response

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.observatory.paths import IMPORTS
from chalicelib.observatory.routes import import_file, import_sources
from chalicelib.web import pages
from chalicelib.web.requests import FORM_TYPE, form_fields
from chalicelib.web.views import view

bp = Blueprint(__name__)

READERS = ("director", "observatory")
ONE = IMPORTS + "/{source_id}"
FILE = ONE + "/{ticket}"


@bp.route(IMPORTS, methods=["GET"])
@view
@staff_only(*READERS)
def list_import_sources(user: User) -> Response:
    """Who sends files, and the form for somebody new."""
    return import_sources.show()


@bp.route(IMPORTS, methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def submit_import_source(user: User) -> Response:
    """Keep a new source; the same name is the same source."""
    return import_sources.begin(form_fields(bp.current_request))


@bp.route(ONE, methods=["GET"])
@view
@staff_only(*READERS)
def show_import(user: User, source_id: str) -> Response:
    """The page that sends a file of a source."""
    source = import_sources.get(source_id)
    kept = (bp.current_request.query_params or {}).get(import_file.KEPT, "")
    return import_file.ask(source, kept=int(kept) if kept.isascii() and kept.isdecimal() else None)


@bp.route(FILE, methods=["GET"])
@view
@staff_only(*READERS)
def show_import_preview(user: User, source_id: str, ticket: str) -> Response:
    """What would be kept of the file; nothing is written."""
    return import_file.show(import_sources.get(source_id), ticket)


@bp.route(FILE + "/colonnes", methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def submit_import_columns(user: User, source_id: str, ticket: str) -> Response:
    """Keep what the columns of this source are called."""
    import_sources.name_columns(import_sources.get(source_id), form_fields(bp.current_request))
    return pages.redirect(f"{IMPORTS}/{source_id}/{ticket}")


@bp.route(FILE + "/erreurs.csv", methods=["GET"])
@view
@staff_only(*READERS)
def download_import_problems(user: User, source_id: str, ticket: str) -> Response:
    """All that is wrong in the file, a line for each problem."""
    return import_file.problems_of(import_sources.get(source_id), ticket)


@bp.route(FILE, methods=["POST"], content_types=[FORM_TYPE])
@view
@staff_only(*READERS)
def confirm_import(user: User, source_id: str, ticket: str) -> Response:
    """Keep as much as fits into one answer; the page says what is left."""
    source = import_sources.get(source_id)
    return import_file.confirm(source, ticket, form_fields(bp.current_request), user.name)
