"""The European ceiling of small aid, per single undertaking, over rolling years (Règlement (UE) 2023/2831).

An aid counts on the day on which the right to it is granted, whenever it is paid.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chalicelib.kernel.days import add_years
from chalicelib.office.periods import in_force
from chalicelib.office.schemes import DeMinimis


@dataclass(frozen=True)
class PastAid:
    """An aid that one company of an undertaking was granted: by this office, or declared by the applicant."""

    granted_on: date
    cents: int
    giver: str
    siren: str = ""


@dataclass(frozen=True)
class Room:
    """How an aid stands to the ceiling: what counts before it, and how far both may go."""

    rule: DeMinimis
    since: date
    counted_cents: int
    asked_cents: int

    @property
    def total_cents(self) -> int:
        """What counts, this aid included."""
        return self.counted_cents + self.asked_cents

    @property
    def is_enough(self) -> bool:
        """Whether the aid is granted under the ceiling; beyond it, the whole aid would lose its cover."""
        return self.total_cents <= self.rule.ceiling_cents


def room_for(cents: int, on: date, past: Iterable[PastAid], rules: Iterable[DeMinimis]) -> Room | None:
    """How an aid granted on that day stands to the ceiling in force; None when there is none that day."""
    rule = in_force(rules, on)
    if rule is None:
        return None
    since = add_years(on, -rule.years)
    counted = sum(aid.cents for aid in past if since <= aid.granted_on <= on)
    return Room(rule, since, counted, cents)
