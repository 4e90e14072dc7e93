"""Sessions and login requests in DynamoDB."""

from datetime import datetime

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.access.items import LoginItem, SessionItem, holder_key, login_key, session_key
from chalicelib.access.mapping import filler_item, login_item, request_from, session_from, session_item
from chalicelib.access.model import LoginRequests, Session
from chalicelib.adapters.dynamodb import committed, held
from chalicelib.mail.model import Message
from chalicelib.mail.repository import OutboxRepository


class SessionRepository:
    """The sessions of the deployment."""

    def find(self, sid_digest: str) -> Session | None:
        """The session, read strongly: a logout counts at once."""
        try:
            return session_from(SessionItem.get(session_key(sid_digest), "session", consistent_read=True))
        except SessionItem.DoesNotExist:
            return None

    def touch(self, session: Session) -> None:
        """Note the visit, unless somebody logged out meanwhile."""
        visit: list[Action] = [
            SessionItem.last_seen_at.set(session.last_seen_at),
            SessionItem.expires_at.set(session.expires_at),
        ]
        item = SessionItem(session_key(session.sid_digest), "session")
        held(lambda: item.update(visit, SessionItem.pk.exists()))

    def remove(self, sid_digest: str) -> None:
        """Forget the session, if it is there."""
        SessionItem(session_key(sid_digest), "session").delete()

    def list_by_email(self, email: str) -> list[Session]:
        """The sessions of one address."""
        return [session_from(item) for item in SessionItem.by_holder.query(holder_key(email))]


class LoginRequestRepository:
    """The login requests of the deployment, one item per address."""

    def __init__(self, outbox: OutboxRepository) -> None:
        self.outbox = outbox

    def get(self, email: str) -> LoginRequests:
        """What is asked for the address, read strongly."""
        try:
            item = LoginItem.get(login_key(email), "login", consistent_read=True)
        except LoginItem.DoesNotExist:
            return LoginRequests(email)
        return LoginRequests(email, tuple(map(request_from, item.requests or ())), int(item.version))

    def save(self, asked: LoginRequests, now: datetime) -> bool:
        """Replace what was read; False if it changed meanwhile."""
        return held(lambda: login_item(asked, now).save(_unchanged(asked)))

    def save_with_mail(self, asked: LoginRequests, message: Message | None, now: datetime) -> bool:
        """Replace what was read and add the mail, or as many bytes in its place: time must not tell."""

        def write(transaction: TransactWrite) -> None:
            transaction.save(login_item(asked, now), condition=_unchanged(asked))
            if message is None:
                transaction.save(filler_item(asked, now))
            else:
                self.outbox.put_within(transaction, message, now)

        return committed(write)

    def save_with_session(self, asked: LoginRequests, session: Session, now: datetime) -> bool:
        """Replace what was read and keep a new session, whose digest is never taken twice."""

        def write(transaction: TransactWrite) -> None:
            transaction.save(login_item(asked, now), condition=_unchanged(asked))
            transaction.save(session_item(session), condition=SessionItem.pk.does_not_exist())

        return committed(write)


def _unchanged(asked: LoginRequests) -> Condition:
    return LoginItem.version == asked.version if asked.version else LoginItem.pk.does_not_exist()
