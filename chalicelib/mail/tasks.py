"""What sends the outbox: its stream at once, a sweep for what was left behind, and SES's own news."""

from typing import Any

from chalice import Blueprint

from chalicelib.kernel.clock import utc_now
from chalicelib.mail.bootstrap import mail_service, outbox
from chalicelib.mail.news import mail_news
from chalicelib.runtime.lambda_task import Event, lambda_task
from chalicelib.runtime.observability import count, logger

bp = Blueprint(__name__)


@bp.lambda_function(name="send_mail")
@lambda_task
def send_mail(event: Event, context: Any) -> Event:
    """Send each new row of the outbox's stream; the ones that failed are named, the others are done."""
    service = mail_service()
    failures = []
    for record in event["Records"]:
        try:
            service.deliver(record["dynamodb"]["Keys"]["pk"]["S"])
        except Exception as error:
            logger.warning("mail not sent", error=type(error).__name__)
            failures.append({"itemIdentifier": record["dynamodb"]["SequenceNumber"]})
    return {"batchItemFailures": failures}


@bp.lambda_function(name="sweep_outbox")
@lambda_task
def sweep_outbox(event: Event, context: Any) -> Event:
    """Send what the stream left behind, mark what is in doubt."""
    touched = mail_service().sweep()
    count("OutboxSwept", touched)
    return {"touched": touched}


@bp.lambda_function(name="record_mail_event")
@lambda_task
def record_mail_event(event: Event, context: Any) -> Event:
    """Note what SES says of mails: delivered, bounced, complained of."""
    for news in mail_news(event):
        outbox().record_event(news.key, news.kind, utc_now())
    return {"recorded": len(event["Records"])}
