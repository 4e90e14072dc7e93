"""The draft of a report at the desk, as everybody will see it."""

from chalice import Blueprint, Response

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.kernel.files import FileMissing
from chalicelib.observatory import bootstrap
from chalicelib.observatory.content import Content
from chalicelib.observatory.paths import DESK_REPORT
from chalicelib.observatory.readers import READERS
from chalicelib.observatory.reports import ReportUnknown
from chalicelib.observatory.routes import reports
from chalicelib.web import pages
from chalicelib.web.views import view

bp = Blueprint(__name__)

DRAFT = DESK_REPORT + "/projet"


@bp.route(DRAFT, methods=["GET"])
@view
@staff_only(*READERS)
def show_report_draft(user: User, slug: str) -> Response:
    """What the page will be, with the commentary as it is today."""
    from chalicelib.observatory.presenting import shown

    return pages.page(
        "observatory/draft.html",
        section="bureau",
        report=shown(_drafted(slug)),
        address=DRAFT.format(slug=slug),
        desk=DESK_REPORT.format(slug=slug),
        office=bootstrap.office(),
    )


@bp.route(DRAFT + "/graphique.svg", methods=["GET"])
@view
@staff_only(*READERS)
def show_draft_chart(user: User, slug: str) -> Response:
    """The picture of a part of the draft, as `show_report_chart` gives those of what is published."""
    return reports.chart(_drafted(slug), bp.current_request.query_params or {}, "private, no-store")


def _drafted(slug: str) -> Content:
    """What the report says today. Raises `ReportUnknown` before it is drafted."""
    from chalicelib.observatory.printing import final

    report = bootstrap.report_service().get_by_slug(slug)
    try:
        content = bootstrap.report_files().content(report.id)
    except FileMissing:
        raise ReportUnknown from None
    return content if report.is_public else final(content, report, bootstrap.now())
