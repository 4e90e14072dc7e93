"""The classified accommodations for everybody: a page to look through, and open data."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from chalice import Blueprint, Response

from chalicelib.kernel.french import french_integer
from chalicelib.office.categories import CATEGORY_LABELS
from chalicelib.subsidies.bootstrap import overview, stores
from chalicelib.subsidies.browsing import COMMUNE, KIND, STARS, Found, Wanted, browse, wanted_of
from chalicelib.subsidies.directory import stars_in_words
from chalicelib.subsidies.own_names import plain
from chalicelib.subsidies.paths import DIRECTORY
from chalicelib.web import api_document, pages
from chalicelib.web.fields import Choice
from chalicelib.web.paging import PAGE
from chalicelib.web.spreadsheet import CSV
from chalicelib.web.urls import url
from chalicelib.web.views import view

bp = Blueprint(__name__)

API = "/api/v1/classified-accommodations"
A_MINUTE = "public, max-age=60"
STAR_LABELS = {**{str(level): stars_in_words(level) for level in (5, 4, 3, 2, 1)}, "0": "Sans étoile"}


def _described() -> tuple[Any, Any]:
    """Imported when the document is asked for: no other page waits for it."""
    from chalicelib.subsidies import api_description

    return api_description.OPERATIONS, api_description.schemas()


api_document.register(_described)


@bp.route(DIRECTORY, methods=["GET"])
@view
def list_classified() -> Response:
    """The places by commune and name, fifty at a time; `?commune=38416&type=hotel&etoiles=3&page=2`."""
    from chalicelib.subsidies.open_directory import LICENCE, LICENCE_URL, classification

    query = bp.current_request.query_params or {}
    places, wanted = overview.classified_places(), wanted_of(query)
    found = browse(places, wanted, query.get(PAGE, ""))
    return pages.page(
        "subsidies/directory.html",
        section="hebergements",
        found=found,
        wanted=wanted,
        whole=len(places),
        choices=_choices(found, wanted, {place.commune: place.commune_name for place in places}),
        labels=CATEGORY_LABELS,
        classification=classification,
        links=_links(found, wanted),
        licence=LICENCE,
        licence_url=LICENCE_URL,
        office=stores.office(),
    )


@bp.route(DIRECTORY + ".csv", methods=["GET"])
@view
def download_classified() -> Response:
    """The whole list as CSV, under an open licence."""
    from chalicelib.subsidies.open_directory import as_csv

    answer = pages.download(
        as_csv(overview.classified_places(), stores.office().name), CSV, "hebergements-classes.csv"
    )
    answer.headers["Cache-Control"] = A_MINUTE
    return answer


@bp.route(API, methods=["GET"])
@view
def list_classified_api() -> Response:
    """The whole list as JSON, under an open licence."""
    from chalicelib.subsidies.open_directory import as_json

    document = as_json(overview.classified_places(), stores.office().name)
    return Response(document, headers={"Cache-Control": A_MINUTE})


def _choices(found: Found, wanted: Wanted, communes: Mapping[str, str]) -> dict[str, list[Choice]]:
    """What can be chosen, with how many it would find; what would find nothing is left out, unless it was chosen."""
    by_name = dict(sorted(communes.items(), key=lambda pair: plain(pair[1])))
    return {
        COMMUNE: _counted(by_name, found.communes, wanted.commune),
        KIND: _counted(CATEGORY_LABELS, found.categories, wanted.category),
        STARS: _counted(STAR_LABELS, found.levels, wanted.level),
    }


def _counted(labels: Mapping[str, str], counts: Mapping[str, int], chosen: str) -> list[Choice]:
    return [
        Choice(value, f"{label} ({french_integer(counts.get(value, 0))})")
        for value, label in labels.items()
        if counts.get(value) or value == chosen
    ]


def _links(found: Found, wanted: Wanted) -> dict[str, str]:
    return {
        name: url(f"{DIRECTORY}?{urlencode({**wanted.query, PAGE: number})}")
        for name, number in found.page.around.items()
    }
