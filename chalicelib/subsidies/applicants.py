"""The partners as the aid knows them: who may apply, with what the office knows already."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from chalicelib.kernel.errors import RuleBroken
from chalicelib.office.categories import LODGING_CATEGORIES
from chalicelib.subsidies.model import Beneficiary
from chalicelib.subsidies.request import SIREN_LENGTH


class NoLodgingPartner(RuleBroken):
    """The person is no active partner with an accommodation."""

    def __init__(self) -> None:
        super().__init__(
            "L’aide est réservée aux hébergements partenaires de l’office. "
            "Si le vôtre l’est, connectez-vous avec l’adresse de votre dossier de partenariat."
        )


@dataclass(frozen=True)
class Partner:
    """A partner's record; `active_until` is None for who is not, or no longer, active."""

    id: str
    email: str
    contact_name: str
    business_name: str
    category: str
    active_until: date | None
    answers: Mapping[str, Any]

    @property
    def may_apply(self) -> bool:
        """Whether it is an active partner with an accommodation."""
        return self.active_until is not None and self.category in LODGING_CATEGORIES

    @property
    def owners(self) -> frozenset[str]:
        """The names under which the register may have the partner: its SIREN, if it has one, and its record."""
        siren = str(self.answers.get("siret", ""))[:SIREN_LENGTH]
        return frozenset(filter(None, (siren, f"partner:{self.id}")))

    @property
    def beneficiary(self) -> Beneficiary:
        """What an aid file keeps of the partner."""
        return Beneficiary(self.id, self.email, self.contact_name, self.business_name)


class PartnerBook(Protocol):
    """The partners of the office."""

    def find(self, partner_id: str) -> Partner | None:
        """The partner, or None."""

    def list_of(self, email: str) -> list[Partner]:
        """The partners of an address, newest first."""

    def list_active(self) -> list[Partner]:
        """Those whose partnership is active; it may lag behind."""


COPIED = (
    "category", "address", "postcode", "commune", "registration_number", "capacity_units", "capacity_persons",
    "star_rating", "classified_until", "first_name", "last_name", "phone", "legal_nature", "legal_name", "siret",
)  # fmt: skip
"""What the application form takes over from the partnership, to be corrected there."""


def prefilled(partner: Partner) -> dict[str, Any]:
    """The answers that the office knows already."""
    known = {name: partner.answers[name] for name in COPIED if name in partner.answers}
    return {
        **known,
        "establishment_name": partner.business_name,
        "partner_id": partner.id,
        "email": partner.email,
    }
