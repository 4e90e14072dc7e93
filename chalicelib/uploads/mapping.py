"""Uploads and shelves to stored items and back."""

from chalicelib.adapters.dynamodb import expires_epoch
from chalicelib.uploads.items import UPLOAD, ShelfItem, UploadItem
from chalicelib.uploads.model import Fault, ScanState, Upload, UploadState
from chalicelib.uploads.shelf import Place, Shelf

REFUSED_DAYS = 30
"""So long a refusal is told."""


def sort_key(kind: str, upload_id: str) -> str:
    """`UPLOAD#<kind>#<id>`."""
    return f"{UPLOAD}{kind}#{upload_id}"


def upload_item(upload: Upload) -> UploadItem:
    """The item of an upload."""
    return UploadItem(
        pk=upload.owner,
        sk=sort_key(upload.kind, upload.id),
        name=upload.name,
        content_type=upload.content_type,
        size=upload.size,
        sha256=upload.sha256,
        received_at=upload.received_at,
        state=upload.state,
        fault=upload.fault,
        scan_state=upload.scan,
        key=upload.key,
        expires_epoch=None if upload.is_kept else expires_epoch(upload.received_at, REFUSED_DAYS),
    )


def upload_of(item: UploadItem) -> Upload:
    """The upload of an item."""
    _, kind, upload_id = item.sk.split("#")
    return Upload(
        owner=item.pk,
        kind=kind,
        id=upload_id,
        name=item.name,
        size=int(item.size),
        received_at=item.received_at,
        content_type=item.content_type,
        sha256=item.sha256,
        state=UploadState(item.state),
        fault=Fault(item.fault) if item.fault else None,
        scan=ScanState(item.scan_state),
        key=item.key,
    )


def shelf_item(shelf: Shelf) -> ShelfItem:
    """The item of a shelf."""
    kept = [vars(place) for place in shelf.kept]
    return ShelfItem(pk=shelf.owner, kept=kept, refused=dict(shelf.refused), version=shelf.version)


def shelf_of(item: ShelfItem) -> Shelf:
    """The shelf of an item."""
    kept = tuple(Place(**place) for place in item.kept)
    return Shelf(item.pk, kept, dict(item.refused), int(item.version))
