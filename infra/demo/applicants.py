"""Who applies for a partnership, with which answers, and how that ends: the same people each time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from stdnum import luhn

from chalicelib.office.model import Office
from infra.demo.lodgings import Lodging, lodgings

LODGINGS_PERCENT = 92
PRIVATE = {"furnished_rental", "guest_house"}
"""Those that people let who are no company."""
FIRST_SIREN = 81_500_000


class End(StrEnum):
    """How far an application gets."""

    PARTNER = "partner"
    UNCONFIRMED = "unconfirmed"
    UNREAD = "unread"
    IN_CORRECTION = "in_correction"
    REFUSED = "refused"
    UNPAID = "unpaid"


ENDS = {4: End.IN_CORRECTION, 8: End.REFUSED, 12: End.UNPAID, 15: End.UNREAD, 17: End.UNCONFIRMED}
"""Of forty applications the ones that do not lead to a partnership."""
OTHERS = (
    ("restaurant", "La Table des Meuniers"), ("activity", "Accompagnateurs du Vallon"),
    ("producer", "Fromagerie des Sonnailles"), ("visitor_site", "Musée de la Noix et du Bois"),
    ("shop", "Librairie du Marché"), ("restaurant", "Auberge du Pas de l’Ours"), ("activity", "Vélos de la Halle"),
    ("service", "Taxi des Deux Rives"), ("producer", "Miellerie des Trois Tilleuls"),
    ("restaurant", "Crêperie Blé Noir"), ("activity", "École de parapente Plein Sud"), ("shop", "Cave du Clocher"),
)  # fmt: skip
"""Partners who let no beds: those who fill in the form page by page."""


@dataclass(frozen=True)
class Applicant:
    """One application: `answers` as the API takes them; `lodging` is None for who lets no beds."""

    key: str
    answers: dict[str, Any]
    end: End
    lodging: Lodging | None = None

    @property
    def email(self) -> str:
        """Where the mails go."""
        return str(self.answers["email"])

    @property
    def name(self) -> str:
        """What the public calls the place."""
        return str(self.answers["business_name"])


def applicants(count: int, office: Office, on: date) -> tuple[list[Applicant], list[Applicant]]:
    """So many of them: the lodgings, and the others."""
    beds = max(1, count * LODGINGS_PERCENT // 100)
    communes = [commune.insee for commune in office.communes]
    panel = [_letting(one, office, on) for one in lodgings(beds, communes)]
    return panel, list(_others(min(count - beds, len(OTHERS)), office))


def siret(number: int) -> str:
    """A well-formed number of an undertaking that does not exist."""
    siren = str(FIRST_SIREN + number)
    siren += luhn.calc_check_digit(siren)
    return f"{siren}0001{luhn.calc_check_digit(f'{siren}0001')}"


def _letting(lodging: Lodging, office: Office, on: date) -> Applicant:
    first, last = lodging.first_name, lodging.last_name
    answers = {
        **_person(first, last, lodging.email, lodging.number),
        **_structure(lodging.name, lodging.number, is_private=lodging.category in PRIVATE),
        **_place(lodging.commune, office),
        "category": lodging.category, "capacity_units": lodging.units, "capacity_persons": lodging.persons,
        "star_rating": lodging.stars, "pack": office.packs[0].id,
    }  # fmt: skip
    if lodging.stars:
        answers["classified_until"] = f"{on.year + 2}-12-31"
    if lodging.category == "furnished_rental":
        answers["registration_number"] = f"{lodging.commune}{lodging.number:08d}"
    end = ENDS.get((lodging.number - 1) % 40, End.PARTNER)
    return Applicant(f"demo-lodging-{lodging.number}", answers, end, lodging)


def _others(count: int, office: Office) -> Iterator[Applicant]:
    for number, (category, name) in enumerate(OTHERS[:count], 1):
        answers = {
            **_person("Camille", "Durand", f"partenaire{number:02d}@example.org", 900 + number),
            **_structure(name, 900 + number, is_private=False),
            **_place(office.communes[number % len(office.communes)].insee, office),
            "category": category, "pack": office.packs[0].id,
        }  # fmt: skip
        yield Applicant(f"demo-other-{number}", answers, End.PARTNER)


def _person(first: str, last: str, email: str, number: int) -> dict[str, Any]:
    return {
        "first_name": first, "last_name": last, "email": email, "phone": f"+3346571{number:04d}",
        "consent_terms": True, "consent_publication": number % 3 > 0, "consent_newsletter": number % 2 > 0,
    }  # fmt: skip


def _structure(name: str, number: int, *, is_private: bool) -> dict[str, Any]:
    if is_private:
        return {"business_name": name, "legal_nature": "individual"}
    official = {"siret": siret(number), "legal_name": f"SARL {name}"}
    return {"business_name": name, "legal_nature": "company", **official}


def _place(insee: str, office: Office) -> dict[str, Any]:
    commune = office.commune(insee)
    postcodes = commune.postcodes if commune else ()
    return {"address": "12 route du Village", "postcode": postcodes[0], "commune": insee}
