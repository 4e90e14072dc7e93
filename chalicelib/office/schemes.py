"""How the office helps its partners to have their accommodation classified: schemes, envelopes, legal numbers.

All of it is dated data of the office file. Amounts are integer cents, days are days in Paris.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from chalicelib.kernel.errors import RuleBroken
from chalicelib.office.periods import Period, in_force

Base = Literal["excl_vat", "incl_vat", "by_vat_status"]
"""What the rate applies to; `by_vat_status`: without VAT for who recovers it, with VAT for the others."""
Phase = Literal["application", "payment"]
WhenNotClassified = Literal["none", "half", "full"]


class NoScheme(RuleBroken):
    """No scheme of the office covers this kind of accommodation on that day."""


@dataclass(frozen=True)
class Scheme:
    """One dated rule of aid for some kinds of accommodation; a ceiling that is None does not exist.

    `eligible_ceiling_cents` bounds the spending that counts, the others bound the aid. A renewal is helped in the
    last `renewal_window_months` of the classification. `completion_months` count from the notification.
    """

    id: str
    name: str
    summary: str
    period: Period
    categories: tuple[str, ...]
    rate_percent: int
    base: Base
    completion_months: int
    renewal_window_months: int
    eligible_ceiling_cents: int | None = None
    file_ceiling_cents: int | None = None
    owner_year_ceiling_cents: int | None = None
    public_aid_cap_percent: int | None = None
    units_per_file: int = 1
    once_per_owner: bool = False
    engagement_years: int = 0
    extension_months: int = 0
    if_not_classified: WhenNotClassified = "none"
    excluded_spending: tuple[str, ...] = ()
    source_url: str = ""


@dataclass(frozen=True)
class YearEnvelope:
    """What the office may promise in one calendar year."""

    year: int
    amount_cents: int
    source_url: str = ""


@dataclass(frozen=True)
class DeMinimis:
    """The European ceiling of small aid to one single undertaking over `years` rolling years, date to date."""

    regulation: str
    ceiling_cents: int
    years: int
    period: Period
    source_url: str = ""


@dataclass(frozen=True)
class Validity:
    """How many years a classification that is decided in the period is good for."""

    years: int
    period: Period
    source_url: str = ""


@dataclass(frozen=True)
class AskedDocument:
    """A paper that an applicant joins in one phase; no category means everybody.

    `readers` are the roles that may open it; all who work on files where it names none.
    """

    kind: str
    name: str
    hint: str
    phase: Phase
    required: bool = True
    categories: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Payer:
    """The account that the office pays from."""

    name: str
    iban: str
    bic: str


@dataclass(frozen=True)
class Subsidies:
    """The office's aid to classification; an office without any has None of this."""

    siret: str
    schemes: tuple[Scheme, ...]
    envelopes: tuple[YearEnvelope, ...]
    de_minimis: tuple[DeMinimis, ...]
    validities: tuple[Validity, ...]
    documents: tuple[AskedDocument, ...]
    payer: Payer
    appeal: str
    lapse_reminder_days: tuple[int, ...]
    renewal_reminder_days: tuple[int, ...]
    second_approval_from_cents: int | None = None
    decisions_need_login: bool = False

    def scheme_for(self, category: str, on: date) -> Scheme:
        """The scheme for this kind of accommodation on that day. Raises `NoScheme`."""
        covering = (scheme for scheme in self.schemes if category in scheme.categories)
        found = in_force(covering, on)
        if found is None:
            raise NoScheme(
                "L’office n’a pas d’aide pour ce type d’hébergement en ce moment\u00a0: appelez-le pour en parler."
            )
        return found

    def scheme(self, scheme_id: str) -> Scheme:
        """The scheme with that identifier. Raises `NoScheme`."""
        for scheme in self.schemes:
            if scheme.id == scheme_id:
                return scheme
        raise NoScheme("Cette aide n’existe plus\u00a0: appelez l’office.")

    def envelope_cents(self, year: int) -> int:
        """What may be promised that year; 0 when nothing was voted."""
        return next((one.amount_cents for one in self.envelopes if one.year == year), 0)

    def documents_for(self, category: str, phase: Phase) -> tuple[AskedDocument, ...]:
        """The papers to join, in the order of the file."""
        asked = (one for one in self.documents if one.phase == phase)
        return tuple(one for one in asked if not one.categories or category in one.categories)

    def needs_second_approval(self, cents: int) -> bool:
        """Whether a second person decides on an aid of so much."""
        threshold = self.second_approval_from_cents
        return threshold is not None and cents >= threshold
