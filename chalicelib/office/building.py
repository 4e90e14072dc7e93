"""From the complete document of an office file to the Office. Pure: no library, no file."""

from collections.abc import Mapping
from typing import Any

from chalicelib.office.building_observatory import observatory_rules
from chalicelib.office.building_subsidies import subsidies
from chalicelib.office.building_trainings import training_rules
from chalicelib.office.model import Benefit, Commune, Delays, Deputy, Document, Office, Person, Sector
from chalicelib.office.periods import dated, period_of
from chalicelib.office.privacy import Privacy, Purpose
from chalicelib.office.tariffs import Band, FeeRules, Pack, PartYear, Surcharge, Tariff
from chalicelib.office.typography import typeset_all

Part = Mapping[str, Any]


def build(document: Part, version: int) -> Office:
    """The office of a complete document (its communes written out), with its texts typeset."""
    document = typeset_all(dict(document))
    return Office(
        slug=document["slug"],
        version=version,
        **_identity(document["identity"]),
        **document["mail"],
        **_territory(document["territory"]),
        people=tuple(person(each) for each in document["people"]),
        deputies=tuple(replacement(each) for each in document.get("deputies", ())),
        approvals=dict(document["approvals"]),
        benefits=tuple(Benefit(**each) for each in document["benefits"]),
        documents=tuple(_paper(each) for each in document["documents"]),
        packs=tuple(_pack(each) for each in document["packs"]),
        fee_rules=_fee_rules(document["fees"]),
        delays=_delays(document["delays"]),
        privacy=_privacy(document["privacy"]),
        subsidies=subsidies(document["subsidies"]) if "subsidies" in document else None,
        trainings=training_rules(document["trainings"]) if "trainings" in document else None,
        observatory=observatory_rules(document["observatory"]) if "observatory" in document else None,
    )


def day_of_year(text: str) -> tuple[int, int]:
    """`07-01` as (month, day)."""
    month, day = text.split("-")
    return int(month), int(day)


def tariff(part: Part) -> Tariff:
    """One dated tariff of a pack."""
    bands = tuple(Band(band.get("up_to"), band["amount_cents"]) for band in part.get("bands", ()))
    return Tariff(**{**dated(part), "categories": tuple(part["categories"]), "bands": bands})


def _identity(part: Part) -> dict[str, Any]:
    return {"logo": None, "terms_url": "", **part, "opening_hours": tuple(part["opening_hours"])}


def _territory(part: Part) -> dict[str, Any]:
    return {
        "territory_name": part["name"],
        "communes": tuple(Commune(c["insee"], c["name"], tuple(c["postcodes"])) for c in part["communes"]),
        "sectors": tuple(Sector(s["name"], tuple(s["communes"])) for s in part.get("sectors", ())),
        "outside_territory": part["outside"]["rule"],
        "outside_territory_sentence": part["outside"]["sentence"],
    }


def person(part: Part) -> Person:
    """One member of the staff."""
    return Person(**{**part, "roles": tuple(part["roles"])})


def replacement(part: Part) -> Deputy:
    """Who replaces whom, from one day to another."""
    return Deputy(part["person"], part["deputy"], period_of(part))


def _paper(part: Part) -> Document:
    return Document(part["name"], part["hint"], tuple(part.get("categories", ())))


def _pack(part: Part) -> Pack:
    tariffs = tuple(tariff(each) for each in part["tariffs"])
    return Pack(part["id"], part["name"], part["summary"], tuple(part["includes"]), tariffs)


def _fee_rules(part: Part) -> FeeRules:
    start = part.get("next_year_from")
    return FeeRules(
        surcharges=tuple(Surcharge(**dated(each)) for each in part.get("surcharges", ())),
        part_year=tuple(_part_year(each) for each in part.get("part_year", ())),
        next_year_from=day_of_year(start) if start else None,
        vat_note=part["vat_note"],
    )


def _part_year(part: Part) -> PartYear:
    return PartYear(**{**dated(part), "from_day": day_of_year(part["from_day"])})


def _delays(part: Part) -> Delays:
    return Delays(**{**part, "decision_reminder_working_days": tuple(part["decision_reminder_working_days"])})


def _privacy(part: Part) -> Privacy:
    return Privacy(**{**part, "purposes": tuple(Purpose(**each) for each in part["purposes"])})
