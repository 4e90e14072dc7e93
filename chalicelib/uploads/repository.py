"""Uploads in DynamoDB: every change of an owner's files goes over the one item of their shelf."""

from collections.abc import Iterable, Sequence

from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb import committed
from chalicelib.uploads.items import SHELF, UPLOAD, ShelfItem, UploadItem
from chalicelib.uploads.mapping import shelf_item, shelf_of, sort_key, upload_item, upload_of
from chalicelib.uploads.model import Upload
from chalicelib.uploads.shelf import Row, Shelf


class UploadRepository:
    """The uploads of the deployment."""

    def shelf(self, owner: str) -> Shelf:
        """What the owner keeps, read strongly; an empty shelf for an unknown one."""
        try:
            return shelf_of(ShelfItem.get(owner, SHELF, consistent_read=True))
        except ShelfItem.DoesNotExist:
            return Shelf(owner)

    def find(self, owner: str, kind: str, upload_id: str) -> Upload | None:
        """The upload, read strongly, or None."""
        try:
            return upload_of(UploadItem.get(owner, sort_key(kind, upload_id), consistent_read=True))
        except UploadItem.DoesNotExist:
            return None

    def list_by_owner(self, owner: str) -> list[Upload]:
        """All uploads of an owner, refused ones included, read strongly, in the order of their arrival."""
        found = map(
            upload_of, UploadItem.query(owner, UploadItem.sk.startswith(UPLOAD), consistent_read=True)
        )
        return sorted(found, key=lambda upload: (upload.received_at, upload.id))

    def save(self, shelf: Shelf, put: Sequence[Upload] = (), gone: Iterable[Row] = ()) -> bool:
        """Write the next shelf with these uploads, and without those; False if it changed meanwhile."""
        new = shelf.version == 1
        unchanged = ShelfItem.pk.does_not_exist() if new else ShelfItem.version == shelf.version - 1

        def write(transaction: TransactWrite) -> None:
            transaction.save(shelf_item(shelf), condition=unchanged)
            for upload in put:
                transaction.save(upload_item(upload))
            for row in gone:
                transaction.delete(UploadItem(shelf.owner, sort_key(*row)))

        return committed(write)

    def remove_all(self, owner: str) -> None:
        """Forget the owner: the files first, the shelf last."""
        rows = UploadItem.query(owner, UploadItem.sk.startswith(UPLOAD), consistent_read=True)
        for row in list(rows):
            row.delete()
        ShelfItem(owner, SHELF).delete()
