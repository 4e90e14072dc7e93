"""Sessions and login requests to stored items and back."""

from datetime import datetime
from typing import Any, cast

from chalicelib.access.items import LoginItem, SessionItem, holder_key, login_key, session_key
from chalicelib.access.model import Kind, LoginRequest, LoginRequests, Session
from chalicelib.adapters.dynamodb import expires_epoch
from chalicelib.kernel.clock import iso

KEPT_DAYS = 1
FILLER = "-" * 700
"""As many bytes as a login mail takes in the outbox."""


def filler_item(asked: LoginRequests, now: datetime) -> LoginItem:
    """As many bytes as the mail that an unknown address does not get."""
    key = f"filler#{asked.requests[-1].id}"
    return LoginItem(key, filler=FILLER, expires_epoch=expires_epoch(now, KEPT_DAYS))


def session_item(session: Session) -> SessionItem:
    """The item of a session."""
    return SessionItem(
        pk=session_key(session.sid_digest),
        email=session.email,
        kind=session.kind,
        created_at=session.created_at,
        last_seen_at=session.last_seen_at,
        expires_at=session.expires_at,
        ends_at=session.ends_at,
        holder_key=holder_key(session.email),
        holder_sort=iso(session.created_at),
        expires_epoch=expires_epoch(session.ends_at, KEPT_DAYS),
    )


def session_from(item: SessionItem) -> Session:
    """The session that an item holds."""
    return Session(
        sid_digest=item.pk.removeprefix("session#"),
        email=item.email,
        kind=cast(Kind, item.kind),
        created_at=item.created_at,
        last_seen_at=item.last_seen_at,
        expires_at=item.expires_at,
        ends_at=item.ends_at,
    )


def login_item(asked: LoginRequests, now: datetime) -> LoginItem:
    """The item of the next version of what an address asked for."""
    return LoginItem(
        login_key(asked.email),
        requests=[_stored(request) for request in asked.requests],
        version=asked.version + 1,
        expires_epoch=expires_epoch(now, KEPT_DAYS),
    )


def _stored(request: LoginRequest) -> dict[str, Any]:
    return {
        **vars(request),
        "asked_at": iso(request.asked_at),
        "expires_at": iso(request.expires_at),
    }


def request_from(stored: dict[str, Any]) -> LoginRequest:
    """One of the requests that an item holds."""
    moments = {name: datetime.fromisoformat(stored[name]) for name in ("asked_at", "expires_at")}
    return LoginRequest(**{**stored, **moments})
