"""Logging in without a password: ask for a link, open it, be admitted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from chalicelib.access import codes
from chalicelib.access.directory import Directory
from chalicelib.access.limits import Limiter
from chalicelib.access.model import (
    CODE_TRIES,
    LINK_LIFE,
    LOGIN_PATH,
    Admission,
    CodeNeeded,
    CodeWrong,
    Kind,
    LoginRefused,
    LoginRequest,
    LoginRequests,
    Opening,
    Session,
)
from chalicelib.access.sessions import SessionService
from chalicelib.kernel import ids
from chalicelib.kernel.addresses import machine_behind, normalise_email
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.links.model import Link, LinkExpired, LinkRequest, LinkUnknown
from chalicelib.mail.model import Message

ATTEMPTS = 8
LIMIT_WINDOW_SECONDS = 600
REQUESTS_PER_ADDRESS = 5
REQUESTS_PER_MACHINE = 20


class LoginRequestStore(Protocol):
    """Where the login requests of each address are kept, one item per address."""

    def get(self, email: str) -> LoginRequests:
        """What is asked for the address; an empty version 0 when nothing is."""

    def save(self, asked: LoginRequests, now: datetime) -> bool:
        """Replace what was read; False if it changed meanwhile."""

    def save_with_mail(self, asked: LoginRequests, message: Message | None, now: datetime) -> bool:
        """Replace what was read and add the mail, both or neither; False if it changed meanwhile.

        Without a message it must write as much, so that nobody can tell by the time it takes.
        """

    def save_with_session(self, asked: LoginRequests, session: Session, now: datetime) -> bool:
        """Replace what was read and keep the session, both or neither; False if it changed meanwhile."""


class LinkOpener(Protocol):
    """Recognises the links that were mailed."""

    def open(self, token: str, path: str) -> Link:
        """The link behind the token. Raises `LinkUnknown` or `LinkExpired`."""


@dataclass(frozen=True)
class LoginService:
    """The three steps of a login. A browser is the secret in its `__Host-pre` cookie."""

    requests: LoginRequestStore
    links: LinkOpener
    directory: Directory
    sessions: SessionService
    limiter: Limiter
    clock: Clock
    reply_to: Callable[[], str]
    link_life: timedelta = LINK_LIFE

    def ask_for_link(self, email: str, destination: str, ip: str, browser: str) -> None:
        """Mail a link to the address if it is known and within the limits; never tells which.

        `destination` is a page of this site, already checked.
        """
        email = normalise_email(email)
        if not self._may_ask(email, ip):
            return
        user = self.directory.find(email)
        request = self._new_request(email, user.kind if user else "partner", destination, browser)
        # Written for everybody, sent to those who are known: the same reads, about the same time.
        mail = self._mail(email, user.name if user else email, request)
        message = mail if user else None
        for _ in range(ATTEMPTS):
            asked = self.requests.get(email)
            # A transaction that was answered too late may have been written all the same.
            if asked.find(request.id, request.asked_at):
                return
            added = asked.adding(request, request.asked_at)
            if self.requests.save_with_mail(added, message, request.asked_at):
                return
        raise ChangedMeanwhile("Trop de demandes arrivent à la fois. Réessayez dans un instant.")

    def look(self, token: str, browser: str) -> Opening:
        """What the link will do; changes nothing. Raises `LoginRefused`."""
        link, _, request = self._find(token)
        if request.comes_from(browser):
            return Opening(same_browser=True, email=link.subject)
        if not request.takes_codes:
            raise LoginRefused
        return Opening(same_browser=False)

    def redeem(self, token: str, browser: str, typed_code: str, old_sid: str) -> Admission:
        """Use the link, once, and begin a session in place of `old_sid`.

        Raises `LoginRefused`, or in another browser `CodeNeeded` or `CodeWrong`: then nothing is used.
        """
        link, asked, request = self._find(token)
        if not request.comes_from(browser):
            self._check_code(asked, request, codes.typed_code(typed_code))
        user = self.directory.user(link.subject, request.kind)
        if user is None:
            raise LoginRefused
        sid = self._begin_session(asked, request)
        self.sessions.end(old_sid)
        lasts = self.sessions.lives[user.kind].whole
        return Admission(sid, user.kind, request.destination, int(lasts.total_seconds()))

    def _may_ask(self, email: str, ip: str) -> bool:
        # The machine first: a machine over its limit must not eat up the limit of other people.
        allow = self.limiter.allow
        return allow(
            "login from machine", machine_behind(ip), REQUESTS_PER_MACHINE, LIMIT_WINDOW_SECONDS
        ) and allow("login for address", email, REQUESTS_PER_ADDRESS, LIMIT_WINDOW_SECONDS)

    def _new_request(self, email: str, kind: Kind, destination: str, browser: str) -> LoginRequest:
        now, salt = self.clock(), codes.new_salt()
        return LoginRequest(
            id=ids.new_id(),
            browser_digest=ids.digest(browser),
            destination=destination,
            asked_at=now,
            expires_at=now + self.link_life,
            code_salt=salt,
            code_digest=codes.code_digest(codes.code_for(browser, email), salt),
            kind=kind,
        )

    def _mail(self, email: str, name: str, request: LoginRequest) -> Message:
        valid_for_seconds = int(self.link_life.total_seconds())
        return Message(
            template="access/login_link",
            to=email,
            record=f"login#{ids.digest(email)}",
            occasion=request.id,
            context={"person": name, "minutes": valid_for_seconds // 60},
            link=LinkRequest(LOGIN_PATH, email, email, valid_for_seconds, bound_to=request.id),
            reply_to=self.reply_to(),
        )

    def _find(self, token: str) -> tuple[Link, LoginRequests, LoginRequest]:
        try:
            link = self.links.open(token, LOGIN_PATH)
        except (LinkUnknown, LinkExpired) as reason:
            raise LoginRefused from reason
        asked = self.requests.get(link.subject)
        return link, asked, _live(asked, link.bound_to, self.clock())

    def _check_code(self, asked: LoginRequests, request: LoginRequest, code: str) -> None:
        if not request.takes_codes:
            raise LoginRefused
        if not code:
            raise CodeNeeded
        # Each try is counted before it is compared: parallel guesses do not get more than five.
        if not self.requests.save(asked.counting_wrong_code(request), self.clock()):
            raise CodeNeeded
        if not request.accepts(code):
            raise self._wrong_code(request)

    def _wrong_code(self, request: LoginRequest) -> CodeWrong | LoginRefused:
        tries_left = CODE_TRIES - request.wrong_codes - 1
        return CodeWrong(tries_left) if tries_left else LoginRefused()

    def _begin_session(self, asked: LoginRequests, request: LoginRequest) -> str:
        """A session in place of all that was asked for the address, in one: a link is good for one use."""
        sid, session = self.sessions.new(asked.email, request.kind)
        for _ in range(ATTEMPTS):
            if self.requests.save_with_session(asked.used_up(), session, self.clock()):
                return sid
            asked = self.requests.get(asked.email)
            _live(asked, request.id, self.clock())
        raise LoginRefused


def _live(asked: LoginRequests, request_id: str, now: datetime) -> LoginRequest:
    request = asked.find(request_id, now)
    if request is None:
        raise LoginRefused
    return request
