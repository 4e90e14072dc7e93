"""Mails to stored rows and back."""

from datetime import datetime
from typing import Any

from chalicelib.adapters.dynamodb import expires_epoch
from chalicelib.kernel.calendar import CalendarEntry
from chalicelib.kernel.clock import iso
from chalicelib.links.model import LinkRequest
from chalicelib.links.signed import SignedRequest
from chalicelib.mail.items import MailItem
from chalicelib.mail.model import AttachedFile, MailState, Message, OutboxMail

KEPT_DAYS = 400


def new_item(message: Message, now: datetime) -> MailItem:
    """The row of a mail that is still to be sent."""
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
    return {
        "template": message.template,
        "to": message.to,
        "occasion": message.occasion,
        "context": dict(message.context),
        "link": vars(message.link) if message.link else None,
        "signed_link": vars(message.signed_link) if message.signed_link else None,
        "reply_to": message.reply_to,
        "attachments": [vars(file) for file in message.attachments],
        "calendar": [entry.to_json() for entry in message.calendar],
        "code_path": message.code_path,
    }


def _message(item: MailItem) -> Message:
    stored: dict[str, Any] = item.message
    link, signed_link = stored.get("link"), stored.get("signed_link")
    return Message(
        template=stored.get("template", item.record_sort.partition("#")[2]),
        to=stored["to"],
        record=item.record_key,
        occasion=stored.get("occasion", ""),
        context=stored.get("context", {}),
        link=LinkRequest(**link) if link else None,
        signed_link=SignedRequest(**signed_link) if signed_link else None,
        reply_to=stored.get("reply_to", ""),
        attachments=tuple(AttachedFile(**file) for file in stored.get("attachments", [])),
        calendar=tuple(map(CalendarEntry.from_json, stored.get("calendar", []))),
        code_path=stored.get("code_path", ""),
    )


def mail_of(item: MailItem) -> OutboxMail:
    """The mail of a row."""
    return OutboxMail(
        key=item.pk,
        message=_message(item),
        state=MailState(item.state),
        created_at=item.created_at,
        attempts=int(item.attempts),
        claims=int(item.claims or 0),
        subject=item.subject or "",
        claimed_at=item.claimed_at,
        sent_at=item.sent_at,
        delivered_at=item.delivered_at,
        bounced_at=item.bounced_at,
        complained_at=item.complained_at,
        reason=item.reason or "",
        link_subject=item.link_subject or "",
        resent_by=item.resent_by or "",
        resent_at=item.resent_at,
        settled_by=item.settled_by or "",
        settled_at=item.settled_at,
    )
