"""The register of the office's own small aid, by undertaking, for those who grant it."""

from typing import Any
from urllib.parse import quote

from chalice import Blueprint, Response
from markupsafe import Markup

from chalicelib.access.guard import staff_only
from chalicelib.access.model import User
from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.french import french_date, french_integer, french_money
from chalicelib.subsidies.bootstrap import overview, stores
from chalicelib.subsidies.paths import FILE, SMALL_AID
from chalicelib.subsidies.small_aid import SmallAid, SmallAidRegister, Undertaking, register_on
from chalicelib.web import pages
from chalicelib.web.paging import PAGE, page_of
from chalicelib.web.spreadsheet import CSV, csv_of
from chalicelib.web.urls import url
from chalicelib.web.views import view

bp = Blueprint(__name__)

READERS = ("director", "quality_officer")
ONE = "entreprise"


class NoSuchUndertaking(NotFound):
    """The register has nothing about it."""

    def __init__(self) -> None:
        super().__init__("Le registre n’a aucune aide pour cette entreprise.")


@bp.route(SMALL_AID, methods=["GET"])
@view
@staff_only(*READERS)
def show_small_aid(user: User) -> Response:
    """The undertakings with what counts today, `?page=2`; with `?entreprise=<SIREN>` the aids of one."""
    office = stores.office()
    if office.subsidies is None:
        return pages.page("subsidies/none.html", section="bureau", office=office)
    asked, register = bp.current_request.query_params or {}, _register()
    shown: dict[str, Any] = {"section": "bureau", "rule": register.rule, "since": register.since}
    if asked.get(ONE):
        one = _find(register, asked[ONE])
        return pages.page(
            "subsidies/small_aid.html", **shown, one=one, rows=[_aid_row(aid) for aid in one.aids]
        )
    page = page_of(register.undertakings, asked.get(PAGE, ""))
    links = {name: url(f"{SMALL_AID}?{PAGE}={number}") for name, number in page.around.items()}
    rows = [_row(one) for one in page.things]
    return pages.page("subsidies/small_aid.html", **shown, one=None, rows=rows, page=page, links=links)


@bp.route(SMALL_AID + ".csv", methods=["GET"])
@view
@staff_only(*READERS)
def download_small_aid(user: User) -> Response:
    """The register as CSV, a line for each aid; `?entreprise=<SIREN>` for one undertaking."""
    from chalicelib.subsidies.exports import small_aid_sheet

    register, wanted = _register(), (bp.current_request.query_params or {}).get(ONE, "")
    found = [_find(register, wanted)] if wanted else register.undertakings
    sheet = small_aid_sheet(found, register.rule)
    name = f"de-minimis-{paris_day(stores.now()).isoformat()}.csv"
    return pages.download(csv_of(sheet), CSV, name)


def _register() -> SmallAidRegister:
    rules = stores.office().aid.de_minimis
    return register_on(paris_day(stores.now()), overview.counted_files(), rules)


def _find(register: SmallAidRegister, key: str) -> Undertaking:
    found = register.find(key)
    if found is None:
        raise NoSuchUndertaking
    return found


def _row(one: Undertaking) -> dict[str, object]:
    return {
        "name": _link(f"{SMALL_AID}?{ONE}={quote(one.key)}", one.name),
        "siren": ", ".join(one.sirens),
        "count": french_integer(len(one.aids)),
        "cents": french_money(one.counted_cents),
    }


def _aid_row(aid: SmallAid) -> dict[str, object]:
    return {
        "on": french_date(aid.granted_on),
        "name": aid.name,
        "file": _link(FILE.format(reference=aid.reference), aid.reference),
        "counts": "oui" if aid.counts else "non, trop ancienne",
        "cents": french_money(aid.cents),
    }


def _link(path: str, words: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(url(path), words)
