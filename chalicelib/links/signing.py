"""Signs links and knows them again; keeps the keys for a few minutes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chalicelib.kernel.clock import Clock
from chalicelib.links.signed import Key, SignedLink, SignedRequest, key_named_in, link_in, token_of

KEPT = timedelta(minutes=5)
PAUSE = timedelta(seconds=30)
"""A key that nobody knows makes us look again, but not at the pace of who sends such links."""
SETTLED = 2 * PAUSE
"""Only then does a new key sign: whoever meets it looks again, and nobody has looked just before it was made."""
KEY_ID_LENGTH = 8

ReadValues = Callable[[], Sequence[tuple[str, str, datetime]]]
"""The values of the secret that are in use, the current one first: its version, the value, when it was made."""


@dataclass
class Keyring:
    """The keys in use: the newest settled one signs, each of them is known. A rotation is seen within minutes."""

    read: ReadValues
    clock: Clock
    _keys: list[Key] = field(default_factory=list, repr=False)
    _read_at: datetime | None = None

    def signing_key(self) -> Key:
        """The key that links are signed with now."""
        keys, now = self._not_older_than(KEPT), self.clock()
        return next((key for key in keys if now - key.made_at >= SETTLED), keys[-1])

    def keys_for(self, key_id: str) -> list[Key]:
        """The keys in use, read again if that one is not among them."""
        keys = self._not_older_than(KEPT)
        return keys if key_id in {key.id for key in keys} else self._not_older_than(PAUSE)

    def _not_older_than(self, age: timedelta) -> list[Key]:
        now = self.clock()
        if self._read_at is None or now - self._read_at >= age:
            self._keys = [Key(_key_id(version), value, made_at) for version, value, made_at in self.read()]
            self._read_at = now
        return self._keys


@dataclass(frozen=True)
class SignedLinkService:
    """Signs `<base><path>/<token>` and knows it again."""

    keyring: Keyring
    base_url: str
    clock: Clock

    def mint(self, request: SignedRequest) -> str:
        """An absolute URL for `request`."""
        return f"{self.base_url}{request.path}/{self.token_for(request)}"

    def token_for(self, request: SignedRequest) -> str:
        """What the URL for `request` ends in; alone, the value of a cookie."""
        ends = int(self.clock().timestamp()) + request.valid_for_seconds
        return self._token(SignedLink(request.path, request.subject, request.version, ends))

    def path_of(self, link: SignedLink) -> str:
        """The path of this very link, signed by the present key."""
        return f"{link.path}/{self._token(link)}"

    def open(self, token: str, path: str) -> SignedLink:
        """The link behind a token for this page. Raises `LinkUnknown` or `SignedLinkExpired`."""
        key_id = key_named_in(token)
        keys = self.keyring.keys_for(key_id) if key_id else []
        return link_in(token, path, keys, self.clock())

    def _token(self, link: SignedLink) -> str:
        return token_of(link, self.keyring.signing_key())


def _key_id(version: str) -> str:
    return version.replace("-", "").lower()[:KEY_ID_LENGTH]
