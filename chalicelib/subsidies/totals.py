"""What became of each year's money, worked out from the files; and whether the envelopes say the same.

Integer cents throughout.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from chalicelib.office.schemes import YearEnvelope
from chalicelib.subsidies.envelope import Envelope, Queue, share_of
from chalicelib.subsidies.model import Subsidy
from chalicelib.subsidies.statuses import AWARDED, SPENT, Status

COUNTED = (*AWARDED, *SPENT, Status.AWAITING_BUDGET)
"""The files that money is about."""


@dataclass(frozen=True)
class Total:
    """Some files together: how much their letters grant, what of it is still set aside, what was paid; who waits."""

    files: int = 0
    granted: int = 0
    reserved: int = 0
    consumed: int = 0
    waiting_files: int = 0
    waiting: int = 0

    def __add__(self, other: "Total") -> "Total":
        return Total(
            *(mine + more for mine, more in zip(vars(self).values(), vars(other).values(), strict=True))
        )


@dataclass(frozen=True)
class Past:
    """What the erased files of one year and one kind of accommodation count for: a sum that names nobody."""

    year: int
    category: str
    total: Total


@dataclass(frozen=True)
class Year:
    """One year: its envelope as it stands, its files together, and the same by kind of accommodation."""

    envelope: Envelope
    whole: Total
    by_category: Mapping[str, Total] = field(default_factory=dict)

    @property
    def agrees(self) -> bool:
        """Whether the files say of the money what the envelope says."""
        told = (self.envelope.reserved, self.envelope.consumed)
        return (self.whole.reserved, self.whole.consumed) == told


@dataclass(frozen=True)
class Accounts:
    """All the years, oldest first, and the queue as it stands."""

    years: Sequence[Year]
    queue: Queue

    @property
    def whole(self) -> Total:
        """All the years together."""
        return sum((year.whole for year in self.years), Total())

    @property
    def differing(self) -> list[int]:
        """The years whose envelopes say something else than their files."""
        return [year.envelope.year for year in self.years if not year.agrees]

    @property
    def queue_agrees(self) -> bool:
        """Whether as many files wait, for as much, as the queue counts."""
        return (self.whole.waiting_files, self.whole.waiting) == (self.queue.waiting, self.queue.cents)

    def year(self, number: int) -> Year | None:
        """That year, if there is anything about it."""
        return next((year for year in self.years if year.envelope.year == number), None)


def accounts(
    files: Iterable[Subsidy], envelopes: Iterable[Envelope], queue: Queue, on: date, past: Iterable[Past] = ()
) -> Accounts:
    """The accounts on that day: who waits, waits for the money of the present year; `past` are the erased files."""
    sums: dict[int, dict[str, Total]] = {}
    for one in (*past, *filter(None, (_counted(file, on) for file in files))):
        mine = sums.setdefault(one.year, {})
        mine[one.category] = mine.get(one.category, Total()) + one.total
    known = {envelope.year: envelope for envelope in envelopes}
    years = [
        _year(known.get(year, Envelope(year, 0, 0)), sums.get(year, {})) for year in sorted({*known, *sums})
    ]
    return Accounts(years, queue)


def _counted(file: Subsidy, on: date) -> Past | None:
    total = total_of(file)
    year = on.year if total.waiting_files else file.envelope_year
    return Past(year, file.request.category, total) if total != Total() else None


def total_of(file: Subsidy) -> Total:
    """What one file counts for."""
    if file.status is Status.AWAITING_BUDGET:
        return Total(waiting_files=1, waiting=file.cents)
    share = share_of(file)
    if not any(share):
        return Total()
    return Total(files=1, granted=file.cents, reserved=share.reserved, consumed=share.consumed)


def with_votes(opened: Iterable[Envelope], votes: Iterable[YearEnvelope]) -> list[Envelope]:
    """The envelopes at the budgets that were voted, as the next award would find them; oldest first."""
    known = {envelope.year: envelope for envelope in opened}
    for vote in votes:
        envelope = known.get(vote.year, Envelope(vote.year, 0, 0))
        more = vote.amount_cents - envelope.budget
        if envelope.free + more >= 0:
            known[vote.year] = replace(envelope, budget=vote.amount_cents, free=envelope.free + more)
    return [known[year] for year in sorted(known)]


def below_promises(votes: Iterable[YearEnvelope], envelopes: Iterable[Envelope]) -> list[YearEnvelope]:
    """The votes that lie below what is promised already: they do not count until money has come back."""
    budgets = {envelope.year: envelope.budget for envelope in envelopes}
    return [vote for vote in votes if vote.amount_cents < budgets.get(vote.year, 0)]


def _year(envelope: Envelope, by_category: Mapping[str, Total]) -> Year:
    return Year(envelope, sum(by_category.values(), Total()), by_category)
