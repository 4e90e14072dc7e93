"""A link that nothing is stored of: what it says is signed by a key of the deployment.

It is for what has to be found again years later, in any mail. What opens a door once, or decides something,
is a stored link: see `model.py`.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from chalicelib.kernel.errors import Expired
from chalicelib.links.model import LinkUnknown

TOKEN = re.compile(
    r"([0-9A-Za-z_-]{1,64})\.(\d{1,9})\.(\d{1,12})\.([0-9a-z]{8})\.([0-9A-Za-z_-]{43})", re.ASCII
)

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Key:
    """A key for signing; `id` says in the link which one it was."""

    id: str
    secret: str = field(repr=False)
    made_at: datetime = LONG_AGO


@dataclass(frozen=True)
class SignedRequest:
    """A link to be signed when its mail goes out.

    `path` is the page that the link opens and is bound to, `subject` what it is about, `version` the one of
    what it leads to: the page says what an overtaken link may still do.
    """

    path: str
    subject: str
    version: int
    valid_for_seconds: int


@dataclass(frozen=True)
class SignedLink:
    """What a link says; it ends at `expires_epoch`, in seconds since 1970."""

    path: str
    subject: str
    version: int
    expires_epoch: int


class SignedLinkExpired(Expired):
    """A true link, too old."""

    def __init__(self) -> None:
        super().__init__("Connectez-vous à «\u00a0Mon espace\u00a0»\u00a0: vous y trouverez la même page.")


def token_of(link: SignedLink, key: Key) -> str:
    """`<subject>.<version>.<end>.<key>.<signature>`, of signs that every mail client leaves alone."""
    return f"{link.subject}.{link.version}.{link.expires_epoch}.{key.id}.{_signature(link, key)}"


def key_named_in(token: str) -> str:
    """The identifier of the key that `token` says it was signed with, or the empty string."""
    parts = TOKEN.fullmatch(token)
    return parts[4] if parts else ""


def link_in(token: str, path: str, keys: Iterable[Key], now: datetime) -> SignedLink:
    """What a token for this page says. Raises `LinkUnknown`, or `SignedLinkExpired` for a true one."""
    parts = TOKEN.fullmatch(token)
    key = next((key for key in keys if parts and key.id == parts[4]), None)
    if parts is None or key is None:
        raise LinkUnknown
    link = SignedLink(path, parts[1], int(parts[2]), int(parts[3]))
    # The whole text is compared: a number written otherwise, with a zero in front, is another token.
    if not hmac.compare_digest(token_of(link, key), token):
        raise LinkUnknown
    if now.timestamp() >= link.expires_epoch:
        raise SignedLinkExpired
    return link


def _signature(link: SignedLink, key: Key) -> str:
    """256 bits over the page, the subject, the version and the end; none of them holds a line break."""
    said = "\n".join((link.path, link.subject, str(link.version), str(link.expires_epoch)))
    raw = hmac.digest(key.secret.encode(), said.encode(), "sha256")
    return urlsafe_b64encode(raw).decode().rstrip("=")
