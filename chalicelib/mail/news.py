"""What SES says of mails after they left, read from the notifications that SNS brings."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chalicelib.kernel.letters import MAIL_TAG

KINDS = {"Delivery": "delivered", "Bounce": "bounced", "Complaint": "complained"}
PASSING = "Transient"
"""A full mailbox or a greylisting: SES goes on trying, the address is good."""
LASTING = "Permanent"
"""No such mailbox; a bounce that SES can say nothing of is neither."""
NOT_SPAM = "not-spam"


@dataclass(frozen=True)
class MailNews:
    """What became of the mail with this outbox key: `delivered`, `bounced` or `complained`.

    `is_lasting`: the address is not to be written to again.
    """

    key: str
    kind: str
    is_lasting: bool = False


def mail_news(event: dict[str, Any]) -> Iterator[MailNews]:
    """The news of one SNS event; what SES tells of other things, or of mails without our tag, is left out."""
    for record in event["Records"]:
        told = json.loads(record["Sns"]["Message"])
        kind = KINDS.get(told.get("eventType", ""))
        if kind and not _is_passing(told):
            keys = told["mail"].get("tags", {}).get(MAIL_TAG, [])
            yield from (MailNews(str(key), kind, _is_lasting(told)) for key in keys)


def _is_passing(told: dict[str, Any]) -> bool:
    """Whether the mail may still arrive, or was taken out of the spam again."""
    passes = told.get("bounce", {}).get("bounceType") == PASSING
    return passes or told.get("complaint", {}).get("complaintFeedbackType") == NOT_SPAM


def _is_lasting(told: dict[str, Any]) -> bool:
    return "complaint" in told or told.get("bounce", {}).get("bounceType") == LASTING
