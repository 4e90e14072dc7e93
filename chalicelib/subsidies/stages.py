"""The list of aid files by stages: each status is in one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from chalicelib.subsidies.model import Subsidy
from chalicelib.subsidies.statuses import BEFORE_AWARD, PAYING, TO_CLASSIFY, WITHOUT_AID, Status

MOST = 200
"""So many files make a page; the search finds the others."""


@dataclass(frozen=True)
class Stage:
    """A part of the way: its key in addresses, what it is called, its statuses."""

    key: str
    label: str
    statuses: tuple[Status, ...]


STAGES = (
    Stage("a-instruire", "À instruire", (*BEFORE_AWARD, Status.OVERDUE)),
    Stage("en-attente", "En attente de budget", (Status.AWAITING_BUDGET,)),
    Stage("a-classer", "À classer", TO_CLASSIFY),
    Stage("justificatifs", "Justificatifs", (*PAYING, Status.PAYMENT_OVERDUE)),
    Stage("virements", "Virements", (Status.PAYMENT_APPROVED, Status.PAYMENT_ORDERED, Status.PAYMENT_FAILED)),
    Stage("payees", "Payées", (Status.PAID, Status.REPAYMENT_DUE)),
    Stage("terminees", "Terminées", (Status.CLOSED, *sorted(WITHOUT_AID))),
)


class Files(Protocol):
    """The aid files."""

    def list_recent(self, status: Status) -> list[Subsidy]:
        """The files that came to this status last, newest first."""


def stage_of(key: str) -> Stage:
    """The stage of that key; the first one for any other text."""
    return next((stage for stage in STAGES if stage.key == key), STAGES[0])


def list_in(stage: Stage, files: Files) -> Sequence[Subsidy]:
    """Its files, those that moved last first."""
    found = (file for status in stage.statuses for file in files.list_recent(status))
    return sorted(found, key=lambda file: file.status_since, reverse=True)[:MOST]
