"""What SES says of mails after they left, read from the notifications that SNS brings."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chalicelib.kernel.letters import MAIL_TAG

KINDS = {"Delivery": "delivered", "Bounce": "bounced", "Complaint": "complained"}
PASSING = "Transient"
"""A full mailbox or a greylisting: SES goes on trying, the address is good."""


@dataclass(frozen=True)
class MailNews:
    """What became of the mail with this outbox key: `delivered`, `bounced` or `complained`."""

    key: str
    kind: str


def mail_news(event: dict[str, Any]) -> Iterator[MailNews]:
    """The news of one SNS event; what SES tells of other things, or of mails without our tag, is left out."""
    for record in event["Records"]:
        told = json.loads(record["Sns"]["Message"])
        kind = KINDS.get(told.get("eventType", ""))
        if kind and told.get("bounce", {}).get("bounceType") != PASSING:
            yield from (MailNews(str(key), kind) for key in told["mail"].get("tags", {}).get(MAIL_TAG, []))
