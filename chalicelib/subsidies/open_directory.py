"""The directory as open data: the same facts as JSON and as CSV."""

from collections.abc import Iterable
from typing import Any

from chalicelib.office.categories import CATEGORY_LABELS
from chalicelib.subsidies.directory import ClassifiedPlace, stars_in_words
from chalicelib.web.spreadsheet import csv_text

LICENCE = "Licence Ouverte 2.0"
LICENCE_URL = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
COLUMNS = (
    "Nom", "Type", "Commune", "Code INSEE", "Étoiles", "Classement", "Capacité (personnes)", "Valable jusqu’au",
    "Site internet", "Justifié auprès de l’office", "Source", "Licence",
)  # fmt: skip


def as_json(places: Iterable[ClassifiedPlace], source: str) -> dict[str, Any]:
    """The document of the API; `source` is who publishes it."""
    rows = [_json(place) for place in places]
    return {
        "source": source, "licence": LICENCE, "licence_url": LICENCE_URL, "count": len(rows), "accommodations": rows,
    }  # fmt: skip


def as_csv(places: Iterable[ClassifiedPlace], source: str) -> str:
    """A line for each place, with who publishes it and under which licence."""
    return csv_text(COLUMNS, [(*_csv(place), source, LICENCE) for place in places])


def classification(place: ClassifiedPlace) -> str:
    """What it was classified as, in words: `3 étoiles`, `Chambre d’hôtes référence`, `classé sans étoile`."""
    if place.is_reference:
        return "Chambre d’hôtes référence"
    if not place.level:
        return "classé sans étoile"
    return stars_in_words(place.level)


def _json(place: ClassifiedPlace) -> dict[str, Any]:
    return {
        "name": place.name,
        "category": place.category,
        "commune": place.commune,
        "commune_name": place.commune_name,
        "stars": place.level or None,
        "capacity_persons": place.capacity_persons or None,
        "valid_until": place.expires_on.isoformat(),
        "website": place.website or None,
        "is_proved": place.is_proved,
    }


def _csv(place: ClassifiedPlace) -> tuple[str | int, ...]:
    return (
        place.name, CATEGORY_LABELS[place.category], place.commune_name, place.commune, place.level or "",
        classification(place), place.capacity_persons or "", f"{place.expires_on:%d/%m/%Y}", place.website,
        "oui" if place.is_proved else "non",
    )  # fmt: skip
