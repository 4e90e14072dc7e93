"""Who is asking: users, their sessions, and the login links asked for one address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal

from chalicelib.access.codes import is_code
from chalicelib.kernel import ids
from chalicelib.kernel.errors import Situation
from chalicelib.office.people import TOTALS_ONLY

Kind = Literal["partner", "staff"]

LOGIN_PATH = "/connexion"
LINK_LIFE = timedelta(minutes=10)
LIVE_REQUESTS = 3
CODE_TRIES = 5
TOUCH_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class SessionLife:
    """How long a session lives: `idle` without a visit, `whole` in any case."""

    idle: timedelta
    whole: timedelta


SESSION_LIVES: Mapping[Kind, SessionLife] = MappingProxyType(
    {
        "staff": SessionLife(idle=timedelta(hours=2), whole=timedelta(hours=12)),
        "partner": SessionLife(idle=timedelta(hours=8), whole=timedelta(hours=24)),
    }
)


@dataclass(frozen=True)
class User:
    """The person behind a request. `person_id` and `roles` come from the office file, staff only."""

    email: str
    name: str
    kind: Kind
    person_id: str = ""
    roles: frozenset[str] = frozenset()

    @property
    def home(self) -> str:
        """The path of the person's own door."""
        if self.sees_totals_only:
            return "/bureau/enveloppe"
        return "/bureau" if self.is_staff else "/espace"

    @property
    def sees_totals_only(self) -> bool:
        """Whether it is an elected member, who sees no file."""
        return bool(self.roles) and self.roles <= TOTALS_ONLY

    @property
    def is_staff(self) -> bool:
        """Whether the person works at the office."""
        return self.kind == "staff"


@dataclass(frozen=True)
class Session:
    """A browser that is logged in; its cookie holds the secret, here is only the digest.

    `expires_at` moves with each visit and never goes beyond `ends_at`.
    """

    sid_digest: str
    email: str
    kind: Kind
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    ends_at: datetime

    def is_live(self, now: datetime) -> bool:
        """Whether the session still counts at `now`, whatever the table has not yet forgotten."""
        return now < self.expires_at

    def is_due_for_touch(self, now: datetime) -> bool:
        """Whether the last visit noted is old enough to be worth a write."""
        return now - self.last_seen_at >= TOUCH_EVERY

    def seen(self, now: datetime, life: SessionLife) -> "Session":
        """The session after a visit at `now`."""
        return replace(self, last_seen_at=now, expires_at=min(now + life.idle, self.ends_at))


def begin_session(sid: str, email: str, kind: Kind, now: datetime, life: SessionLife) -> Session:
    """A new session for the cookie value `sid`."""
    ends_at = now + life.whole
    return Session(ids.digest(sid), email, kind, now, now, min(now + life.idle, ends_at), ends_at)


@dataclass(frozen=True)
class LoginRequest:
    """One click on "send me a link": from which browser, for which page and door, with which code."""

    id: str
    browser_digest: str
    destination: str
    asked_at: datetime
    expires_at: datetime
    code_salt: str
    code_digest: str
    kind: Kind = "partner"
    wrong_codes: int = 0

    def comes_from(self, browser: str) -> bool:
        """Whether `browser`, the secret in its cookie, is the one that asked."""
        return bool(browser) and ids.matches(browser, self.browser_digest)

    @property
    def takes_codes(self) -> bool:
        """Whether another browser may still try a code."""
        return self.wrong_codes < CODE_TRIES

    def accepts(self, code: str) -> bool:
        """Whether `code` is the one that the asking browser shows."""
        return is_code(code, self.code_salt, self.code_digest)


@dataclass(frozen=True)
class LoginRequests:
    """All that was asked for one address, kept as one item: so the first use ends them all at once.

    `version` counts the changes; 0 was never stored.
    """

    email: str
    requests: tuple[LoginRequest, ...] = ()
    version: int = 0

    def live(self, now: datetime) -> tuple[LoginRequest, ...]:
        """The requests whose link may still be used, oldest first."""
        return tuple(request for request in self.requests if now < request.expires_at)

    def find(self, request_id: str, now: datetime) -> LoginRequest | None:
        """The live request with that id."""
        return next((request for request in self.live(now) if request.id == request_id), None)

    def adding(self, request: LoginRequest, now: datetime) -> "LoginRequests":
        """With one more request; beyond three the oldest gives way."""
        return replace(self, requests=(*self.live(now), request)[-LIVE_REQUESTS:])

    def counting_wrong_code(self, request: LoginRequest) -> "LoginRequests":
        """With one try less for that request."""
        counted = replace(request, wrong_codes=request.wrong_codes + 1)
        return replace(
            self, requests=tuple(counted if each.id == request.id else each for each in self.requests)
        )

    def used_up(self) -> "LoginRequests":
        """After the first use: nothing is left."""
        return replace(self, requests=())


@dataclass(frozen=True)
class Opening:
    """What a login link shows before anything is done; `email` only to the browser that asked."""

    same_browser: bool
    email: str = ""


@dataclass(frozen=True)
class Admission:
    """A successful login: the new cookie value, good for `lasts_seconds`, and where to go."""

    sid: str
    kind: Kind
    destination: str
    lasts_seconds: int


class LoginRefused(Situation):
    """The link is used, too old, altered, or has no tries left: one answer for all of these."""

    def __init__(self) -> None:
        super().__init__("Ce lien a expiré, il a déjà servi ou il est incomplet.")


class CodeNeeded(Situation):
    """The link is opened in another browser than the one that asked for it."""

    def __init__(self) -> None:
        super().__init__("Saisissez les 6\u00a0chiffres affichés là où vous avez demandé le lien.")


class CodeWrong(Situation):
    """The code is not the one shown in the browser that asked; `tries_left` more are allowed."""

    def __init__(self, tries_left: int) -> None:
        tries = f"{tries_left}\u00a0essai{'s' if tries_left > 1 else ''}"
        super().__init__(
            "Ce code n’est pas celui affiché là où vous avez demandé le lien. "
            f"Vérifiez les 6\u00a0chiffres\u00a0; il vous reste {tries}."
        )
        self.tries_left = tries_left
