"""Erasing aid files in DynamoDB: what leads to a file last, and its sums with it."""

from datetime import datetime

from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb import committed
from chalicelib.adapters.history import LINE
from chalicelib.adapters.records import POINTER, reference_key
from chalicelib.kernel.clock import iso
from chalicelib.subsidies.items import (
    BATCHES,
    HEAD,
    BatchItem,
    LineItem,
    PointerItem,
    StatusIndex,
    SubsidyItem,
    TransferItem,
    batch_key,
    subsidy_key,
    unit_key,
)
from chalicelib.subsidies.model import Subsidy
from chalicelib.subsidies.repository import SubsidyRepository
from chalicelib.subsidies.statuses import Status


class EndedFileRepository:
    """The aid files of the deployment, for erasing."""

    def __init__(self, subsidies: SubsidyRepository) -> None:
        self.subsidies = subsidies

    def list_unchanged_since(self, status: Status, limit: datetime) -> list[str]:
        """The identifiers of files in this status since `limit` or longer, oldest first; it may lag behind."""
        found = SubsidyItem.by_status.query(status, StatusIndex.status_since <= iso(limit))
        return [item.pk.partition("#")[2] for item in found]

    def find(self, subsidy_id: str) -> Subsidy | None:
        """The file, read strongly, or None."""
        return self.subsidies.find(subsidy_id)

    def erase(self, subsidy: Subsidy) -> bool:
        """Remove the rows of the file, and let the totals take over what it counts for; False if it changed meanwhile.

        Its history goes first, line by line: a transaction takes 100 items.
        """
        partition = subsidy_key(subsidy.id)
        for line in list(LineItem.query(partition, LineItem.sk.startswith(LINE), consistent_read=True)):
            line.delete()
        unchanged = (SubsidyItem.version == subsidy.version) & (SubsidyItem.status_key == subsidy.status)
        pointers, transfers = self._pointers(subsidy), self._transfers(subsidy)

        def write(transaction: TransactWrite) -> None:
            transaction.delete(SubsidyItem(partition, HEAD), condition=unchanged)
            for pointer in pointers:
                transaction.delete(pointer, condition=PointerItem.subsidy_id == subsidy.id)
            for transfer in transfers:
                transaction.delete(transfer)
            for draft_id in (subsidy.id, subsidy.proofs_draft):
                self.subsidies.drafts.remove_within(transaction, draft_id)
            self.subsidies.money.settle_within(transaction, subsidy)
            self.subsidies.register.forget_within(transaction, subsidy)

        return committed(write)

    def _pointers(self, subsidy: Subsidy) -> list[PointerItem]:
        """What leads to this file; an accommodation that it freed may lead to another one."""
        keys = [reference_key(subsidy.reference), *map(unit_key, subsidy.units)]
        found = PointerItem.batch_get([(key, POINTER) for key in keys], consistent_read=True)
        return [pointer for pointer in found if pointer.subsidy_id == subsidy.id]

    def _transfers(self, subsidy: Subsidy) -> list[TransferItem]:
        """Its payments, those that came back included."""
        if not subsidy.batch:
            return []
        batches = BatchItem.query(BATCHES, consistent_read=True)
        keys = [(batch_key(batch.sk), subsidy.id) for batch in batches]
        return list(TransferItem.batch_get(keys, consistent_read=True))
