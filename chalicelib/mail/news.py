"""What SES says of mails after they left, read from the notifications that SNS brings."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chalicelib.kernel.errors import NotFound
from chalicelib.mail.bootstrap import outbox

KINDS = {"Delivery": "delivered", "Bounce": "bounced", "Complaint": "complained"}
PASSING = "Transient"
"""A full mailbox or a greylisting: SES goes on trying, the address is good."""


class MailNotYetKnown(NotFound):
    """SES is quicker than our own mark: the notification comes again."""


@dataclass(frozen=True)
class MailNews:
    """What became of the mail with this outbox key: `delivered`, `bounced` or `complained`."""

    key: str
    kind: str


def mail_news(event: dict[str, Any]) -> Iterator[MailNews]:
    """The news of one SNS event; anything else that SES tells is left out. Raises `MailNotYetKnown`."""
    for record in event["Records"]:
        told = json.loads(record["Sns"]["Message"])
        kind = KINDS.get(told.get("eventType") or told.get("notificationType", ""))
        if kind and told.get("bounce", {}).get("bounceType") != PASSING:
            yield MailNews(_key(told["mail"]), kind)


def _key(mail: dict[str, Any]) -> str:
    """The outbox key: in the tags of an event, behind the message identifier of a plain notification."""
    tagged = mail.get("tags", {}).get("mail")
    key = tagged[0] if tagged else outbox().find_key(mail["messageId"])
    if key is None:
        raise MailNotYetKnown("Ce mail n'est pas encore marqué comme parti.")
    return str(key)
