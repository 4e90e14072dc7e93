"""The tariffs of an office file: one per pack, category and day; something to offer to everyone today."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise
from typing import Any

from chalicelib.office.building import day_of_year, tariff
from chalicelib.office.categories import CATEGORIES, CATEGORY_LABELS
from chalicelib.office.checks_of_dates import no_overlap, ordered
from chalicelib.office.problems import Problem

Document = dict[str, Any]


def tariffs_are_sound(document: Document, on: date) -> Iterator[Problem]:
    """Packs are named once, their tariffs are dated in order and do not overlap, nobody is left out."""
    packs = document["packs"]
    ids = [pack["id"] for pack in packs]
    for index, pack in enumerate(packs):
        path = f"packs[{index}]"
        if pack["id"] in ids[:index]:
            yield Problem(f"{path}.id", "une autre formule a cet identifiant\u00a0: changez l’un des deux.")
        yield from ordered(f"{path}.tariffs", pack["tariffs"])
        yield from _one_tariff_a_day(f"{path}.tariffs", pack["tariffs"])
        yield from _bands(f"{path}.tariffs", pack["tariffs"])
        yield from _free_mode(f"{path}.tariffs", pack["tariffs"], document["identity"]["legal_mode"])
    yield from _everyone_has_a_pack(packs, on)


def fee_rules_are_sound(document: Document, _on: date) -> Iterator[Problem]:
    """Surcharges and reductions are dated in order; reductions come before the next year's campaign."""
    fees = document["fees"]
    surcharges, reductions = fees.get("surcharges", []), fees.get("part_year", [])
    yield from ordered("fees.surcharges", surcharges)
    yield from ordered("fees.part_year", reductions)
    yield from no_overlap("fees.surcharges", surcharges, "deux majorations le même jour")
    for day in sorted({rule["from_day"] for rule in reductions}):
        numbered = [(index, rule) for index, rule in enumerate(reductions) if rule["from_day"] == day]
        places, rules = zip(*numbered, strict=True)
        yield from no_overlap("fees.part_year", rules, "deux réductions pour le même jour", places)
    campaign = fees.get("next_year_from")
    for index, rule in enumerate(reductions):
        if campaign and day_of_year(rule["from_day"]) >= day_of_year(campaign):
            mend = "cette réduction viendrait après next_year_from, où le plein tarif s’applique\u00a0: avancez-la."
            yield Problem(f"fees.part_year[{index}].from_day", mend)


def _one_tariff_a_day(path: str, tariffs: list[Document]) -> Iterator[Problem]:
    for (first, one), (second, other) in combinations(enumerate(map(tariff, tariffs)), 2):
        shared = [category for category in one.categories if category in other.categories]
        if shared and one.period.overlaps(other.period):
            mend = f"vérifiez leurs dates ou retirez {', '.join(shared)} de l’un des deux"
            yield Problem(f"{path}[{second}]", f"vaut les mêmes jours que {path}[{first}] : {mend}.")


def _bands(path: str, tariffs: list[Document]) -> Iterator[Problem]:
    for index, rule in enumerate(tariffs):
        limits = [band.get("up_to") for band in rule.get("bands", [])]
        if not limits:
            continue
        if limits[-1] is not None:
            yield Problem(
                f"{path}[{index}].bands",
                "la dernière tranche ne doit pas avoir de limite\u00a0: retirez up_to.",
            )
        for place, (lower, upper) in enumerate(pairwise(limits[:-1]), start=1):
            if lower is not None and upper is not None and upper <= lower:
                mend = "cette limite doit dépasser celle de la tranche d’avant."
                yield Problem(f"{path}[{index}].bands[{place}].up_to", mend)
        for place, limit in enumerate(limits[:-1]):
            if limit is None:
                yield Problem(
                    f"{path}[{index}].bands[{place}].up_to",
                    "il manque la limite\u00a0: seule la dernière s’en passe.",
                )


def _free_mode(path: str, tariffs: list[Document], legal_mode: str) -> Iterator[Problem]:
    for index, rule in enumerate(tariffs):
        if legal_mode == "free" and rule["rule"] != "free":
            mend = (
                "le mode d’engagement est gratuit\u00a0: écrivez «\u00a0free\u00a0» et retirez les montants."
            )
            yield Problem(f"{path}[{index}].rule", mend)


def _everyone_has_a_pack(packs: list[Document], on: date) -> Iterator[Problem]:
    offered = {
        category
        for pack in packs
        for rule in map(tariff, pack["tariffs"])
        if rule.period.includes(on)
        for category in rule.categories
    }
    for category in CATEGORIES:
        if category not in offered:
            label = CATEGORY_LABELS[category]
            what = f"aucun tarif en vigueur le {on.isoformat()} pour «\u00a0{category}\u00a0» ({label})"
            mend = f"{what}\u00a0: ajoutez-en un."
            yield Problem("packs", mend)
