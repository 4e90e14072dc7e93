"""What a page does with files: lets one be sent, lists them, hands them out, takes them away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.files import PostRules, PostTicket, Shown, StoredFile
from chalicelib.uploads import keys, names
from chalicelib.uploads.model import Upload, UploadUnknown
from chalicelib.uploads.rules import USUAL, Rules
from chalicelib.uploads.shelf import Row, Shelf

ATTEMPTS = 10
"""Of as many files that arrive together each round takes one in at least."""


class UploadStore(Protocol):
    """The uploads of all owners, and the shelf of each."""

    def shelf(self, owner: str) -> Shelf:
        """What the owner keeps, read strongly; an empty shelf for an unknown one."""

    def find(self, owner: str, kind: str, upload_id: str) -> Upload | None:
        """The upload, or None."""

    def list_by_owner(self, owner: str) -> list[Upload]:
        """All uploads of an owner, refused ones included, read strongly, in the order of their arrival."""

    def save(self, shelf: Shelf, put: Sequence[Upload] = (), gone: Iterable[Row] = ()) -> bool:
        """Write the next shelf with these uploads, and without those; False if it changed meanwhile."""

    def remove_all(self, owner: str) -> None:
        """Forget the owner."""


class FileStore(Protocol):
    """The bucket, as pages need it."""

    def delete(self, *keys: str) -> None:
        """Forget files, if they are there."""

    def list_under(self, prefix: str) -> list[StoredFile]:
        """The files whose keys begin with `prefix`."""

    def post_ticket(self, prefix: str, rules: PostRules) -> PostTicket:
        """A form for one file, kept under `prefix` and its own name."""

    def download_url(self, key: str, shown: Shown) -> str:
        """A link to a file."""


@dataclass(frozen=True)
class UploadService:
    """The files of owners: an owner is a draft or a record, by its identifier of 32 hexadecimal characters."""

    uploads: UploadStore
    files: FileStore
    base_url: str
    rules: Rules = USUAL

    def ticket(self, owner: str, kind: str, back_to: str) -> PostTicket:
        """A form for one more file of a kind, a code such as `quote`; it leads back to a path of this site.

        Nothing is written and nothing asked: whether one more has its place is said when it has arrived.
        """
        rules = PostRules(self.base_url + back_to, self.rules.most_bytes, self.rules.ticket_seconds)
        return self.files.post_ticket(keys.ticket_prefix(owner, kind), rules)

    def list_of(self, owner: str) -> list[Upload]:
        """The files of an owner by their arrival, and the last refusal of each kind."""
        return self.uploads.list_by_owner(owner)

    def waiting(self, owner: str) -> frozenset[str]:
        """The kinds of which a file has arrived that nobody has looked at yet."""
        arrivals = (keys.arrival_at(each.key) for each in self.files.list_under(keys.incoming_of(owner)))
        return frozenset(each.kind for each in arrivals if each)

    def standing(self, owner: str) -> tuple[list[Upload], frozenset[str]]:
        """What `list_of` and `waiting` say, for a page: a file that is taken in meanwhile is in one of them at least.

        It is listed before it waits no more; so who waits is read first.
        """
        waiting = self.waiting(owner)
        return self.list_of(owner), waiting

    def find(self, owner: str, upload_id: str) -> Upload | None:
        """The upload of this owner, or None."""
        return next((each for each in self.list_of(owner) if each.id == upload_id), None)

    def remove(self, owner: str, upload_id: str) -> None:
        """Take a file away, or a refusal; nothing happens if it is gone. Raises `UploadUnknown`."""
        key = keys.kept_key(owner, upload_id)
        if keys.kept_at(key) is None:
            raise UploadUnknown
        self._take_off_the_shelf(owner, upload_id)
        # Only now: a file that is listed is there.
        self.files.delete(key)

    def destroy(self, upload: Upload) -> None:
        """Take a file away that has to go, the content first: cut short, it is still listed, and found again."""
        if upload.key:
            self.files.delete(upload.key)
        self._take_off_the_shelf(upload.owner, upload.id)

    def download_url(self, upload: Upload) -> str:
        """A link of some minutes that saves the file under its name.

        Raises `ScanPending`, `FoundInfected` or `FileNotKept`.
        """
        upload.check_readable()
        disposition = names.attachment(upload.name)
        return self.files.download_url(
            upload.key, Shown(upload.content_type, disposition, self.rules.download_seconds)
        )

    def download_url_of(self, owner: str, upload_id: str) -> str:
        """Like `download_url`, for the upload of this owner. Raises `UploadUnknown` too."""
        upload = self.find(owner, upload_id)
        if upload is None:
            raise UploadUnknown
        return self.download_url(upload)

    def erase(self, owner: str) -> None:
        """Forget everything of an owner, whatever has not been looked at yet included.

        A ticket outlives it by an hour: close the owner's pages first.
        """
        prefixes = (keys.kept_of(owner), keys.incoming_of(owner))
        self.files.delete(*(each.key for prefix in prefixes for each in self.files.list_under(prefix)))
        self.uploads.remove_all(owner)

    def _take_off_the_shelf(self, owner: str, upload_id: str) -> None:
        for _ in range(ATTEMPTS):
            shelf = self.uploads.shelf(owner)
            kind = shelf.kind_of(upload_id)
            if kind is None or self.uploads.save(shelf.without(upload_id), gone=[(kind, upload_id)]):
                return
        raise ChangedMeanwhile("Vos fichiers changent depuis un autre onglet\u00a0: rechargez la page.")
