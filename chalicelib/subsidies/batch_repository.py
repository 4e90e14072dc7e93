"""The batches in DynamoDB: a head each, and what is in it."""

from dataclasses import replace
from datetime import date

from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb import committed, held
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.mail.model import Message
from chalicelib.subsidies.batches import Batch, Transfer
from chalicelib.subsidies.changes import Change
from chalicelib.subsidies.items import BATCHES, BatchItem, TransferItem, batch_key
from chalicelib.subsidies.proofs import BankAccount
from chalicelib.subsidies.repository import SubsidyRepository


class BatchRepository:
    """The batches of the deployment."""

    def __init__(self, files: SubsidyRepository) -> None:
        self.files = files

    def begin(self, batch: Batch) -> Batch:
        """Keep a new batch; the one that is there under its identifier otherwise."""
        if held(lambda: _item(batch).save(BatchItem.sk.does_not_exist())):
            return batch
        return self.find(batch.id) or batch

    def collect(self, batch: Batch, change: Change, transfer: Transfer, mails: list[Message]) -> None:
        """Put a payment into an open batch, with the change of its file. Raises `ChangedMeanwhile`."""

        def write(transaction: TransactWrite) -> None:
            is_open = BatchItem.is_closed == 0
            transaction.condition_check(BatchItem, BATCHES, batch.id, condition=is_open)
            transaction.save(_transfer_item(batch, transfer), condition=TransferItem.sk.does_not_exist())
            self.files.write_within(transaction, change, mails)

        if not committed(write):
            raise ChangedMeanwhile("Ce paiement a changé entre-temps.")

    def close(self, batch: Batch) -> None:
        """Nothing more goes into it."""
        BatchItem(BATCHES, batch.id).update([BatchItem.is_closed.set(1)], BatchItem.sk.exists())

    def forget_accounts(self, batch: Batch) -> None:
        """Mask the accounts in it, then say so; dead half-way and tried again, it comes to the same."""
        for transfer in self.list_transfers(batch.id):
            masked = replace(transfer, account=transfer.account.forgotten())
            _transfer_item(batch, masked).save(TransferItem.sk.exists())
        BatchItem(BATCHES, batch.id).update([BatchItem.is_forgotten.set(1)], BatchItem.sk.exists())

    def remove_empty(self, batch: Batch) -> bool:
        """Forget a closed batch whose payments are all erased; False while there is one."""
        if self.list_transfers(batch.id):
            return False
        BatchItem(BATCHES, batch.id).delete()
        return True

    def find(self, batch_id: str) -> Batch | None:
        """The batch, read strongly, or None."""
        try:
            return _batch(BatchItem.get(BATCHES, batch_id, consistent_read=True))
        except BatchItem.DoesNotExist:
            return None

    def list_all(self) -> list[Batch]:
        """All the batches, newest first."""
        found = [_batch(item) for item in BatchItem.query(BATCHES, consistent_read=True)]
        return sorted(found, key=lambda batch: batch.created_at, reverse=True)

    def list_transfers(self, batch_id: str) -> list[Transfer]:
        """What is in a batch, by reference."""
        found = TransferItem.query(batch_key(batch_id), consistent_read=True)
        return sorted((_transfer(item) for item in found), key=lambda transfer: transfer.reference)


def _item(batch: Batch) -> BatchItem:
    return BatchItem(
        sk=batch.id,
        reference=batch.reference,
        created_at=batch.created_at,
        created_by=batch.created_by,
        execute_on=batch.execute_on.isoformat(),
        is_closed=int(batch.is_closed),
        is_forgotten=int(batch.is_forgotten),
    )


def _batch(item: BatchItem) -> Batch:
    return Batch(
        id=item.sk,
        reference=item.reference,
        created_at=item.created_at,
        created_by=item.created_by,
        execute_on=date.fromisoformat(item.execute_on),
        is_closed=bool(item.is_closed),
        is_forgotten=bool(item.is_forgotten),
    )


def _transfer_item(batch: Batch, transfer: Transfer) -> TransferItem:
    told = {**vars(transfer), "account": vars(transfer.account)}
    return TransferItem(pk=batch_key(batch.id), sk=transfer.subsidy_id, transfer=told)


def _transfer(item: TransferItem) -> Transfer:
    return replace(Transfer(**item.transfer), account=BankAccount(**item.transfer["account"]))
