"""The outbox in DynamoDB: a row per mail, open until it is sent, its words forgotten after that."""

from datetime import datetime
from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb import held
from chalicelib.kernel.clock import iso
from chalicelib.kernel.letters import Letter
from chalicelib.mail.items import MailItem, OpenIndex
from chalicelib.mail.mapping import mail_of, new_item
from chalicelib.mail.model import IN_TROUBLE, MailState, Message, OutboxMail

IN_DOUBT = (MailState.CLAIMED, MailState.UNCERTAIN)


class OutboxRepository:
    """The outbox of the deployment."""

    def put_within(self, transaction: TransactWrite, message: Message, now: datetime) -> None:
        """Add a mail in the transaction of the change that it tells about."""
        transaction.save(new_item(message, now), condition=MailItem.pk.does_not_exist())

    def put_once(self, message: Message, now: datetime) -> bool:
        """Add a mail on its own; False if that very mail is there already."""
        return held(lambda: new_item(message, now).save(MailItem.pk.does_not_exist()))

    def claim(self, key: str, now: datetime) -> OutboxMail | None:
        """Take a new row for sending; None if it is not there to take, or not yet.

        A first sending is always due: the clock that wrote the row may be ahead of this one.
        """
        item = MailItem(key)
        is_due = (MailItem.attempts == 0) | (MailItem.open_since <= iso(now))
        taken = _update(
            item,
            [
                MailItem.state.set(MailState.CLAIMED),
                MailItem.claimed_at.set(now),
                MailItem.attempts.set(MailItem.attempts + 1),
                MailItem.claims.add(1),
                *_open(MailState.CLAIMED, now),
            ],
            (MailItem.state == MailState.NEW) & is_due,
        )
        return mail_of(item) if taken else None

    def mark_sent(self, mail: OutboxMail, letter: Letter, service_id: str, now: datetime) -> None:
        """The letter has left: close the row and forget its words, even if its delivery was told first."""
        _update(
            MailItem(mail.key),
            [
                MailItem.sent_at.set(now),
                MailItem.subject.set(letter.subject),
                MailItem.service_id.set(service_id),
                *_closed(MailState.SENT, letter.to),
            ],
            MailItem.state.is_in(*IN_DOUBT, MailState.SENT) & _same_claim(mail),
        )

    def mark_failed(self, mail: OutboxMail, reason: str) -> None:
        """The mail will not go: staff see why."""
        actions: list[Any] = [
            MailItem.state.set(MailState.FAILED),
            MailItem.reason.set(reason),
            MailItem.open_key.set(MailState.FAILED),
        ]
        _update(MailItem(mail.key), actions, MailItem.state.is_in(*IN_DOUBT) & _same_claim(mail))

    def mark_uncertain(self, mail: OutboxMail) -> None:
        """Nobody knows whether the mail left."""
        actions: list[Any] = [
            MailItem.state.set(MailState.UNCERTAIN),
            MailItem.open_key.set(MailState.UNCERTAIN),
        ]
        _update(MailItem(mail.key), actions, (MailItem.state == MailState.CLAIMED) & _same_claim(mail))

    def release(self, mail: OutboxMail, due_at: datetime) -> None:
        """Give the row back, to be taken again from `due_at` on."""
        actions: list[Any] = [MailItem.state.set(MailState.NEW), *_open(MailState.NEW, due_at)]
        _update(MailItem(mail.key), actions, (MailItem.state == MailState.CLAIMED) & _same_claim(mail))

    def withhold(self, mail: OutboxMail) -> None:
        """Its address takes no mail of ours: the row waits, open, until that is mended."""
        actions: list[Any] = [
            MailItem.state.set(MailState.WITHHELD),
            MailItem.open_key.set(MailState.WITHHELD),
        ]
        _update(MailItem(mail.key), actions, (MailItem.state == MailState.CLAIMED) & _same_claim(mail))

    def let_go(self, mail: OutboxMail, now: datetime) -> bool:
        """A withheld mail is as good as new; False if it is withheld no longer."""
        actions: list[Any] = [
            MailItem.state.set(MailState.NEW),
            MailItem.attempts.set(0),
            *_open(MailState.NEW, now),
        ]
        return _update(MailItem(mail.key), actions, MailItem.state == MailState.WITHHELD)

    def resend(self, key: str, who: str, now: datetime) -> bool:
        """Let a mail in trouble go once more, as if it were new; False if it is in trouble no longer."""
        actions: list[Any] = [
            MailItem.state.set(MailState.NEW),
            MailItem.attempts.set(0),
            MailItem.reason.remove(),
            MailItem.resent_by.set(who),
            MailItem.resent_at.set(now),
            *_open(MailState.NEW, now),
        ]
        return _update(MailItem(key), actions, MailItem.state.is_in(*IN_TROUBLE))

    def settle(self, mail: OutboxMail, subject: str, who: str, now: datetime) -> bool:
        """Close a mail in trouble and forget its words; False if it is in trouble no longer."""
        actions: list[Any] = [
            MailItem.subject.set(subject),
            MailItem.settled_by.set(who),
            MailItem.settled_at.set(now),
            *_closed(MailState.SETTLED, mail.message.to),
        ]
        return _update(MailItem(mail.key), actions, MailItem.state.is_in(*IN_TROUBLE))

    def record_event(self, key: str, event: str, at: datetime) -> OutboxMail | None:
        """Note that the mail was delivered, bounced or complained of; None for an unknown mail.

        A mail in doubt is closed by it: it did leave. One that staff sent again goes all the same, one that
        they settled stays settled. The same news told again changes nothing.
        """
        moment = getattr(MailItem, f"{event}_at")
        is_news = MailItem.pk.exists() & moment.does_not_exist()
        _update(MailItem(key), [moment.set(at)], is_news)
        mail = self.find(key)
        if mail is None or mail.state not in IN_DOUBT:
            return mail
        _update(
            MailItem(key),
            _closed(MailState.SENT, mail.message.to),
            MailItem.state.is_in(*IN_DOUBT),
        )
        return self.find(key)

    def find(self, key: str) -> OutboxMail | None:
        """The mail, read strongly, or None."""
        try:
            return mail_of(MailItem.get(key, consistent_read=True))
        except MailItem.DoesNotExist:
            return None

    def list_due(self, now: datetime) -> list[OutboxMail]:
        """The rows that wait to be sent and may be, oldest first."""
        return _list_open(MailState.NEW, now)

    def list_claimed_before(self, limit: datetime) -> list[OutboxMail]:
        """The rows claimed before `limit` and never marked."""
        return _list_open(MailState.CLAIMED, limit)

    def list_withheld(self) -> list[OutboxMail]:
        """The mails whose address takes none of ours, or took none."""
        return self.list_in_state(MailState.WITHHELD)

    def list_in_state(self, state: MailState) -> list[OutboxMail]:
        """All the rows in an open state, for staff."""
        return [mail_of(item) for item in MailItem.by_open.query(state)]

    def list_by_record(self, record: str) -> list[OutboxMail]:
        """The mails about a record, in the order of their making."""
        return [mail_of(item) for item in MailItem.by_record.query(record)]


def _list_open(state: MailState, limit: datetime) -> list[OutboxMail]:
    return [mail_of(item) for item in MailItem.by_open.query(state, OpenIndex.open_since <= iso(limit))]


def _open(state: MailState, since: datetime) -> list[Any]:
    return [MailItem.open_key.set(state), MailItem.open_since.set(iso(since))]


def _closed(state: MailState, to: str) -> list[Any]:
    return [
        MailItem.state.set(state),
        MailItem.message.set({"to": to}),
        MailItem.open_key.remove(),
        MailItem.open_since.remove(),
    ]


def _same_claim(mail: OutboxMail) -> Condition:
    """Nobody has claimed the row since `mail` was: a sender that comes late marks nothing of the next one's."""
    return MailItem.claims == mail.claims


def _update(item: MailItem, actions: list[Any], condition: Condition) -> bool:
    """Update if the condition holds; False if it does not."""
    return held(lambda: item.update(actions, condition))
