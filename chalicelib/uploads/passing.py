"""Files that are read once and not kept: a program reads them, nobody opens them, and within a day they are gone.

`passing/<owner>/<ticket>/<name>` is written by browsers, held to all but the name by a signed form. The page that the
form leads back to has the ticket in its path: it shows that file and no other.
"""

import re
from dataclasses import dataclass
from typing import Protocol

from chalicelib.kernel import ids
from chalicelib.kernel.files import FileMissing, PostRules, PostTicket, StoredFile
from chalicelib.uploads.names import display_name

PASSING = "passing/"
ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
TICKET_SECONDS = 3600


class PassingFiles(Protocol):
    """The bucket, as files that pass need it."""

    def get(self, key: str) -> bytes:
        """The content of a file. Raises `FileMissing`."""

    def delete(self, *keys: str) -> None:
        """Forget files, if they are there."""

    def list_under(self, prefix: str) -> list[StoredFile]:
        """The files whose keys begin with `prefix`."""

    def post_ticket(self, prefix: str, rules: PostRules) -> PostTicket:
        """A form for one file, kept under `prefix` and its own name."""


@dataclass(frozen=True)
class Arrived:
    """A file that has come by a ticket; `etag` changes with its content, `size` is in bytes."""

    key: str
    name: str
    size: int
    etag: str


@dataclass(frozen=True)
class PassingService:
    """The files of owners, by their identifiers of 32 hexadecimal characters."""

    files: PassingFiles
    base_url: str

    def ticket(self, owner: str, page: str, most_bytes: int) -> PostTicket:
        """A form for one file, which leads back to `<page>/<ticket>`. Nothing is written and nothing asked."""
        ticket = ids.new_id()
        rules = PostRules(f"{self.base_url}{page}/{ticket}", most_bytes, TICKET_SECONDS)
        return self.files.post_ticket(_prefix(owner, ticket), rules)

    def find(self, owner: str, ticket: str) -> Arrived | None:
        """The file that came by this ticket; None if none did, or it is gone."""
        found = self.files.list_under(_prefix(owner, ticket)) if ID.fullmatch(ticket) else []
        return _arrived(found[0], _prefix(owner, ticket)) if found else None

    def content(self, arrived: Arrived) -> bytes | None:
        """What is in the file; None if it is gone."""
        try:
            return self.files.get(arrived.key)
        except FileMissing:
            return None

    def erase(self, owner: str, ticket: str) -> None:
        """Forget what came by this ticket."""
        self.files.delete(*(each.key for each in self.files.list_under(_prefix(owner, ticket))))


def _prefix(owner: str, ticket: str) -> str:
    prefix = f"{PASSING}{owner}/{ticket}/"
    if not ID.fullmatch(owner) or not ID.fullmatch(ticket):
        raise ValueError(f"no owner or ticket: {owner!r}, {ticket!r}")
    return prefix


def _arrived(found: StoredFile, prefix: str) -> Arrived:
    name = display_name(found.key.removeprefix(prefix), None)
    return Arrived(found.key, name, found.size, found.etag)
