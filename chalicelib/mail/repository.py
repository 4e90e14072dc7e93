"""The outbox in DynamoDB: a row per mail, open until it is sent, its words forgotten after that."""

from datetime import datetime
from typing import Any

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb import TableMeta, expires_epoch, held
from chalicelib.kernel.clock import iso
from chalicelib.kernel.letters import Letter
from chalicelib.links.model import LinkRequest
from chalicelib.mail.model import MailState, Message, OutboxMail
from chalicelib.runtime import config

KEPT_DAYS = 400
IN_DOUBT = (MailState.CLAIMED, MailState.UNCERTAIN)


class OpenIndex(GlobalSecondaryIndex["MailItem"]):
    """The rows that are not sent, by state and since when."""

    class Meta:
        index_name = "by_open"
        projection = AllProjection()

    open_key = UnicodeAttribute(hash_key=True)
    open_since = UnicodeAttribute(range_key=True)


class RecordIndex(GlobalSecondaryIndex["MailItem"]):
    """The mails about one record, in the order of their making."""

    class Meta:
        index_name = "by_record"
        projection = AllProjection()

    record_key = UnicodeAttribute(hash_key=True)
    record_sort = UnicodeAttribute(range_key=True)


class MailItem(Model):
    """One row of the outbox."""

    class Meta(TableMeta):
        table_name = config.table_name("mail")

    pk = UnicodeAttribute(hash_key=True)
    state = UnicodeAttribute()
    message: JSONAttribute = JSONAttribute()
    open_key = UnicodeAttribute(null=True)
    open_since = UnicodeAttribute(null=True)
    record_key = UnicodeAttribute()
    record_sort = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    attempts = NumberAttribute(default=0)
    subject = UnicodeAttribute(null=True)
    service_id = UnicodeAttribute(null=True)
    link_subject = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    claimed_at = UTCDateTimeAttribute(null=True)
    sent_at = UTCDateTimeAttribute(null=True)
    delivered_at = UTCDateTimeAttribute(null=True)
    bounced_at = UTCDateTimeAttribute(null=True)
    complained_at = UTCDateTimeAttribute(null=True)
    expires_epoch = NumberAttribute()
    by_open = OpenIndex()
    by_record = RecordIndex()


class OutboxRepository:
    """The outbox of the deployment."""

    def put_within(self, transaction: TransactWrite, message: Message, now: datetime) -> None:
        """Add a mail in the transaction of the change that it tells about."""
        transaction.save(_new_item(message, now), condition=MailItem.pk.does_not_exist())

    def put_once(self, message: Message, now: datetime) -> bool:
        """Add a mail on its own; False if that very mail is there already."""
        return held(lambda: _new_item(message, now).save(MailItem.pk.does_not_exist()))

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
                *_open(MailState.CLAIMED, now),
            ],
            (MailItem.state == MailState.NEW) & is_due,
        )
        return _mail(item) if taken else None

    def mark_sent(self, key: str, letter: Letter, service_id: str, now: datetime) -> None:
        """The letter has left: close the row and forget its words, even if its delivery was told first."""
        _update(
            MailItem(key),
            [
                MailItem.state.set(MailState.SENT),
                MailItem.sent_at.set(now),
                MailItem.subject.set(letter.subject),
                MailItem.service_id.set(service_id),
                MailItem.message.set({"to": letter.to}),
                MailItem.open_key.remove(),
                MailItem.open_since.remove(),
            ],
            MailItem.state.is_in(MailState.CLAIMED, MailState.UNCERTAIN, MailState.SENT),
        )

    def mark_failed(self, key: str, reason: str) -> None:
        """The mail will not go: staff see why."""
        actions: list[Any] = [MailItem.state.set(MailState.FAILED), MailItem.reason.set(reason)]
        _update(MailItem(key), [*actions, MailItem.open_key.set(MailState.FAILED)], MailItem.pk.exists())

    def mark_uncertain(self, key: str) -> None:
        """Nobody knows whether the mail left."""
        actions: list[Any] = [
            MailItem.state.set(MailState.UNCERTAIN),
            MailItem.open_key.set(MailState.UNCERTAIN),
        ]
        _update(MailItem(key), actions, MailItem.state == MailState.CLAIMED)

    def release(self, key: str, due_at: datetime) -> None:
        """Give the row back, to be taken again from `due_at` on."""
        actions: list[Any] = [MailItem.state.set(MailState.NEW), *_open(MailState.NEW, due_at)]
        _update(MailItem(key), actions, MailItem.state == MailState.CLAIMED)

    def record_event(self, key: str, event: str, at: datetime) -> OutboxMail | None:
        """Note that the mail was delivered, bounced or complained of; None for an unknown mail.

        A mail in doubt is settled by it: it did leave. The same news told again changes nothing.
        """
        moment = getattr(MailItem, f"{event}_at")
        is_news = MailItem.pk.exists() & moment.does_not_exist()
        _update(MailItem(key), [moment.set(at)], is_news)
        mail = self.find(key)
        if mail is None or mail.state not in IN_DOUBT:
            return mail
        closing: list[Any] = [
            MailItem.state.set(MailState.SENT),
            MailItem.message.set({"to": mail.message.to}),
            MailItem.open_key.remove(),
            MailItem.open_since.remove(),
        ]
        _update(MailItem(key), closing, MailItem.state.is_in(*IN_DOUBT))
        return self.find(key)

    def find(self, key: str) -> OutboxMail | None:
        """The mail, read strongly, or None."""
        try:
            return _mail(MailItem.get(key, consistent_read=True))
        except MailItem.DoesNotExist:
            return None

    def list_due(self, now: datetime) -> list[OutboxMail]:
        """The rows that wait to be sent and may be, oldest first."""
        return _list_open(MailState.NEW, now)

    def list_claimed_before(self, limit: datetime) -> list[OutboxMail]:
        """The rows claimed before `limit` and never marked."""
        return _list_open(MailState.CLAIMED, limit)

    def list_in_state(self, state: MailState) -> list[OutboxMail]:
        """All the rows in an open state, for staff."""
        return [_mail(item) for item in MailItem.by_open.query(state)]

    def list_by_record(self, record: str) -> list[OutboxMail]:
        """The mails about a record, in the order of their making."""
        return [_mail(item) for item in MailItem.by_record.query(record)]


def _list_open(state: MailState, limit: datetime) -> list[OutboxMail]:
    return [_mail(item) for item in MailItem.by_open.query(state, OpenIndex.open_since <= iso(limit))]


def _open(state: MailState, since: datetime) -> list[Any]:
    return [MailItem.open_key.set(state), MailItem.open_since.set(iso(since))]


def _update(item: MailItem, actions: list[Any], condition: Condition) -> bool:
    """Update if the condition holds; False if it does not."""
    return held(lambda: item.update(actions, condition))


def _new_item(message: Message, now: datetime) -> MailItem:
    return MailItem(
        pk=message.key,
        state=MailState.NEW,
        message=_to_json(message),
        open_key=MailState.NEW,
        open_since=iso(now),
        record_key=message.record,
        record_sort=f"{iso(now)}#{message.template}",
        created_at=now,
        link_subject=message.link.subject if message.link else None,
        expires_epoch=expires_epoch(now, KEPT_DAYS),
    )


def _to_json(message: Message) -> dict[str, Any]:
    link = vars(message.link) if message.link else None
    return {
        "template": message.template,
        "to": message.to,
        "occasion": message.occasion,
        "context": dict(message.context),
        "link": link,
        "reply_to": message.reply_to,
    }


def _message(item: MailItem) -> Message:
    stored: dict[str, Any] = item.message
    link = stored.get("link")
    return Message(
        template=stored.get("template", item.record_sort.partition("#")[2]),
        to=stored["to"],
        record=item.record_key,
        occasion=stored.get("occasion", ""),
        context=stored.get("context", {}),
        link=LinkRequest(**link) if link else None,
        reply_to=stored.get("reply_to", ""),
    )


def _mail(item: MailItem) -> OutboxMail:
    return OutboxMail(
        key=item.pk,
        message=_message(item),
        state=MailState(item.state),
        created_at=item.created_at,
        attempts=int(item.attempts),
        subject=item.subject or "",
        claimed_at=item.claimed_at,
        sent_at=item.sent_at,
        delivered_at=item.delivered_at,
        bounced_at=item.bounced_at,
        complained_at=item.complained_at,
        reason=item.reason or "",
        link_subject=item.link_subject or "",
    )
