"""What an application asks for, read from the answers of its form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.subsidies.amounts import Spending
from chalicelib.subsidies.de_minimis import PastAid

Answers = Mapping[str, Any]
SIREN_LENGTH = 9
YES = "yes"
OFFICE = "office"


@dataclass(frozen=True)
class Request:
    """An application as the rules read it. `classified_until` is the end of a classification that is there now.

    `sirens` are the applicant's own and those of the companies that form one undertaking with it; `units` are the
    identifiers of the accommodations, of which there may be fewer than `unit_count`.
    """

    category: str
    commune: str
    units: tuple[str, ...]
    unit_count: int
    spending: Spending
    siret: str = ""
    linked_sirens: tuple[str, ...] = ()
    classified_until: date | None = None
    visit_ordered_on: date | None = None
    declared_aids: tuple[PastAid, ...] = ()
    is_inspected_by_office: bool = False

    @property
    def siren(self) -> str:
        """The applicant's own SIREN, or the empty string of a private person."""
        return self.siret[:SIREN_LENGTH]


def request_of(answers: Answers) -> Request:
    """The request that valid answers make."""
    return Request(
        category=str(answers["category"]),
        commune=str(answers["commune"]),
        units=_units(answers),
        unit_count=int(answers.get("unit_count", 1)),
        spending=spending_of(answers),
        siret=str(answers.get("siret", "")),
        linked_sirens=_linked(answers),
        classified_until=_day(answers.get("classified_until")),
        visit_ordered_on=_day(answers.get("visit_ordered_on")),
        declared_aids=_declared(answers),
        is_inspected_by_office=answers.get("evaluator") == OFFICE,
    )


def spending_of(answers: Answers) -> Spending:
    """What the visit costs, and what others pay of it."""
    others = answers.get("public_aids", ()) if answers.get("has_public_aid") == YES else ()
    return Spending(
        excl_vat=int(answers["excl_vat_cents"]),
        incl_vat=int(answers["incl_vat_cents"]),
        recovers_vat=answers.get("recovers_vat") == YES,
        excluded_excl_vat=int(answers.get("excluded_excl_vat_cents", 0)),
        other_public_aid=sum(int(row["cents"]) for row in others),
    )


def _units(answers: Answers) -> tuple[str, ...]:
    """The registration numbers, each once; a hotel or a camp site is known by its SIRET."""
    numbers = (answers.get("registration_number", ""), *_texts(answers.get("other_registration_numbers")))
    return tuple(dict.fromkeys(filter(None, numbers))) or tuple(filter(None, (answers.get("siret", ""),)))


def _texts(listed: str | None) -> list[str]:
    return [each.strip() for each in (listed or "").split(",")]


def _linked(answers: Answers) -> tuple[str, ...]:
    rows = answers.get("linked_companies", ()) if answers.get("has_linked_companies") == YES else ()
    return tuple(str(row["siren"]) for row in rows)


def _declared(answers: Answers) -> tuple[PastAid, ...]:
    rows = answers.get("de_minimis_aids", ()) if answers.get("has_de_minimis") == YES else ()
    return tuple(
        PastAid(date.fromisoformat(row["granted_on"]), int(row["cents"]), str(row["giver"])) for row in rows
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
