"""The published reports for everybody: the list, a page for each, its pictures, its document and its data."""

from collections.abc import Mapping

from chalice import Blueprint, Response

from chalicelib.kernel.errors import NotFound
from chalicelib.observatory import bootstrap
from chalicelib.observatory.content import Content
from chalicelib.observatory.paths import PUBLIC_PAGE
from chalicelib.observatory.published import Published, shelves
from chalicelib.web import pages
from chalicelib.web.spreadsheet import CSV, XLSX, csv_of
from chalicelib.web.views import view

bp = Blueprint(__name__)

REPORT = PUBLIC_PAGE + "/{slug}"
SVG = "image/svg+xml"
AN_HOUR = "public, max-age=3600"
"""A published report does not change."""


class NoSuchPicture(NotFound):
    """The report has no picture of that part."""

    def __init__(self) -> None:
        super().__init__("Ce bilan n’a pas d’image de cette partie.")


@bp.route(PUBLIC_PAGE, methods=["GET"])
@view
def list_reports() -> Response:
    """The reports by season, the newest first; how figures are gathered and kept secret."""
    office = bootstrap.office()
    reports = bootstrap.published_reports().list_published() if office.observatory else []
    return pages.page(
        "observatory/reports.html", section="observatoire", shelves=shelves(reports), office=office
    )


@bp.route(REPORT, methods=["GET"])
@view
def show_report(slug: str) -> Response:
    """One report: pictures with their tables, then how it was counted."""
    from chalicelib.observatory.presenting import shown

    content = _published(slug).content
    return pages.page(
        "observatory/report.html",
        section="observatoire",
        report=shown(content),
        address=f"{PUBLIC_PAGE}/{slug}",
        office=bootstrap.office(),
    )


@bp.route(REPORT + "/graphique.svg", methods=["GET"])
@view
def show_report_chart(slug: str) -> Response:
    """The picture of a part, `?partie=semaines`, with `?largeur=etroite` and `?fond=sombre`."""
    return chart(_published(slug).content, bp.current_request.query_params or {}, AN_HOUR)


@bp.route(REPORT + "/bilan.pdf", methods=["GET"])
@view
def download_report(slug: str) -> Response:
    """The document as it was printed when the report was approved."""
    return pages.lead_to_file(bootstrap.published_reports().document_link(_published(slug).report))


@bp.route(REPORT + "/donnees.csv", methods=["GET"])
@view
def download_report_csv(slug: str) -> Response:
    """Every rate of the report in one table."""
    from chalicelib.observatory.exports import rates_sheet

    return pages.download(csv_of(rates_sheet(_published(slug).content)), CSV, f"{slug}.csv")


@bp.route(REPORT + "/donnees.xlsx", methods=["GET"])
@view
def download_report_workbook(slug: str) -> Response:
    """Every table of the report, a sheet each, and the method."""
    from chalicelib.adapters.workbook import workbook
    from chalicelib.observatory.exports import sheets

    content = _published(slug).content
    return pages.download(workbook(sheets(content), content.title), XLSX, f"{slug}.xlsx")


def chart(content: Content, asked: Mapping[str, str], kept: str) -> Response:
    """The picture that is asked for, kept by browsers as `kept` says. Raises `NoSuchPicture`."""
    from chalicelib.observatory.pictures import picture_of

    look = {"is_narrow": asked.get("largeur") == "etroite", "is_dark": asked.get("fond") == "sombre"}
    drawn = picture_of(content, asked.get("partie", ""), **look)
    if drawn is None:
        raise NoSuchPicture
    return Response(drawn, headers={"Content-Type": SVG, "Cache-Control": kept})


def _published(slug: str) -> Published:
    """The report. Raises `ReportUnknown` for one that is not published, as for one that never was."""
    return bootstrap.published_reports().get(slug)
