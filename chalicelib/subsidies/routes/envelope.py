"""The money of the aid, for those who answer for it: totals for all of them, files for who works with files."""

from chalice import Blueprint, Response

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.errors import NotFound
from chalicelib.office.categories import CATEGORY_LABELS
from chalicelib.subsidies.bootstrap import overview, stores
from chalicelib.subsidies.paths import CHART, ENVELOPE
from chalicelib.subsidies.readers import READERS
from chalicelib.subsidies.totals import below_promises
from chalicelib.web import pages
from chalicelib.web.spreadsheet import CSV, XLSX, csv_of
from chalicelib.web.views import view

bp = Blueprint(__name__)

TOTALS_READERS = (*READERS, "elected")
"""Who reads sums without names."""
OPEN_DATA = "/bureau/subventions-scdl.csv"
SVG = "image/svg+xml"


class NoSuchYear(NotFound):
    """There is no money of that year to draw."""

    def __init__(self) -> None:
        super().__init__("Aucune aide n’est comptée cette année-là.")


@bp.route(ENVELOPE, methods=["GET"])
@view
@staff_only(*TOTALS_READERS)
def show_envelope(user: User) -> Response:
    """Each year's money as a picture and as a table, then by kind of accommodation; no names."""
    from chalicelib.subsidies.money_chart import said_of

    office = stores.office()
    if office.subsidies is None:
        return pages.page("subsidies/none.html", section="bureau", office=office)
    accounts = overview.accounts()
    return pages.page(
        "subsidies/envelope.html",
        section="bureau",
        accounts=accounts,
        present=accounts.year(paris_day(stores.now()).year),
        too_low=below_promises(office.aid.envelopes, (year.envelope for year in accounts.years)),
        said=said_of(year.envelope for year in accounts.years),
        labels=CATEGORY_LABELS,
        may_see_files=_may_see_files(user),
        sees_totals_only=user.sees_totals_only,
    )


@bp.route(CHART, methods=["GET"])
@view
@staff_only(*TOTALS_READERS)
def show_envelope_chart(user: User) -> Response:
    """The picture: of the years, or with `?annee=2027` of the kinds in one; `?largeur=etroite`, `?fond=sombre`."""
    from chalicelib.subsidies.money_chart import chart_of_kinds, chart_of_years

    asked = bp.current_request.query_params or {}
    look = {"is_narrow": asked.get("largeur") == "etroite", "is_dark": asked.get("fond") == "sombre"}
    wanted = asked.get("annee", "")
    if not wanted:
        return _svg(chart_of_years(overview.envelopes(), **look))
    year = overview.accounts().year(int(wanted)) if wanted.isdecimal() and len(wanted) == 4 else None
    if year is None or not year.by_category:
        raise NoSuchYear
    return _svg(chart_of_kinds(year, **look))


@bp.route(ENVELOPE + ".csv", methods=["GET"])
@view
@staff_only(*TOTALS_READERS)
def download_envelope_csv(user: User) -> Response:
    """The totals as CSV."""
    from chalicelib.subsidies.exports import totals_sheet

    return pages.download(csv_of(totals_sheet(overview.accounts())), CSV, _name("enveloppe", "csv"))


@bp.route(ENVELOPE + ".xlsx", methods=["GET"])
@view
@staff_only(*TOTALS_READERS)
def download_envelope_workbook(user: User) -> Response:
    """The totals as a workbook, with a sheet of files for who may see them."""
    from chalicelib.adapters.workbook import workbook
    from chalicelib.subsidies.exports import files_sheet, totals_sheet

    sheets = [totals_sheet(overview.accounts())]
    if _may_see_files(user):
        sheets.append(files_sheet(overview.counted_files(), stores.office()))
    return pages.download(workbook(sheets, "Aide au classement"), XLSX, _name("enveloppe", "xlsx"))


@bp.route(ENVELOPE + "/dossiers.csv", methods=["GET"])
@view
@staff_only(*READERS)
def download_files_csv(user: User) -> Response:
    """The files that money is about as CSV."""
    from chalicelib.subsidies.exports import files_sheet

    sheet = files_sheet(overview.counted_files(), stores.office())
    return pages.download(csv_of(sheet), CSV, _name("aides-au-classement", "csv"))


@bp.route(OPEN_DATA, methods=["GET"])
@view
@staff_only(*READERS)
def download_scdl(user: User) -> Response:
    """The paid aids in the national format of open data, to be published by the office."""
    from chalicelib.subsidies.scdl import scdl

    return pages.download(
        scdl(overview.counted_files(), stores.office()), CSV, _name("subventions-scdl", "csv")
    )


def _may_see_files(user: User) -> bool:
    return bool(user.roles.intersection(READERS))


def _name(what: str, ending: str) -> str:
    return f"{what}-{paris_day(stores.now()).isoformat()}.{ending}"


def _svg(picture: str) -> Response:
    return Response(picture, headers={"Content-Type": SVG})
