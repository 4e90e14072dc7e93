"""The classified accommodations of the office's partners: proved by an aid file, or declared by the partner."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from chalicelib.office.categories import CATEGORY_LABELS, LODGING_CATEGORIES
from chalicelib.subsidies.applicants import Partner
from chalicelib.subsidies.classification import Classification
from chalicelib.subsidies.eligibility import REFERENCE_CATEGORY
from chalicelib.subsidies.model import Subsidy
from chalicelib.subsidies.own_names import is_own_name, plain
from chalicelib.subsidies.statuses import SPENT, Status

PROVED = (Status.CLASSIFIED, Status.PAYMENT_APPROVED, Status.PAYMENT_ORDERED, Status.PAYMENT_FAILED, *SPENT)
"""The office has seen the decision of classification, and nobody has come back to it."""
Proof = tuple[Subsidy, Classification]
"""A file with what was decided by it."""


@dataclass(frozen=True)
class ClassifiedPlace:
    """What anybody may know of a classified accommodation: what its trade shows, and nothing of a person.

    `level` in stars, 0 where there are none; `commune` is the INSEE code; `capacity_persons` and `website` may be
    unknown. It counts to the end of `expires_on`.
    """

    name: str
    category: str
    commune: str
    commune_name: str
    level: int
    capacity_persons: int
    expires_on: date
    website: str = ""
    is_proved: bool = False

    @property
    def is_reference(self) -> bool:
        """Whether it is a Chambre d’hôtes référence: such rooms have no stars."""
        return self.category == REFERENCE_CATEGORY


@dataclass(frozen=True)
class Listed:
    """A place of the directory with the partner who holds it, for the office alone."""

    place: ClassifiedPlace
    partner: Partner


class ActivePartners(Protocol):
    """The partners of the office."""

    def list_active(self) -> list[Partner]:
        """Those who are active."""


class ClassifiedFiles(Protocol):
    """The aid files."""

    def list_in_status(self, status: Status) -> list[Subsidy]:
        """The files in this status; it may lag behind."""


@dataclass(frozen=True)
class Directory:
    """Puts the list together; `commune_name` says the name of an INSEE code, or nothing."""

    partners: ActivePartners
    files: ClassifiedFiles
    commune_name: Callable[[str], str]

    def list_all(self, on: date) -> list[Listed]:
        """What is classified on that day, by commune, then by name."""
        proofs = _proofs(file for status in PROVED for file in self.files.list_in_status(status))
        active = [one for one in self.partners.list_active() if one.active_until and one.active_until >= on]
        found = (
            Listed(place, partner)
            for partner in active
            for place in self._places(partner, proofs.get(partner.id, ()))
            if place.expires_on >= on
        )
        return sorted(found, key=_turn)

    def _places(self, partner: Partner, proofs: Iterable[Proof]) -> list[ClassifiedPlace]:
        """Each accommodation that was proved; what the partner declared, where nothing was."""
        proved = [self._proved(file, decided, partner) for file, decided in _latest(proofs)]
        declared = self._declared(partner)
        return proved or ([declared] if declared else [])

    def _proved(self, file: Subsidy, decided: Classification, partner: Partner) -> ClassifiedPlace:
        request = file.request
        return ClassifiedPlace(
            name=_public_name(str(file.answers["establishment_name"]), request.category, partner),
            category=request.category,
            commune=request.commune,
            commune_name=self.commune_name(request.commune),
            level=0 if request.category == REFERENCE_CATEGORY else decided.level,
            capacity_persons=decided.capacity_persons,
            expires_on=decided.expires_on,
            website=str(partner.answers.get("website") or ""),
            is_proved=True,
        )

    def _declared(self, partner: Partner) -> ClassifiedPlace | None:
        """What a partner said at the beginning; rooms of a host cannot be classified but by a proof."""
        told, category, commune = partner.answers, partner.category, str(partner.answers.get("commune", ""))
        stars, until = int(told.get("star_rating") or 0), told.get("classified_until")
        if category not in LODGING_CATEGORIES - {REFERENCE_CATEGORY} or not stars or not until:
            return None
        return ClassifiedPlace(
            name=_public_name(partner.business_name, category, partner),
            category=category,
            commune=commune,
            commune_name=self.commune_name(commune),
            level=stars,
            capacity_persons=int(told.get("capacity_persons") or 0),
            expires_on=date.fromisoformat(until),
            website=str(told.get("website") or ""),
        )


def _proofs(files: Iterable[Subsidy]) -> dict[str, list[Proof]]:
    """The files with a classification, by partner."""
    found: dict[str, list[Proof]] = {}
    for file in files:
        if file.classification:
            found.setdefault(file.beneficiary.partner_id, []).append((file, file.classification))
    return found


def _latest(proofs: Iterable[Proof]) -> Iterable[Proof]:
    """The newest decision about each accommodation."""
    by_age = sorted(proofs, key=lambda proof: proof[1].decided_on)
    return {file.units: (file, decided) for file, decided in by_age}.values()


def _public_name(name: str, category: str, partner: Partner) -> str:
    """The name on the door; the kind of accommodation where that is nothing but the host's own name."""
    return CATEGORY_LABELS[category] if is_own_name(name, partner.contact_name) else name


def _turn(listed: Listed) -> tuple[str, str]:
    return plain(listed.place.commune_name), plain(listed.place.name)


def stars_in_words(level: int) -> str:
    """`1 étoile`, `3 étoiles`."""
    return f"{level}\u00a0étoile{'s' if level > 1 else ''}"
