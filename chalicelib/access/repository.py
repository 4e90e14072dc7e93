"""Sessions, login requests and counters in DynamoDB: no address, cookie or IP is a key in the clear."""

from datetime import datetime, timedelta
from typing import Any, cast

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from chalicelib.access.model import Kind, LoginRequest, LoginRequests, Session
from chalicelib.adapters.dynamodb import ConditionBroken, TableMeta, commit, expires_epoch, held
from chalicelib.kernel import ids
from chalicelib.kernel.clock import iso
from chalicelib.mail.model import Message
from chalicelib.mail.repository import OutboxRepository
from chalicelib.runtime import config

KEPT_DAYS = 1
ATTEMPTS = 8
FILLER = "-" * 700
"""As many bytes as a login mail takes in the outbox."""


class HolderIndex(GlobalSecondaryIndex["SessionItem"]):
    """The sessions of one person, oldest first."""

    class Meta:
        index_name = "by_holder"
        projection = AllProjection()

    holder_key = UnicodeAttribute(hash_key=True)
    holder_sort = UnicodeAttribute(range_key=True)


class AccessMeta(TableMeta):
    """The table of this room."""

    table_name = config.table_name("access")


class SessionItem(Model):
    """One logged-in browser."""

    class Meta(AccessMeta):
        pass

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default="session")
    email = UnicodeAttribute()
    kind = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    last_seen_at = UTCDateTimeAttribute()
    expires_at = UTCDateTimeAttribute()
    ends_at = UTCDateTimeAttribute()
    holder_key = UnicodeAttribute()
    holder_sort = UnicodeAttribute()
    expires_epoch = NumberAttribute()
    by_holder = HolderIndex()


class LoginItem(Model):
    """What one address asked for; a filler stands where an unknown address has no mail."""

    class Meta(AccessMeta):
        pass

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default="login")
    requests: JSONAttribute = JSONAttribute(null=True)
    version = NumberAttribute(default=0)
    filler = UnicodeAttribute(null=True)
    expires_epoch = NumberAttribute()


class CounterItem(Model):
    """How often something was done since its window began; `expires_epoch` is the window's end."""

    class Meta(AccessMeta):
        pass

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default="counter")
    counted = NumberAttribute(default=0)
    expires_epoch = NumberAttribute()


class SessionRepository:
    """The sessions of the deployment."""

    def add(self, session: Session) -> None:
        """Keep a new session; a digest is never taken twice."""
        _session_item(session).save(SessionItem.pk.does_not_exist())

    def find(self, sid_digest: str) -> Session | None:
        """The session, read strongly: a logout counts at once."""
        try:
            return _session(SessionItem.get(_session_key(sid_digest), "session", consistent_read=True))
        except SessionItem.DoesNotExist:
            return None

    def touch(self, session: Session) -> None:
        """Note the visit, unless somebody logged out meanwhile."""
        visit: list[Action] = [
            SessionItem.last_seen_at.set(session.last_seen_at),
            SessionItem.expires_at.set(session.expires_at),
        ]
        _update(SessionItem(_session_key(session.sid_digest), "session"), visit, SessionItem.pk.exists())

    def remove(self, sid_digest: str) -> None:
        """Forget the session, if it is there."""
        SessionItem(_session_key(sid_digest), "session").delete()

    def list_by_email(self, email: str) -> list[Session]:
        """The sessions of one address."""
        return [_session(item) for item in SessionItem.by_holder.query(_holder_key(email))]


class LoginRequestRepository:
    """The login requests of the deployment, one item per address."""

    def __init__(self, outbox: OutboxRepository) -> None:
        self.outbox = outbox

    def get(self, email: str) -> LoginRequests:
        """What is asked for the address, read strongly."""
        try:
            item = LoginItem.get(_login_key(email), "login", consistent_read=True)
        except LoginItem.DoesNotExist:
            return LoginRequests(email)
        return LoginRequests(email, tuple(map(_request, item.requests or ())), int(item.version))

    def save(self, asked: LoginRequests, now: datetime) -> bool:
        """Replace what was read; False if it changed meanwhile."""
        return held(lambda: _login_item(asked, now).save(_unchanged(asked)))

    def save_with_mail(self, asked: LoginRequests, message: Message | None, now: datetime) -> bool:
        """Replace what was read and add the mail, or as many bytes in its place: time must not tell."""

        def write(transaction: TransactWrite) -> None:
            transaction.save(_login_item(asked, now), condition=_unchanged(asked))
            if message is None:
                transaction.save(_filler(asked, now))
            else:
                self.outbox.put_within(transaction, message, now)

        try:
            commit(write)
        except ConditionBroken:
            return False
        return True


class CounterRepository:
    """The counters of the deployment."""

    def count(self, key: str, now: datetime, window: timedelta) -> int:
        """Add one, atomically; the number since the window began."""
        item = CounterItem(f"counter#{key}", "counter")
        for _ in range(ATTEMPTS):
            if _continue_window(item, now) or _begin_window(item, now, window):
                return int(item.counted)
        raise TimeoutError("a counter was taken by others too many times in a row")


def _continue_window(item: CounterItem, now: datetime) -> bool:
    return _update(item, [CounterItem.counted.add(1)], CounterItem.expires_epoch > int(now.timestamp()))


def _begin_window(item: CounterItem, now: datetime, window: timedelta) -> bool:
    over = CounterItem.pk.does_not_exist() | (CounterItem.expires_epoch <= int(now.timestamp()))
    begin: list[Action] = [
        CounterItem.counted.set(1),
        CounterItem.expires_epoch.set(int((now + window).timestamp())),
    ]
    return _update(item, begin, over)


def _update(item: Model, actions: list[Action], condition: Condition) -> bool:
    """Update if the condition holds; False if it does not."""
    return held(lambda: item.update(actions, condition))


def _session_key(sid_digest: str) -> str:
    return f"session#{sid_digest}"


def _holder_key(email: str) -> str:
    return f"session#{ids.digest(email)}"


def _login_key(email: str) -> str:
    return f"login#{ids.digest(email)}"


def _unchanged(asked: LoginRequests) -> Condition:
    return LoginItem.version == asked.version if asked.version else LoginItem.pk.does_not_exist()


def _filler(asked: LoginRequests, now: datetime) -> LoginItem:
    key = f"filler#{asked.requests[-1].id}"
    return LoginItem(key, filler=FILLER, expires_epoch=expires_epoch(now, KEPT_DAYS))


def _session_item(session: Session) -> SessionItem:
    return SessionItem(
        pk=_session_key(session.sid_digest),
        email=session.email,
        kind=session.kind,
        created_at=session.created_at,
        last_seen_at=session.last_seen_at,
        expires_at=session.expires_at,
        ends_at=session.ends_at,
        holder_key=_holder_key(session.email),
        holder_sort=iso(session.created_at),
        expires_epoch=expires_epoch(session.ends_at, KEPT_DAYS),
    )


def _session(item: SessionItem) -> Session:
    return Session(
        sid_digest=item.pk.removeprefix("session#"),
        email=item.email,
        kind=cast(Kind, item.kind),
        created_at=item.created_at,
        last_seen_at=item.last_seen_at,
        expires_at=item.expires_at,
        ends_at=item.ends_at,
    )


def _login_item(asked: LoginRequests, now: datetime) -> LoginItem:
    return LoginItem(
        _login_key(asked.email),
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


def _request(stored: dict[str, Any]) -> LoginRequest:
    moments = {name: datetime.fromisoformat(stored[name]) for name in ("asked_at", "expires_at")}
    return LoginRequest(**{**stored, **moments})
