"""The partners as the observatory knows them: lodgings, and what they can take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from chalicelib.observatory.model import Establishment
from chalicelib.observatory.naming import Named
from chalicelib.observatory.sending import PARTNER, Reader
from chalicelib.office.categories import LODGING_CATEGORIES

ACTIVE = "active"


class PartnerFiles(Protocol):
    """The partnerships, as their own room keeps them."""

    def list_in_status(self, status: Any) -> Sequence[Any]:
        """Those in this status."""


@dataclass(frozen=True)
class FiledLodgings:
    """The lodgings among the active partners of the office."""

    files: PartnerFiles

    def list_active(self) -> list[Establishment]:
        """Each lodging with the units that it told of: one that told none cannot be counted."""
        found = (lodging_of(file.id, file.email, file.answers) for file in self.files.list_in_status(ACTIVE))
        return [one for one in found if one is not None]

    def names(self) -> list[Named]:
        """What files may call these lodgings: the reference of the partnership, the SIRET, the name."""
        return [
            Named(file.id, (file.reference, file.siret, str(file.answers.get("business_name", ""))))
            for file in self.files.list_in_status(ACTIVE)
            if file.answers.get("category") in LODGING_CATEGORIES
        ]

    def list_phones(self) -> dict[str, str]:
        """The telephone numbers of active partners, by their identifiers."""
        return {file.id: str(file.answers.get("phone", "")) for file in self.files.list_in_status(ACTIVE)}


@dataclass(frozen=True)
class FiledReaders:
    """Those of the active partners who are told of reports: all of them."""

    files: PartnerFiles

    def list_readers(self) -> list[Reader]:
        """Every active partner; a lodging has a position of its own."""
        return [_reader(file) for file in self.files.list_in_status(ACTIVE)]


def _reader(file: Any) -> Reader:
    lodging = lodging_of(file.id, file.email, file.answers)
    return Reader(file.email, PARTNER, lodging.id if lodging else "", lodging.category if lodging else "")


def lodging_of(partner_id: str, email: str, answers: Mapping[str, Any]) -> Establishment | None:
    """The lodging of a partner; None for who lodges nobody."""
    category, units = str(answers.get("category", "")), int(answers.get("capacity_units") or 0)
    if category not in LODGING_CATEGORIES or units < 1:
        return None
    return Establishment(
        id=partner_id,
        name=str(answers["business_name"]),
        email=email,
        category=category,
        commune=str(answers.get("commune", "")),
        units=units,
        persons=int(answers.get("capacity_persons") or 0),
        stars=int(answers.get("star_rating") or 0),
    )
