"""What an event makes of an aid file, with the line that tells it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from chalicelib.kernel.history import HistoryLine
from chalicelib.subsidies.model import OutOfStep, Subsidy
from chalicelib.subsidies.statuses import MOVES, NEW_ROUND, WITHOUT_AID, Event, Status

SHORT_OF_MONEY = Status.AWAITING_BUDGET
ALTERNATIVES: Mapping[Event, frozenset[Status]] = {
    Event.ACCEPTED: frozenset({Status.AWAITING_SECOND_APPROVAL, SHORT_OF_MONEY}),
    Event.SECOND_ACCEPTED: frozenset({SHORT_OF_MONEY}),
    Event.PROOFS_ACCEPTED: frozenset({Status.NOT_CLASSIFIED}),
}
"""Where else an event may lead, as the amount and the envelope will have it."""


@dataclass(frozen=True)
class Change:
    """A file after an event, with the line that tells it."""

    before: Subsidy
    after: Subsidy
    line: HistoryLine
    event: Event

    @property
    def closes_draft(self) -> str:
        """The identifier of the draft that this change makes needless; empty when there is none."""
        if self.event is Event.CORRECTED:
            return self.after.id
        ends_proofs = self.event in {Event.PROOFS_SENT, Event.FAILURE_TOLD, Event.BANK_DETAILS_FORGOTTEN}
        return self.after.proofs_draft if ends_proofs else ""

    @property
    def frees_units(self) -> bool:
        """Whether its accommodations may be applied for again."""
        return self.after.status in WITHOUT_AID and self.before.status not in WITHOUT_AID

    @property
    def frees_units_from(self) -> date | None:
        """The day from which its accommodations may be applied for again, where this change sets it."""
        return self.after.renewable_from if self.before.renewable_from is None else None


def check_step(subsidy: Subsidy, event: Event) -> None:
    """Raise `OutOfStep` unless the event fits where the file stands."""
    if (subsidy.status, event) not in MOVES:
        raise OutOfStep(subsidy)


def apply(
    subsidy: Subsidy, event: Event, line: HistoryLine, *, to: Status | None = None, **details: Any
) -> Change:
    """The file after the event; `to` names an alternative end of it. Raises `OutOfStep` when it does not fit."""
    target = MOVES.get((subsidy.status, event))
    if target is None or (to is not None and to not in ALTERNATIVES.get(event, ())):
        raise OutOfStep(subsidy)
    target = to or target
    moves = target is not subsidy.status
    moved = {"status_since": line.at, "note": line.reason} if moves else {}
    after = replace(
        subsidy,
        status=target,
        version=subsidy.version + 1,
        round=subsidy.round + (event in NEW_ROUND),
        run=subsidy.run + _begins_run(subsidy, event),
        **{**moved, **details},
    )
    return Change(subsidy, after, line, event)


def _begins_run(subsidy: Subsidy, event: Event) -> bool:
    """Whether another run of the award machine drives the file from here on: while it waited there was none."""
    waited = {
        Status.AWAITING_BUDGET: {Event.FUNDED, Event.FOUND_INELIGIBLE},
        Status.OVERDUE: {Event.REOPENED},
    }
    return event in waited.get(subsidy.status, ())
