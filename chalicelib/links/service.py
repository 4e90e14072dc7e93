"""The one place where mailed links are minted and opened."""

from dataclasses import dataclass
from typing import Protocol

from chalicelib.kernel import ids
from chalicelib.kernel.clock import Clock
from chalicelib.links.model import Link, LinkExpired, LinkRequest, LinkUnknown, issue


class LinkStore(Protocol):
    """Where minted links are kept, without their secrets."""

    def add(self, link: Link) -> None:
        """Keep a new link."""

    def find(self, link_id: str) -> Link | None:
        """The link, or None."""


@dataclass(frozen=True)
class LinkService:
    """Mints `<base><path>/<id>.<secret>` and recognises it again."""

    links: LinkStore
    base_url: str
    clock: Clock

    def mint(self, request: LinkRequest) -> str:
        """A new absolute URL for `request`; the secret exists nowhere but in it."""
        secret = ids.new_secret()
        link = issue(request, ids.new_id(), ids.digest(secret), self.clock())
        self.links.add(link)
        return f"{self.base_url}{link.path}/{link.id}.{secret}"

    def open(self, token: str, path: str) -> Link:
        """The link behind `<id>.<secret>` for this page. Raises `LinkUnknown` or `LinkExpired`."""
        link = self.recognise(token, path)
        if self.is_expired(link):
            raise LinkExpired(link)
        return link

    def recognise(self, token: str, path: str) -> Link:
        """Like `open`, however old the link is: to send its holder a fresh one. Raises `LinkUnknown`."""
        link_id, _, secret = token.partition(".")
        link = self.links.find(link_id) if link_id and secret else None
        if link is None or link.path != path or not ids.matches(secret, link.secret_digest):
            raise LinkUnknown
        return link

    def is_expired(self, link: Link) -> bool:
        """Whether the link is too old to open its page."""
        return self.clock() >= link.expires_at
