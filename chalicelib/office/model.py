"""The office as its file describes it: identity, territory, people, packs, delays and wording."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from chalicelib.office.categories import CATEGORIES, CATEGORY_LABELS, LODGING_CATEGORIES
from chalicelib.office.observatory import NoObservatory, ObservatoryRules
from chalicelib.office.people import ROLES, Approver, Deputy, NobodyToAsk, Person, Staff
from chalicelib.office.periods import Period
from chalicelib.office.privacy import Privacy, Purpose
from chalicelib.office.schemes import NoScheme, Subsidies
from chalicelib.office.tariffs import CapacityNeeded, FeeRules, FeeStep, NoSuchPack, Pack, total
from chalicelib.office.territory import Commune, Sector
from chalicelib.office.trainings import NoTrainings, TrainingRules
from chalicelib.office.words import WORDS_BY_LEGAL_MODE, Words

__all__ = [
    "CATEGORIES", "CATEGORY_LABELS", "LODGING_CATEGORIES", "ROLES", "STEPS", "Approver", "Benefit",
    "CapacityNeeded", "Commune", "Delays", "Deputy", "Document", "FeeRules", "FeeStep", "LegalMode",
    "NoSuchPack", "NobodyToAsk", "ObservatoryRules", "Office", "Pack", "Period", "Person", "Privacy", "Purpose",
    "Sector", "Subsidies", "TrainingRules", "Words",
]  # fmt: skip

LegalMode = Literal["adhesion", "paid_partnership", "free"]

STEPS = (
    "membership", "payment",
    "subsidy_check", "subsidy_award", "subsidy_second_approval", "subsidy_proofs", "subsidy_payment",
    "training_publication", "training_registration", "training_minimum",
    "report_review", "report_approval",
)  # fmt: skip
"""The questions asked to the staff; the file says which role answers each."""

USUAL_ROLES = MappingProxyType({"report_review": "observatory"})
"""Who answers where the file does not say, if somebody has the role; for the other steps it is the direction."""

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Delays:
    """How long things wait. Days are calendar days, working days skip week-ends and public holidays.

    All count from the beginning of the wait: a draft is purged `draft_purge_days` after its last
    change, and its author is told so after `draft_notice_days`. A file that ended without a partnership
    or an aid is purged `closed_file_purge_days` after its end; None, never, in a version loaded before that was asked.
    The file of an aid that was paid is kept for `paid_aid_kept_years` from the end of the year in which it was closed,
    the account that it was paid to for `bank_details_kept_months` from the payment.
    """

    draft_notice_days: int
    draft_purge_days: int
    confirmation_days: int
    decision_reminder_working_days: tuple[int, ...]
    decision_escalation_working_days: int
    decision_expiry_working_days: int
    correction_reminder_days: int
    correction_days: int
    payment_reminder_days: int
    payment_days: int
    closed_file_purge_days: int | None = None
    paid_aid_kept_years: int = 10
    bank_details_kept_months: int = 13


@dataclass(frozen=True)
class Benefit:
    """Something the office does for its partners, shown on /adhesion."""

    title: str
    text: str


@dataclass(frozen=True)
class Document:
    """A paper to have ready before filling in the form; no category means everybody."""

    name: str
    hint: str
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Office:
    """One tourist office at one version of its file. Days are days in Paris, amounts integer cents."""

    slug: str
    version: int
    name: str
    legal_name: str
    legal_form: str
    siren: str
    legal_mode: LegalMode
    email: str
    phone: str
    address: str
    website: str
    terms_url: str
    opening_hours: tuple[str, ...]
    accent_color: str
    logo: str | None
    sender_name: str
    reply_to: str
    privacy: Privacy
    territory_name: str
    communes: tuple[Commune, ...]
    sectors: tuple[Sector, ...]
    outside_territory: Literal["accept", "refuse"]
    outside_territory_sentence: str
    people: tuple[Person, ...]
    deputies: tuple[Deputy, ...]
    approvals: Mapping[str, str]
    benefits: tuple[Benefit, ...]
    documents: tuple[Document, ...]
    packs: tuple[Pack, ...]
    fee_rules: FeeRules
    delays: Delays
    subsidies: Subsidies | None = None
    trainings: TrainingRules | None = None
    observatory: ObservatoryRules | None = None

    @property
    def aid(self) -> Subsidies:
        """The aid to classification. Raises `NoScheme` where the office has none."""
        if self.subsidies is None:
            raise NoScheme("L’office n’a pas d’aide au classement.")
        return self.subsidies

    @property
    def training_rules(self) -> TrainingRules:
        """What the office decides about trainings. Raises `NoTrainings` where it holds none."""
        if self.trainings is None:
            raise NoTrainings("L’office n’organise pas de formations en ligne.")
        return self.trainings

    @property
    def observatory_rules(self) -> ObservatoryRules:
        """What the office decides about season reports. Raises `NoObservatory` where it makes none."""
        if self.observatory is None:
            raise NoObservatory("L’office ne publie pas de bilans de saison.")
        return self.observatory

    @property
    def words(self) -> Words:
        """The wording that goes with the legal mode."""
        return WORDS_BY_LEGAL_MODE[self.legal_mode]

    @property
    def dpo_email(self) -> str:
        """Where to write about personal data."""
        return self.privacy.dpo_email

    @property
    def phone_uri(self) -> str:
        """The telephone as the address of a link, such as `tel:+33465710012`."""
        digits = "".join(character for character in self.phone if character.isdigit())
        return "tel:+" + (digits if digits.startswith("33") else "33" + digits.removeprefix("0"))

    @property
    def staff(self) -> Staff:
        """The people with their deputies."""
        return Staff(self.people, self.deputies)

    def approver(self, role: str, on: date, excluding: frozenset[str] = _NONE) -> Approver:
        """Who decides for `role` that day; `excluding` are e-mails that may not. Raises NobodyToAsk."""
        return self.staff.approver(role, on, excluding)

    def approver_for(self, step: str, on: date, excluding: frozenset[str] = _NONE) -> Approver:
        """Who decides at a step of STEPS that day. Raises NobodyToAsk."""
        return self.approver(self.role_for(step), on, excluding)

    def role_for(self, step: str) -> str:
        """The role that answers at a step of STEPS; in a file that does not say, the usual one or the direction."""
        usual = USUAL_ROLES.get(step, "director")
        return self.approvals.get(step) or (usual if self.staff.holders(usual) else "director")

    def deputy(
        self, role: str, on: date, excluding: frozenset[str] = _NONE, asked: frozenset[str] = _NONE
    ) -> Approver | None:
        """Who is asked when those `asked`, by default the approver, do not answer; never one of them."""
        return self.staff.escalation(role, on, excluding, asked)

    def deputy_for(self, step: str, on: date, excluding: frozenset[str] = _NONE) -> Approver | None:
        """Who is asked at a step of STEPS when the approver does not answer."""
        return self.deputy(self.role_for(step), on, excluding)

    def person_by_email(self, email: str) -> Person | None:
        """The staff member with that address; letter case does not count."""
        wanted = email.strip().casefold()
        return next((person for person in self.people if person.email.casefold() == wanted), None)

    def communes_with_postcode(self, postcode: str) -> tuple[Commune, ...]:
        """The communes of the territory that share the postcode, by name."""
        found = [commune for commune in self.communes if postcode in commune.postcodes]
        return tuple(sorted(found, key=lambda commune: commune.name))

    def commune(self, insee: str) -> Commune | None:
        """The commune of the territory with that INSEE code, which is not a postcode."""
        return next((commune for commune in self.communes if commune.insee == insee), None)

    def documents_for(self, category: str) -> tuple[Document, ...]:
        """The papers that a partner of that category has to have ready."""
        return tuple(d for d in self.documents if not d.categories or category in d.categories)

    def pack(self, pack_id: str) -> Pack:
        """The pack with that id. Raises NoSuchPack."""
        for pack in self.packs:
            if pack.id == pack_id:
                return pack
        raise NoSuchPack("Cette formule n’existe pas\u00a0: choisissez-en une dans la liste.")

    def packs_for(self, category: str, on: date) -> tuple[Pack, ...]:
        """The packs offered to the category on that day."""
        return tuple(pack for pack in self.packs if pack.tariff(category, on))

    def fee_steps(
        self,
        pack_id: str,
        category: str,
        capacity_units: int | None,
        on: date,
        *,
        outside_territory: bool = False,
    ) -> tuple[FeeStep, ...]:
        """The fee line by line, for who joins on that day. Raises NoSuchPack or CapacityNeeded."""
        tariff = self.pack(pack_id).tariff(category, on)
        if tariff is None:
            raise NoSuchPack(
                "Cette formule n’est pas proposée à votre activité\u00a0: choisissez-en une autre."
            )
        if self.legal_mode == "free":
            return (FeeStep("Partenariat gratuit", 0),)
        steps = tariff.steps(category, capacity_units)
        return self.fee_rules.adjusted(steps, on, outside_territory=outside_territory)

    def fee_cents(
        self,
        pack_id: str,
        category: str,
        capacity_units: int | None,
        on: date,
        *,
        outside_territory: bool = False,
    ) -> int:
        """The fee in integer cents: the sum of `fee_steps`."""
        return total(
            self.fee_steps(pack_id, category, capacity_units, on, outside_territory=outside_territory)
        )

    def covered_period(self, on: date) -> Period:
        """The days that the fee of someone who joins that day covers."""
        return self.fee_rules.covered(on)
