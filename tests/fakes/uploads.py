"""The bucket and the uploads in memory."""

import hashlib
from collections.abc import Iterable, Sequence

from chalicelib.kernel.files import FileMissing, PostRules, PostTicket, Shown, StoredFile
from chalicelib.uploads import keys
from chalicelib.uploads.model import Upload
from chalicelib.uploads.shelf import Row, Shelf

ORIGIN = "https://files.example.org"


class FakeFiles:
    """The files of one bucket, with their types."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[bytes, str]] = {}

    def arrives(self, owner: str, kind: str, name: str, content: bytes) -> str:
        """A browser sends a file; the key that it has then."""
        key = keys.ticket_prefix(owner, kind) + name
        self.put(key, content, "application/octet-stream")
        return key

    def head(self, key: str) -> StoredFile | None:
        return _stored(key, self.files[key][0]) if key in self.files else None

    def get(self, key: str) -> bytes:
        if key not in self.files:
            raise FileMissing
        return self.files[key][0]

    def put(self, key: str, content: bytes, content_type: str) -> None:
        self.files[key] = (content, content_type)

    def copy(self, key: str, to: str, content_type: str) -> None:
        self.put(to, self.get(key), content_type)

    def delete(self, *keys: str) -> None:
        for key in keys:
            self.files.pop(key, None)

    def list_under(self, prefix: str) -> list[StoredFile]:
        return [_stored(key, self.files[key][0]) for key in sorted(self.files) if key.startswith(prefix)]

    def post_ticket(self, prefix: str, rules: PostRules) -> PostTicket:
        told = {"key": prefix + "${filename}", "success_action_redirect": rules.back_to}
        return PostTicket(
            ORIGIN, {**told, "most": str(rules.most_bytes), "for": str(rules.valid_for_seconds)}
        )

    def download_url(self, key: str, shown: Shown) -> str:
        return f"{ORIGIN}/{key}?{shown.content_type}&{shown.disposition}&{shown.valid_for_seconds}"


class FakeUploads:
    """The uploads of all owners. `before_saving` is what somebody else does just before the next write."""

    def __init__(self) -> None:
        self.shelves: dict[str, Shelf] = {}
        self.uploads: dict[tuple[str, str, str], Upload] = {}
        self.before_saving: list = []

    def shelf(self, owner: str) -> Shelf:
        return self.shelves.get(owner, Shelf(owner))

    def find(self, owner: str, kind: str, upload_id: str) -> Upload | None:
        return self.uploads.get((owner, kind, upload_id))

    def list_by_owner(self, owner: str) -> list[Upload]:
        found = [upload for upload in self.uploads.values() if upload.owner == owner]
        return sorted(found, key=lambda upload: (upload.received_at, upload.id))

    def save(self, shelf: Shelf, put: Sequence[Upload] = (), gone: Iterable[Row] = ()) -> bool:
        if self.before_saving:
            self.before_saving.pop(0)()
        if self.shelf(shelf.owner).version != shelf.version - 1:
            return False
        self.shelves[shelf.owner] = shelf
        for row in gone:
            self.uploads.pop((shelf.owner, *row), None)
        self.uploads.update({(each.owner, each.kind, each.id): each for each in put})
        return True

    def remove_all(self, owner: str) -> None:
        self.shelves.pop(owner, None)
        self.uploads = {key: upload for key, upload in self.uploads.items() if key[0] != owner}


def _stored(key: str, content: bytes) -> StoredFile:
    return StoredFile(key, len(content), hashlib.md5(content).hexdigest())
