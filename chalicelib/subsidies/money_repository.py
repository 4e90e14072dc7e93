"""The envelopes and the queue in DynamoDB, changed by conditions only."""

from collections.abc import Sequence
from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb import held
from chalicelib.kernel.clock import iso
from chalicelib.subsidies.changes import Change
from chalicelib.subsidies.envelope import Envelope, Movement, Queue, Share
from chalicelib.subsidies.items import (
    MONEY,
    PAST,
    QUEUE,
    WAITING,
    EnvelopeItem,
    PastItem,
    QueueItem,
    WaitingItem,
    past_key,
    year_key,
)
from chalicelib.subsidies.model import Subsidy
from chalicelib.subsidies.totals import Past, Total, total_of

NOBODY_WAITS = QueueItem.pk.does_not_exist() | (QueueItem.waiting == 0)


class MoneyRepository:
    """The money of the deployment."""

    def open_year(self, year: int, budget: int) -> Envelope:
        """The year's envelope, made if it is not there, at the budget that was voted.

        A vote that lies below what is promised already leaves the budget as it is.
        """
        fresh = Envelope(year, budget, budget)
        known = self.find_year(year)
        if known is None:
            held(lambda: _envelope_item(fresh).save(EnvelopeItem.pk.does_not_exist()))
            known = self.find_year(year) or fresh
        if known.budget == budget:
            return known
        more = budget - known.budget
        actions: list[Any] = [EnvelopeItem.budget.set(budget), EnvelopeItem.free.add(more)]
        unchanged = (EnvelopeItem.budget == known.budget) & (EnvelopeItem.free >= -more)
        held(lambda: EnvelopeItem(MONEY, year_key(year)).update(actions, unchanged))
        return self.find_year(year) or known

    def find_year(self, year: int) -> Envelope | None:
        """The year's envelope, read strongly, or None."""
        try:
            return _envelope(EnvelopeItem.get(MONEY, year_key(year), consistent_read=True))
        except EnvelopeItem.DoesNotExist:
            return None

    def list_years(self) -> list[Envelope]:
        """All the envelopes, oldest first."""
        found = EnvelopeItem.query(MONEY, EnvelopeItem.sk.startswith("YEAR#"), consistent_read=True)
        return [_envelope(item) for item in found]

    def list_past(self) -> list[Past]:
        """What the erased files count for, oldest year first."""
        found = PastItem.query(MONEY, PastItem.sk.startswith(PAST), consistent_read=True)
        return [_past(item) for item in found]

    def settle_within(self, transaction: TransactWrite, subsidy: Subsidy) -> None:
        """Let the sums take over what a file counts for that is erased."""
        total = total_of(subsidy)
        if total == Total():
            return
        transaction.update(
            PastItem(MONEY, past_key(subsidy.envelope_year, subsidy.request.category)),
            actions=[
                PastItem.files.add(total.files),
                PastItem.granted.add(total.granted),
                PastItem.consumed.add(total.consumed),
            ],
        )

    def queue(self) -> Queue:
        """Who waits, all together."""
        try:
            item = QueueItem.get(MONEY, QUEUE, consistent_read=True)
        except QueueItem.DoesNotExist:
            return Queue()
        return Queue(int(item.waiting), int(item.cents))

    def list_waiting(self) -> Sequence[str]:
        """The identifiers of the files that wait, in the order of their acceptance."""
        found = WaitingItem.query(MONEY, WaitingItem.sk.startswith(WAITING), consistent_read=True)
        return [item.subsidy_id for item in found]

    def has_room_for(self, moved: Movement) -> bool:
        """Whether the money that a change takes is there, and not for those who wait."""
        if self.queue().waiting and not moved.is_from_queue:
            return False
        return all(self._has_free(year, -share.free) for year, share in moved.years.items())

    def write_within(self, transaction: TransactWrite, change: Change, moved: Movement) -> None:
        """Add what a change does to the money."""
        for year, share in sorted(moved.years.items()):
            transaction.update(
                EnvelopeItem(MONEY, year_key(year)),
                actions=[
                    EnvelopeItem.free.add(share.free),
                    EnvelopeItem.reserved.add(share.reserved),
                    EnvelopeItem.consumed.add(share.consumed),
                ],
                condition=_suffices(share),
            )
        if moved.waiting:
            self._write_queue(transaction, change, moved)
        elif moved.takes:
            transaction.condition_check(QueueItem, MONEY, QUEUE, condition=NOBODY_WAITS)

    def _write_queue(self, transaction: TransactWrite, change: Change, moved: Movement) -> None:
        actions: list[Any] = [QueueItem.waiting.add(moved.waiting), QueueItem.cents.add(moved.waiting_cents)]
        transaction.update(QueueItem(MONEY, QUEUE), actions=actions)
        if moved.waiting > 0:
            transaction.save(WaitingItem(sk=_turn(change.after), subsidy_id=change.after.id))
        else:
            transaction.delete(WaitingItem(MONEY, _turn(change.before)))

    def _has_free(self, year: int, cents: int) -> bool:
        envelope = self.find_year(year)
        return cents <= (envelope.free if envelope else 0)


def _suffices(share: Share) -> Condition:
    """The condition under which a share may be moved: nothing becomes negative."""
    condition: Condition = EnvelopeItem.pk.exists()
    for name, more in share._asdict().items():
        if more < 0:
            condition &= getattr(EnvelopeItem, name) >= -more
    return condition


def _turn(subsidy: Subsidy) -> str:
    return f"{WAITING}{iso(subsidy.accepted_at or subsidy.status_since)}#{subsidy.id}"


def _envelope_item(envelope: Envelope) -> EnvelopeItem:
    return EnvelopeItem(
        sk=year_key(envelope.year),
        budget=envelope.budget,
        free=envelope.free,
        reserved=envelope.reserved,
        consumed=envelope.consumed,
    )


def _past(item: PastItem) -> Past:
    _, year, category = item.sk.split("#")
    total = Total(files=int(item.files), granted=int(item.granted), consumed=int(item.consumed))
    return Past(int(year), category, total)


def _envelope(item: EnvelopeItem) -> Envelope:
    amounts = (int(value) for value in (item.budget, item.free, item.reserved, item.consumed))
    return Envelope(int(item.sk.partition("#")[2]), *amounts)
