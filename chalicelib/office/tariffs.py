"""Packs and tariffs: dated amounts in integer cents, and the computation of a fee as readable steps."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from chalicelib.kernel.errors import RuleBroken
from chalicelib.kernel.french import french_date, french_money
from chalicelib.office.categories import CATEGORY_LABELS, unit_word
from chalicelib.office.periods import Period, in_force

NBSP = "\u00a0"


class NoSuchPack(RuleBroken):
    """The pack is unknown, or has no tariff for this category on that day."""


class CapacityNeeded(RuleBroken):
    """The tariff depends on the capacity, which was not given."""


@dataclass(frozen=True)
class FeeStep:
    """One line of the computation: a French label and signed cents."""

    label: str
    cents: int


@dataclass(frozen=True)
class Band:
    """Up to `up_to` units included (None: and above), the tariff is `amount_cents`."""

    up_to: int | None
    amount_cents: int


@dataclass(frozen=True)
class Tariff:
    """What a pack costs for some categories during a period; the fields used depend on `rule`."""

    categories: tuple[str, ...]
    period: Period
    rule: Literal["free", "fixed", "bands", "first_and_next"]
    amount_cents: int = 0
    first_cents: int = 0
    next_cents: int = 0
    bands: tuple[Band, ...] = ()
    source_url: str = ""

    @property
    def needs_capacity(self) -> bool:
        """Whether the amount depends on the number of rooms, pitches or rentals."""
        return self.rule in ("bands", "first_and_next")

    def steps(self, category: str, units: int | None) -> tuple[FeeStep, ...]:
        """The lines before surcharge and reduction."""
        label = CATEGORY_LABELS[category]
        if self.rule == "free":
            return (FeeStep(f"{label}{NBSP}: gratuit", 0),)
        if self.rule == "fixed":
            return (FeeStep(label, self.amount_cents),)
        if units is None or units < 1:
            raise CapacityNeeded("Indiquez la capacité de l’établissement\u00a0: le tarif en dépend.")
        if self.rule == "bands":
            return (self._band_step(label, category, units),)
        return self._first_and_next_steps(category, units)

    def _band_step(self, label: str, category: str, units: int) -> FeeStep:
        band = next(band for band in self.bands if band.up_to is None or units <= band.up_to)
        return FeeStep(f"{label}, {units}{NBSP}{unit_word(category, units)}", band.amount_cents)

    def _first_and_next_steps(self, category: str, units: int) -> tuple[FeeStep, ...]:
        first = FeeStep(f"Premier {unit_word(category, 1)}", self.first_cents)
        more = units - 1
        if not more:
            return (first,)
        label = f"{more}{NBSP}{unit_word(category, more)} de plus à {french_money(self.next_cents)}"
        return first, FeeStep(label, more * self.next_cents)


@dataclass(frozen=True)
class Pack:
    """A level of services, such as "Essentiel", with what it includes and its tariffs."""

    id: str
    name: str
    summary: str
    includes: tuple[str, ...]
    tariffs: tuple[Tariff, ...]

    def tariff(self, category: str, on: date) -> Tariff | None:
        """The tariff of the category on that day, if the pack is offered to it."""
        return in_force((t for t in self.tariffs if category in t.categories), on)


@dataclass(frozen=True)
class Surcharge:
    """What partners outside the territory pay on top, in whole percent."""

    period: Period
    percent: int
    source_url: str = ""


@dataclass(frozen=True)
class PartYear:
    """From (month, day) of each year on, pay `percent` of the tariff, or a twelfth of it per month left."""

    period: Period
    from_day: tuple[int, int]
    method: Literal["percent", "months"]
    percent: int = 100
    source_url: str = ""

    def applies(self, on: date) -> bool:
        """Whether someone who joins that day pays less."""
        return (on.month, on.day) >= self.from_day

    def reduced(self, cents: int, on: date) -> int:
        """What remains to pay of `cents`, rounded half up."""
        if self.method == "months":
            return half_up(cents * (13 - on.month), 12)
        return half_up(cents * self.percent, 100)

    def label(self, on: date) -> str:
        """The reduction in words."""
        start = french_date(on.replace(month=self.from_day[0], day=self.from_day[1]))
        if self.method == "months":
            months = 13 - on.month
            return f"Réduction à partir du {start}{NBSP}: {months}{NBSP}mois sur 12"
        return f"Réduction à partir du {start}{NBSP}: {self.percent}{NBSP}% du tarif"


@dataclass(frozen=True)
class FeeRules:
    """What changes a tariff: surcharge, reduction in the year, day from which the next year is covered."""

    surcharges: tuple[Surcharge, ...] = ()
    part_year: tuple[PartYear, ...] = ()
    next_year_from: tuple[int, int] | None = None
    vat_note: str = ""

    def adjusted(
        self, steps: tuple[FeeStep, ...], on: date, *, outside_territory: bool
    ) -> tuple[FeeStep, ...]:
        """`steps` followed by the surcharge and the reduction that apply; lines of nothing are left out."""
        if outside_territory:
            steps += self._surcharge(total(steps), on)
        return steps + self._reduction(total(steps), on)

    def covers_next_year(self, on: date) -> bool:
        """Whether who joins that day is a partner until the end of the next year, at full price."""
        return self.next_year_from is not None and (on.month, on.day) >= self.next_year_from

    def covered(self, on: date) -> Period:
        """From the day of joining to the 31 December that ends the partnership."""
        return Period(on, date(on.year + self.covers_next_year(on), 12, 31))

    def _surcharge(self, cents: int, on: date) -> tuple[FeeStep, ...]:
        rule = in_force(self.surcharges, on)
        if rule is None or not cents:
            return ()
        label = f"Majoration hors territoire ({rule.percent}{NBSP}%)"
        return (FeeStep(label, half_up(cents * rule.percent, 100)),)

    def _reduction(self, cents: int, on: date) -> tuple[FeeStep, ...]:
        running = [rule for rule in self.part_year if rule.period.includes(on) and rule.applies(on)]
        if not running or not cents or self.covers_next_year(on):
            return ()
        rule = max(running, key=lambda rule: rule.from_day)
        return (FeeStep(rule.label(on), rule.reduced(cents, on) - cents),)


def total(steps: tuple[FeeStep, ...]) -> int:
    """The sum of the steps, in cents."""
    return sum(step.cents for step in steps)


def half_up(numerator: int, denominator: int) -> int:
    """`numerator / denominator` rounded to the nearest integer, halves upwards; both not negative."""
    return (2 * numerator + denominator) // (2 * denominator)
