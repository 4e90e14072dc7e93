"""What the office decides about trainings and network events: themes, cancellations, funds, delays, retention.

All of it is data of the office file. Amounts are integer cents, days are days in Paris.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from chalicelib.kernel.errors import RuleBroken
from chalicelib.kernel.money import half_up
from chalicelib.office.periods import Period, in_force

ONE_DAY = timedelta(days=1)


class NoTrainings(RuleBroken):
    """The office file says nothing about trainings: the office holds none here."""


@dataclass(frozen=True)
class Theme:
    """What a session is about, to sort and find it by."""

    id: str
    label: str


@dataclass(frozen=True)
class CancellationRule:
    """From which day a cancelled seat is due, and how much of its price.

    Days are counted on the calendar, the first day of the session excluded: with 10, a seat that is cancelled
    eleven days before is free, and ten days before it is due.
    """

    period: Period
    due_within_days: int
    due_percent: int
    source_url: str = ""

    def last_free_day(self, first_day: date) -> date:
        """The last day on which a seat in the session that begins on `first_day` is cancelled for nothing."""
        return first_day - timedelta(days=self.due_within_days) - ONE_DAY

    def is_due(self, cancelled_on: date, first_day: date) -> bool:
        """Whether who cancels on that day owes a part of the price."""
        return cancelled_on > self.last_free_day(first_day)

    def due_cents(self, price_cents: int) -> int:
        """What is owed of the price once it is due, half a cent rounded up."""
        return half_up(Fraction(price_cents * self.due_percent, 100))


@dataclass(frozen=True)
class Fund:
    """Who helps to pay trainings, from how many hours on: the AGEFICE takes none below seven."""

    period: Period
    name: str
    minimum_hours: int
    note: str = ""
    source_url: str = ""


@dataclass(frozen=True)
class ProofsKept:
    """For how many years, from the end of the year of the last payment, the proofs of a training action are kept.

    The ministry's model of the certificate (certificat de réalisation) has the organiser promise it.
    """

    period: Period
    years: int
    source_url: str = ""


@dataclass(frozen=True)
class Signer:
    """Who answers for certificates, by the id of a person: the legal representative, or somebody on their behalf."""

    period: Period
    person: str
    title: str
    is_delegate: bool = False


@dataclass(frozen=True)
class NoShowRule:
    """Who missed so many free trainings without a word within so many months comes last in their queues."""

    count: int
    months: int


@dataclass(frozen=True)
class TrainingRules:
    """The office's trainings and network events; an office without any has none of this.

    `activity_number` is the declaration of activity (NDA) of the organiser: where it is empty no training action
    may be created, network events only. `siret` is that of its establishment. `accessibility_contact` is the id of a
    person of the office file.
    A freed seat is offered for `offer_hours`, for `short_offer_hours` within `short_offer_within_days` before the
    session, and not at all in its last `last_offer_hours`. `reminder_days`, `convocation_days`,
    `minimum_check_days` and `partners_first_days` count back from the first day; `minimum_answer_days` from the
    question whether a session with few seats taken is held; `attendance_closes_hours`, `satisfaction_hours`,
    `follow_up_months` and `needs_kept_days` from the end. Staff correct a mark for `correction_days` after the day
    on which attendance closed. A questionnaire takes answers for `answer_days`, and shows comments from
    `comments_from_answers` answers on. `per_structure` bounds the seats of one structure while others wait; None
    does not. Registrations and attendance are kept for `kept_years` after the year of the session.
    """

    themes: tuple[Theme, ...]
    cancellations: tuple[CancellationRule, ...]
    funds: tuple[Fund, ...] = ()
    no_shows: NoShowRule | None = None
    signers: tuple[Signer, ...] = ()
    proofs_kept: tuple[ProofsKept, ...] = ()
    activity_number: str = ""
    siret: str = ""
    is_qualiopi: bool = False
    terms_url: str = ""
    regulations_url: str = ""
    accessibility_contact: str = ""
    complaints_email: str = ""
    offer_hours: int = 48
    short_offer_hours: int = 24
    short_offer_within_days: int = 3
    last_offer_hours: int = 3
    reminder_days: tuple[int, ...] = (7, 1)
    convocation_days: int = 14
    minimum_check_days: int = 7
    minimum_answer_days: int = 3
    partners_first_days: int = 14
    per_structure: int | None = 2
    attendance_closes_hours: int = 24
    correction_days: int = 30
    satisfaction_hours: int = 2
    follow_up_months: int = 3
    answer_days: int = 30
    comments_from_answers: int = 3
    kept_years: int = 5
    needs_kept_days: int = 2

    def cancellation_on(self, on: date) -> CancellationRule | None:
        """The rule of cancellation in force on that day; None where nothing is ever due."""
        return in_force(self.cancellations, on)

    def signer_on(self, on: date) -> Signer | None:
        """Who answers for the certificates of that day; None where the file names nobody."""
        return in_force(self.signers, on)

    def proof_years_on(self, on: date) -> int:
        """For how many years the proofs of a certificate of that day are kept; 0 where the file does not say."""
        kept = in_force(self.proofs_kept, on)
        return kept.years if kept else 0

    def theme(self, theme_id: str) -> Theme | None:
        """The theme with that id; None for one that the file has no more."""
        return next((theme for theme in self.themes if theme.id == theme_id), None)
