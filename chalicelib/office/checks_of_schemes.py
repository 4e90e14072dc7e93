"""The aids of an office file: one scheme a day for each kind of accommodation, dated numbers in order."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise
from typing import Any

from chalicelib.office.building_subsidies import scheme
from chalicelib.office.categories import LODGING_CATEGORIES
from chalicelib.office.checks_of_dates import no_overlap, ordered
from chalicelib.office.checks_of_lists import each_once
from chalicelib.office.problems import Problem

Document = dict[str, Any]


def subsidies_are_sound(document: Document, _on: date) -> Iterator[Problem]:
    """What the `subsidies` section says goes together; nothing to say when there is none."""
    section = document.get("subsidies")
    if section is None:
        return
    yield from _schemes(section["schemes"])
    yield from _dated_numbers(section)
    yield from each_once("subsidies.envelopes", section["envelopes"], "year", "cette année figure deux fois")
    yield from each_once(
        "subsidies.documents", section["documents"], "kind", "une autre pièce a cet identifiant"
    )
    for name in ("lapse_reminder_days", "renewal_reminder_days"):
        if any(later >= earlier for earlier, later in pairwise(section[name])):
            mend = "écrivez les jours du plus lointain au plus proche, sans répétition."
            yield Problem(f"subsidies.{name}", mend)


def _schemes(schemes: list[Document]) -> Iterator[Problem]:
    yield from each_once("subsidies.schemes", schemes, "id", "une autre aide a cet identifiant")
    yield from ordered("subsidies.schemes", schemes)
    for index, one in enumerate(schemes):
        for place, category in enumerate(one["categories"]):
            if category not in LODGING_CATEGORIES:
                path = f"subsidies.schemes[{index}].categories[{place}]"
                yield Problem(path, "ce n’est pas un hébergement\u00a0: retirez cette catégorie.")
    for (first, this), (second, other) in combinations(enumerate(map(scheme, schemes)), 2):
        shared = [category for category in this.categories if category in other.categories]
        if shared and this.period.overlaps(other.period):
            mend = f"vérifiez leurs dates ou retirez {', '.join(shared)} de l’une des deux"
            yield Problem(
                f"subsidies.schemes[{second}]",
                f"vaut les mêmes jours que subsidies.schemes[{first}] : {mend}.",
            )


def _dated_numbers(section: Document) -> Iterator[Problem]:
    for name in ("de_minimis", "validities"):
        path = f"subsidies.{name}"
        yield from ordered(path, section[name])
        yield from no_overlap(path, section[name], "deux valeurs le même jour")
