"""The money of one year: what is free, set aside, spent; and who waits for more.

A file's place on the envelope follows from where it stands, so that no change can forget the money. What is
free, reserved and consumed always adds up to the budget; no part is ever negative. Integer cents.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from chalicelib.kernel.errors import RuleBroken
from chalicelib.subsidies.changes import Change
from chalicelib.subsidies.model import Subsidy
from chalicelib.subsidies.statuses import AWARDED, SPENT, Status


class EnvelopeExhausted(RuleBroken):
    """The year's money does not suffice, or others wait for it: the file waits in its turn."""


@dataclass(frozen=True)
class Envelope:
    """One year's money."""

    year: int
    budget: int
    free: int
    reserved: int = 0
    consumed: int = 0


@dataclass(frozen=True)
class Queue:
    """How many files wait for money, and how much they ask for."""

    waiting: int = 0
    cents: int = 0


class Share(NamedTuple):
    """What one file takes of a year's envelope."""

    free: int = 0
    reserved: int = 0
    consumed: int = 0


@dataclass(frozen=True)
class Movement:
    """What a change does to the money: to years' envelopes, and to the queue."""

    years: Mapping[int, Share]
    waiting: int = 0
    waiting_cents: int = 0

    @property
    def takes(self) -> bool:
        """Whether free money is taken."""
        return any(share.free < 0 for share in self.years.values())

    @property
    def is_from_queue(self) -> bool:
        """Whether it is the turn of a file that has waited."""
        return self.waiting < 0


def share_of(subsidy: Subsidy) -> Share:
    """What the file takes of the envelope of its year; it adds up to nothing."""
    if subsidy.status in AWARDED:
        return Share(free=-subsidy.cents, reserved=subsidy.cents)
    if subsidy.status in SPENT:
        return Share(free=-subsidy.payable_cents, consumed=subsidy.payable_cents)
    return Share()


def movement(change: Change) -> Movement:
    """What a change of a file does to the money."""
    before, after = change.before, change.after
    years: dict[int, Share] = {}
    for subsidy, sign in ((before, -1), (after, 1)):
        known = years.get(subsidy.envelope_year, Share())
        added = (mine + sign * more for mine, more in zip(known, share_of(subsidy), strict=True))
        years[subsidy.envelope_year] = Share(*added)
    waits_before, waits_after = _waits(before), _waits(after)
    return Movement(
        {year: share for year, share in years.items() if any(share)},
        waits_after - waits_before,
        waits_after * after.cents - waits_before * before.cents,
    )


def _waits(subsidy: Subsidy) -> int:
    return int(subsidy.status is Status.AWAITING_BUDGET)
