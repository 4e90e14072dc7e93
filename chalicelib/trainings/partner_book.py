"""The partners as this room knows them: who may register as one, and for which structure."""

from dataclasses import dataclass
from typing import Any, Protocol

from chalicelib.trainings.gate import Visitor
from chalicelib.trainings.model import Structure
from chalicelib.trainings.people import partner_key

ACTIVE = "active"


class PartnerFiles(Protocol):
    """The partnerships, as their own room keeps them."""

    def list_by_email(self, email: str) -> Any:
        """The partnerships of an address, newest first."""


@dataclass(frozen=True)
class Partner:
    """An active partner: the structure that people come for, and what the audience of a session is checked on."""

    structure: Structure
    visitor: Visitor


@dataclass(frozen=True)
class FiledPartners:
    """The active partners of the office."""

    files: PartnerFiles

    def find(self, email: str) -> Partner | None:
        """The active partner of an address, or None; an address holds one file at a time."""
        active = (file for file in self.files.list_by_email(email) if file.status == ACTIVE)
        return next(map(_partner, active), None)


def _partner(file: Any) -> Partner:
    structure = Structure(
        partner_key(file.id), file.business_name, file.email, file.contact_name, partner_id=file.id
    )
    visitor = Visitor(True, str(file.answers.get("category", "")), str(file.answers.get("commune", "")))
    return Partner(structure, visitor)
