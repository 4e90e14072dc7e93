"""How much aid a spending calls for: the smallest of several terms, each of them shown.

Integer cents; fractions of a cent live until the last step, which rounds half up. Source of the terms: the
votes of the schemes, which the office file holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from chalicelib.kernel.money import half_up
from chalicelib.office.schemes import Scheme

NO_VAT = "hors taxes"
WITH_VAT = "toutes taxes comprises"
FAILURE_SHARES = {"none": Fraction(0), "half": Fraction(1, 2), "full": Fraction(1)}


@dataclass(frozen=True)
class Spending:
    """What a visit costs, in cents, with what of it no aid covers (without VAT) and what others already pay."""

    excl_vat: int
    incl_vat: int
    recovers_vat: bool
    excluded_excl_vat: int = 0
    other_public_aid: int = 0


@dataclass(frozen=True)
class Step:
    """One line of a computation: what it is, how much, and why."""

    label: str
    cents: int
    note: str = ""


@dataclass(frozen=True)
class Amount:
    """An aid in cents, with the lines that lead to it; the last of the smallest terms decided."""

    cents: int
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class _Term:
    label: str
    cents: Fraction
    note: str = ""


def amount_of(scheme: Scheme, spending: Spending, granted_this_year: int = 0) -> Amount:
    """The aid for this spending; `granted_this_year` is what the owner was granted in the calendar year."""
    base, words = _base(scheme, spending)
    eligible = base - _excluded(base, spending)
    terms = list(_terms(scheme, spending, eligible, granted_this_year))
    cents = max(0, half_up(min(term.cents for term in terms)))
    return Amount(cents, (*_spending_steps(base, words, eligible), *map(_step, terms)))


def after_failure(scheme: Scheme, cents: int) -> int:
    """What is left of an aid when the accommodation was not classified."""
    return half_up(FAILURE_SHARES[scheme.if_not_classified] * cents)


def _base(scheme: Scheme, spending: Spending) -> tuple[Fraction, str]:
    with_vat = scheme.base == "incl_vat" or (scheme.base == "by_vat_status" and not spending.recovers_vat)
    return (Fraction(spending.incl_vat), WITH_VAT) if with_vat else (Fraction(spending.excl_vat), NO_VAT)


def _excluded(base: Fraction, spending: Spending) -> Fraction:
    """The excluded part in the terms of the base: VAT weighs on it as on the whole."""
    return (
        base * Fraction(spending.excluded_excl_vat, spending.excl_vat) if spending.excl_vat else Fraction(0)
    )


def _terms(scheme: Scheme, spending: Spending, eligible: Fraction, granted: int) -> Iterator[_Term]:
    rate = Fraction(scheme.rate_percent, 100)
    counted = eligible
    if scheme.eligible_ceiling_cents is not None:
        counted = min(eligible, Fraction(scheme.eligible_ceiling_cents))
    capped = "" if counted == eligible else "dépense plafonnée"
    yield _Term(f"{scheme.rate_percent}\u00a0% de la dépense retenue", rate * counted, capped)
    if scheme.file_ceiling_cents is not None:
        yield _Term("Plafond par dossier", Fraction(scheme.file_ceiling_cents))
    if scheme.owner_year_ceiling_cents is not None:
        left = Fraction(scheme.owner_year_ceiling_cents - granted)
        yield _Term("Reste du plafond annuel par propriétaire", max(Fraction(0), left))
    if scheme.public_aid_cap_percent is not None:
        room = Fraction(scheme.public_aid_cap_percent, 100) * eligible - spending.other_public_aid
        label = f"Reste du cumul des aides publiques ({scheme.public_aid_cap_percent}\u00a0% de la dépense)"
        yield _Term(label, max(Fraction(0), room))


def _spending_steps(base: Fraction, words: str, eligible: Fraction) -> Iterator[Step]:
    yield Step("Dépense présentée", half_up(base), words)
    if eligible != base:
        yield Step("Dépense retenue", half_up(eligible), "sans les dépenses exclues")


def _step(term: _Term) -> Step:
    return Step(term.label, half_up(term.cents), term.note)
