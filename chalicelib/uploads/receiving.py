"""Files that arrive: each is looked at once, and kept or told to be wanting."""

import hashlib
from dataclasses import dataclass, replace
from typing import Protocol

from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.files import FileMissing, StoredFile
from chalicelib.uploads import keys, names
from chalicelib.uploads.inspection import inspect
from chalicelib.uploads.keys import Arrival
from chalicelib.uploads.model import Fault, ScanState, Upload
from chalicelib.uploads.rules import USUAL, Rules
from chalicelib.uploads.service import ATTEMPTS, UploadStore
from chalicelib.uploads.shelf import Shelf

MOST_AT_ONCE = 5
"""So many files one press of a button has looked at: the page waits for it."""


class ArrivingFiles(Protocol):
    """The bucket, as who receives needs it."""

    def head(self, key: str) -> StoredFile | None:
        """What is known of a file, or None."""

    def get(self, key: str) -> bytes:
        """The content of a file. Raises `FileMissing`."""

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """Keep a file, in the place of the one before it."""

    def delete(self, *keys: str) -> None:
        """Forget files, if they are there."""

    def list_under(self, prefix: str) -> list[StoredFile]:
        """The files whose keys begin with `prefix`."""


@dataclass(frozen=True)
class ReceivingService:
    """Takes files in; `scan` is what is known of malware in a new one."""

    uploads: UploadStore
    files: ArrivingFiles
    clock: Clock
    scan: ScanState = ScanState.OFF
    rules: Rules = USUAL

    def receive(self, key: str) -> Upload | None:
        """Look at the file that arrived under `key`, then forget it there; None if nobody is there any more.

        Told twice of the same file, or dead half-way and tried again, it comes to the same. What an owner sends
        again under the same kind is kept once: it is the first one that is returned.
        """
        arrival = keys.arrival_at(key)
        found = self.files.head(key) if arrival else None
        if arrival is None or found is None:
            return None
        upload_id = keys.upload_id(key, found.etag)
        try:
            upload = self.uploads.find(arrival.owner, arrival.kind, upload_id) or self._take_in(
                arrival, found, upload_id
            )
        except FileMissing:
            return None
        self.files.delete(key)
        return upload

    def receive_waiting(self, owner: str) -> list[Upload]:
        """Look at the files of an owner that were passed over: the event may be late, or never come."""
        waiting = self.files.list_under(keys.incoming_of(owner))[:MOST_AT_ONCE]
        return [upload for each in waiting if (upload := self.receive(each.key))]

    def _take_in(self, arrival: Arrival, found: StoredFile, upload_id: str) -> Upload:
        upload, content = self._judge(arrival, found, upload_id)
        for attempt in range(ATTEMPTS):
            shelf = self.uploads.shelf(upload.owner)
            placed = self._place(upload, shelf)
            if placed is upload and upload.is_kept:
                self.files.put(upload.key, content, upload.content_type)
            shelf_after = shelf.with_(placed)
            if self.uploads.save(shelf_after, [placed], shelf.rows() - shelf_after.rows()):
                if attempt and placed.key != upload.key:
                    self.files.delete(upload.key)
                return placed
        raise ChangedMeanwhile("Vos fichiers changent depuis un autre onglet\u00a0: rechargez la page.")

    def _judge(self, arrival: Arrival, found: StoredFile, upload_id: str) -> tuple[Upload, bytes]:
        """What is to be said of the file itself, and its content if it was read."""
        name = names.display_name(arrival.name, None)
        upload = Upload(arrival.owner, arrival.kind, upload_id, name, found.size, self.clock())
        if not found.size:
            return upload.refused(Fault.EMPTY), b""
        if found.size > self.rules.most_bytes:
            return upload.refused(Fault.TOO_LARGE), b""
        content = self.files.get(found.key)
        file_type, fault = inspect(content, self.rules)
        if file_type is None or fault:
            return upload.refused(fault or Fault.WRONG_TYPE), content
        # The bytes that were looked at are written, not copied there: what stands under `key` may change meanwhile.
        kept = replace(
            upload,
            name=names.display_name(arrival.name, file_type),
            size=len(content),
            content_type=file_type.content_type,
            sha256=hashlib.sha256(content).hexdigest(),
            scan=self.scan,
            key=keys.kept_key(upload.owner, upload_id),
        )
        return kept, content

    def _place(self, upload: Upload, shelf: Shelf) -> Upload:
        """The upload as it finds its place: kept, refused for want of one, or the same file that is there already."""
        if not upload.is_kept:
            return upload
        twin = shelf.twin(upload.kind, upload.sha256)
        known = twin and self.uploads.find(upload.owner, twin.kind, twin.id)
        if known:
            return known
        full = shelf.is_full_for(upload.kind, self.rules)
        return upload.refused(full) if full else upload
