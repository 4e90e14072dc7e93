"""What an award asks of who got it: to be used in time, then to stay a partner, or to give a part of it back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from chalicelib.kernel.clock import Clock
from chalicelib.kernel.days import add_months
from chalicelib.kernel.errors import RuleBroken
from chalicelib.kernel.french import french_date, french_money
from chalicelib.kernel.history import HistoryLine
from chalicelib.mail.model import Message
from chalicelib.office.model import Office
from chalicelib.office.schemes import Scheme
from chalicelib.subsidies import emails
from chalicelib.subsidies.batches import ProofMissing
from chalicelib.subsidies.changes import Change, apply
from chalicelib.subsidies.model import OutOfStep, Subsidy
from chalicelib.subsidies.repayment import Engagement
from chalicelib.subsidies.statuses import TO_CLASSIFY, Event, Status
from chalicelib.subsidies.wording import EVENT_WORDS


class NothingToRepay(RuleBroken):
    """Who leaves on that day owes nothing."""

    def __init__(self) -> None:
        super().__init__("Ce jour-là, l’engagement est terminé\u00a0: rien n’est à rembourser.")


class LeftBeforePayment(RuleBroken):
    """Nobody leaves an engagement that had not begun."""

    def __init__(self, paid_on: date) -> None:
        super().__init__(
            f"L’aide n’a été versée que le {french_date(paid_on)}\u00a0: vérifiez la date du départ."
        )


class Files(Protocol):
    """The aid files."""

    def save(self, change: Change, mails: list[Message]) -> None:
        """Keep a change. Raises `ChangedMeanwhile`."""


@dataclass(frozen=True)
class Obligations:
    """What stands open on a day; cents. A day that is None, or an amount of 0: there is nothing of that kind.

    `prolonged_to` is the end that more time would lead to, where more time may be given.
    """

    lapses_on: date | None = None
    prolonged_to: date | None = None
    engaged_until: date | None = None
    if_left_today: int = 0
    left_on: date | None = None
    to_repay: int = 0

    @property
    def are_any(self) -> bool:
        """Whether anything stands open."""
        return self != Obligations()


def obligations_of(subsidy: Subsidy, scheme: Scheme, on: date) -> Obligations:
    """What a file asks for on that day, under its scheme."""
    if subsidy.status in TO_CLASSIFY and subsidy.lapses_on:
        is_over = subsidy.is_prolonged or not scheme.extension_months
        longer = None if is_over else add_months(subsidy.lapses_on, scheme.extension_months)
        return Obligations(lapses_on=subsidy.lapses_on, prolonged_to=longer)
    if subsidy.paid_on is None:
        return Obligations()
    engagement = Engagement(subsidy.paid_on, scheme.engagement_years)
    if subsidy.status is Status.PAID and engagement.years:
        owed = engagement.to_repay(subsidy.payable_cents, on)
        return Obligations(engaged_until=engagement.ends_on, if_left_today=owed)
    if subsidy.status is Status.REPAYMENT_DUE and subsidy.left_on:
        owed = engagement.to_repay(subsidy.payable_cents, subsidy.left_on)
        return Obligations(engaged_until=engagement.ends_on, left_on=subsidy.left_on, to_repay=owed)
    return Obligations()


@dataclass(frozen=True)
class ObligationService:
    """What staff note about them."""

    files: Files
    office_at: Callable[[int], Office]
    clock: Clock

    def to_repay(self, subsidy: Subsidy, on: date) -> int:
        """What a partner who left that day gives back. Raises `LeftBeforePayment`, `NothingToRepay` or `OutOfStep`."""
        if subsidy.status is not Status.PAID or subsidy.paid_on is None:
            raise OutOfStep(subsidy)
        if on < subsidy.paid_on:
            raise LeftBeforePayment(subsidy.paid_on)
        scheme = self.office_at(subsidy.office_version).aid.scheme(subsidy.scheme_id)
        owed = Engagement(subsidy.paid_on, scheme.engagement_years).to_repay(subsidy.payable_cents, on)
        if not owed:
            raise NothingToRepay
        return owed

    def leave(self, subsidy: Subsidy, who: str, on: date) -> Subsidy:
        """A partner left before the end. Raises what `to_repay` does."""
        owed = french_money(self.to_repay(subsidy, on))
        line = HistoryLine(self.clock(), who, f"Départ le {french_date(on)}\u00a0: {owed} à rembourser")
        return self._save(apply(subsidy, Event.LEFT, line, left_on=on))

    def note_repayment(self, subsidy: Subsidy, who: str, statement: str) -> Subsidy:
        """What was to be given back is on a statement. Raises `ProofMissing` or `OutOfStep`."""
        if not statement.strip():
            raise ProofMissing
        words = f"{EVENT_WORDS[Event.REPAID]}, relevé {statement.strip()}"
        return self._save(apply(subsidy, Event.REPAID, HistoryLine(self.clock(), who, words)))

    def _save(self, change: Change) -> Subsidy:
        self.files.save(change, emails.mails_of(change, self.office_at(change.after.office_version)))
        return change.after
