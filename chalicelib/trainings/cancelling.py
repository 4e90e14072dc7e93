"""What cancelling costs, as the office's dated rule has it: said before anybody confirms."""

from dataclasses import dataclass, replace
from datetime import date

from chalicelib.kernel.french import french_long_date, french_money
from chalicelib.office.trainings import TrainingRules
from chalicelib.trainings.plan import Plan
from chalicelib.trainings.statuses import Status

FREE = "L’annulation est gratuite. Prévenez dès que possible\u00a0: votre place sert à quelqu’un d’autre."
REPLACE = "Un collègue de la même structure peut vous remplacer sans frais, jusqu’au dernier moment."


@dataclass(frozen=True)
class CancellationTerms:
    """`last_free_on` is the last day on which cancelling costs nothing; None when it never costs anything."""

    price_cents: int
    last_free_on: date | None
    late_cents: int

    def due_cents(self, status: Status, on: date) -> int:
        """What is due for cancelling on that day: only who had a seat owes anything."""
        is_late = self.last_free_on is not None and on > self.last_free_on
        return self.late_cents if is_late and status is Status.CONFIRMED else 0

    @property
    def sentence(self) -> str:
        """The rule in words."""
        if self.last_free_on is None:
            return FREE
        return (
            f"Annulation gratuite jusqu’au {french_long_date(self.last_free_on)} inclus\u00a0; "
            f"après, {french_money(self.late_cents)} restent dus. {REPLACE}"
        )


def agreed_terms(plan: Plan, price_cents: int, rules: TrainingRules) -> CancellationTerms:
    """The terms of who registered at that price, whatever the session costs now."""
    return terms_of(replace(plan, price_cents=price_cents), rules)


def terms_of(plan: Plan, rules: TrainingRules) -> CancellationTerms:
    """The terms of a session: those in force on the day on which it begins."""
    if plan.is_free or plan.first_day is None:
        return CancellationTerms(plan.price_cents, None, 0)
    rule = rules.cancellation_on(plan.first_day)
    if rule is None:
        return CancellationTerms(plan.price_cents, None, 0)
    return CancellationTerms(
        plan.price_cents, rule.last_free_day(plan.first_day), rule.due_cents(plan.price_cents)
    )
