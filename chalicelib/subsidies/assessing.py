"""What the rules say of an aid file on a day: gathers what is known beside it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from chalicelib.office.model import Office
from chalicelib.office.schemes import Scheme, Subsidies
from chalicelib.subsidies.applicants import PartnerBook
from chalicelib.subsidies.de_minimis import PastAid
from chalicelib.subsidies.eligibility import Assessment, Background, assess
from chalicelib.subsidies.envelope import Envelope, Queue
from chalicelib.subsidies.model import Subsidy
from chalicelib.subsidies.request import Request
from chalicelib.subsidies.statuses import Status


class Aids(Protocol):
    """Aids of this office as they were read."""

    @property
    def by_owner(self) -> Mapping[str, tuple[PastAid, ...]]:
        """By owner."""

    @property
    def seen(self) -> Mapping[str, int]:
        """How often each owner's register had changed."""

    @property
    def all(self) -> tuple[PastAid, ...]:
        """Of all owners."""


class Register(Protocol):
    """The register of this office's own aids."""

    def read(self, owners: Iterable[str], without: str = "") -> Aids:
        """The aids of these owners, without those of one file."""


class Money(Protocol):
    """The envelopes and the queue."""

    def find_year(self, year: int) -> Envelope | None:
        """The year's envelope, or None before the first award of the year."""

    def queue(self) -> Queue:
        """Who waits, all together."""


class Holders(Protocol):
    """Who holds which accommodation."""

    def find_holder(self, units: tuple[str, ...], on: date) -> Subsidy | None:
        """A file that holds one of these accommodations on that day, or None."""


@dataclass(frozen=True)
class Assessed:
    """What the rules say of a file, and the register as it stood for that."""

    assessment: Assessment
    seen: Mapping[str, int]


@dataclass(frozen=True)
class Assessor:
    """Applies the scheme that a file was sent under; budgets and European ceilings are today's."""

    partners: PartnerBook
    register: Register
    money: Money
    holders: Holders
    office: Callable[[], Office]
    office_at: Callable[[int], Office]

    def assess(self, subsidy: Subsidy, on: date) -> Assessed:
        """What the rules say of the file on that day."""
        owners = [subsidy.owner, *subsidy.request.linked_sirens]
        aids = self.register.read(owners, without=subsidy.id)
        known = self._background(subsidy, on, aids, self._other_file(subsidy, on))
        return Assessed(assess(subsidy.request, known), aids.seen)

    def preview(self, subsidy: Subsidy, on: date) -> Assessment:
        """What its author may read of that before the file is sent.

        Anybody may type the number of another company: what that one asked for, or was given, is left out.
        """
        partner = self.partners.find(subsidy.beneficiary.partner_id)
        is_own = partner is not None and subsidy.owner in partner.owners
        aids = self.register.read([subsidy.owner] if is_own else [])
        holder = self.holders.find_holder(subsidy.units, on)
        other_file = holder.reference if holder and holder.email == subsidy.email else ""
        return assess(subsidy.request, self._background(subsidy, on, aids, other_file))

    def _background(self, subsidy: Subsidy, on: date, aids: Aids, other_file: str) -> Background:
        office, request = self.office(), subsidy.request
        return Background(
            on=on,
            scheme=self.scheme_of(subsidy),
            partner_until=self._partner_until(subsidy),
            commune_name=self._commune_name(request, office),
            free_cents=self._free_cents(office, on),
            waiting_before=0 if subsidy.status is Status.AWAITING_BUDGET else self.money.queue().waiting,
            de_minimis=office.subsidies.de_minimis if office.subsidies else (),
            granted=aids.by_owner.get(subsidy.owner, ()),
            past_aids=aids.all,
            other_file=other_file,
            missing=self._missing(subsidy),
            pivot=subsidy.complete_on,
        )

    def rules_of(self, subsidy: Subsidy) -> Subsidies:
        """The office's aids as the file was sent under. Raises `NoScheme`."""
        return self.office_at(subsidy.office_version).aid

    def scheme_of(self, subsidy: Subsidy) -> Scheme:
        """The scheme that the file was sent under. Raises `NoScheme`."""
        return self.rules_of(subsidy).scheme(subsidy.scheme_id)

    def _partner_until(self, subsidy: Subsidy) -> date | None:
        partner = self.partners.find(subsidy.beneficiary.partner_id)
        return partner.active_until if partner else None

    def _commune_name(self, request: Request, office: Office) -> str:
        commune = office.commune(request.commune)
        return commune.name if commune else ""

    def _free_cents(self, office: Office, on: date) -> int:
        envelope = self.money.find_year(on.year)
        voted = office.subsidies.envelope_cents(on.year) if office.subsidies else 0
        return envelope.free if envelope else voted

    def _other_file(self, subsidy: Subsidy, on: date) -> str:
        holder = self.holders.find_holder(subsidy.units, on)
        return holder.reference if holder and holder.id != subsidy.id else ""

    def _missing(self, subsidy: Subsidy) -> tuple[str, ...]:
        joined = {document.kind for document in subsidy.documents}
        asked = self.rules_of(subsidy).documents_for(subsidy.request.category, "application")
        return tuple(one.name for one in asked if one.required and one.kind not in joined)
