"""A link mailed to one person: where it leads, what it is about, who holds it, until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.kernel.errors import Expired, NotFound


@dataclass(frozen=True)
class LinkRequest:
    """A link to be minted when its mail goes out; nothing secret in it.

    `path` is the page that the link opens and is bound to, `subject` what it is about,
    `holder` whom it is sent to, `bound_to` the digest of what else must be shown to use it.
    """

    path: str
    subject: str
    holder: str
    valid_for_seconds: int
    bound_to: str = ""


@dataclass(frozen=True)
class Link:
    """A minted link; of its secret only the digest is known."""

    id: str
    path: str
    subject: str
    holder: str
    secret_digest: str
    created_at: datetime
    expires_at: datetime
    bound_to: str = ""


class LinkUnknown(NotFound):
    """No such link, or not with this secret, or not for this page."""

    def __init__(self) -> None:
        super().__init__(
            "Ce lien n’est pas valable. Ouvrez-le depuis le mail reçu, en entier\u00a0; "
            "au besoin, demandez-en un nouveau."
        )


class LinkExpired(Expired):
    """A true link, too old; `link` says whom a fresh one may be sent to."""

    def __init__(self, link: Link) -> None:
        super().__init__("Demandez-en un nouveau\u00a0: il part à la même adresse.")
        self.link = link


def issue(request: LinkRequest, link_id: str, secret_digest: str, now: datetime) -> Link:
    """The link that answers `request` at the instant `now`."""
    return Link(
        id=link_id,
        path=request.path,
        subject=request.subject,
        holder=request.holder,
        secret_digest=secret_digest,
        created_at=now,
        expires_at=now + timedelta(seconds=request.valid_for_seconds),
        bound_to=request.bound_to,
    )
