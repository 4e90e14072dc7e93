"""Logged-in browsers: begun at login, recognised at each request, ended by logout or by the clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from chalicelib.access.directory import Directory
from chalicelib.access.model import Kind, Session, SessionLife, User, begin_session
from chalicelib.kernel import ids
from chalicelib.kernel.clock import Clock


class SessionStore(Protocol):
    """Where sessions are kept, by the digest of their cookie."""

    def find(self, sid_digest: str) -> Session | None:
        """The session as it is now, or None."""

    def touch(self, session: Session) -> None:
        """Note the visit, unless the session is gone."""

    def remove(self, sid_digest: str) -> None:
        """Forget the session, if it is there."""

    def list_by_email(self, email: str) -> list[Session]:
        """The sessions of one address."""


@dataclass(frozen=True)
class SessionService:
    """Begins, recognises and ends sessions."""

    sessions: SessionStore
    directory: Directory
    clock: Clock
    lives: Mapping[Kind, SessionLife]

    def new(self, email: str, kind: Kind) -> tuple[str, Session]:
        """The secret of a new cookie and its session, which is not kept yet."""
        sid = ids.new_secret()
        return sid, begin_session(sid, email, kind, self.clock(), self.lives[kind])

    def user_of(self, sid: str) -> User | None:
        """The person behind the cookie value, with the roles of today; None for nobody."""
        session = self.sessions.find(ids.digest(sid)) if ids.is_secret(sid) else None
        now = self.clock()
        if session is None or not session.is_live(now):
            return None
        user = self.directory.user(session.email, session.kind)
        if user is None:
            self.sessions.remove(session.sid_digest)
        elif session.is_due_for_touch(now):
            self.sessions.touch(session.seen(now, self.lives[session.kind]))
        return user

    def end(self, sid: str) -> None:
        """Log this browser out, on the server."""
        if ids.is_secret(sid):
            self.sessions.remove(ids.digest(sid))

    def end_all(self, email: str, sid: str = "") -> None:
        """Log every browser of this person out; the one that asks last, so that it can ask again after a crash."""
        asking = ids.digest(sid)
        found = self.sessions.list_by_email(email)
        for session in sorted(found, key=lambda one: one.sid_digest == asking):
            self.sessions.remove(session.sid_digest)

    def is_partner(self, user: User) -> bool:
        """Whether the partners' door is open to the user; a staff member may be a partner too."""
        return user.kind == "partner" or self.directory.is_partner(user.email)
