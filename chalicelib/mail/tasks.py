"""What sends the outbox: its stream at once, a sweep for what was left behind, and SES's own news."""

from typing import Any

from chalice import Blueprint

from chalicelib.mail.bootstrap import mail_service, refusal_desk
from chalicelib.mail.news import mail_news
from chalicelib.runtime.lambda_task import Event, has_milliseconds, lambda_task
from chalicelib.runtime.observability import count, logger

bp = Blueprint(__name__)

FOR_ONE_MAIL = 10_000
"""Milliseconds: so long it may take to claim, write, send and mark one mail."""


@bp.lambda_function(name="send_mail")
@lambda_task
def send_mail(event: Event, context: Any) -> Event:
    """Send each new row of the outbox's stream; the ones that failed are named, the others are done.

    A row that is taken when the time is nearly over could be left in doubt: it is named too, and comes again.
    """
    service = mail_service()
    failures = []
    for record in event["Records"]:
        try:
            if not has_milliseconds(context, FOR_ONE_MAIL):
                raise TimeoutError
            service.deliver(record["dynamodb"]["Keys"]["pk"]["S"])
        except Exception as error:
            logger.warning("mail not sent", error=type(error).__name__)
            failures.append({"itemIdentifier": record["dynamodb"]["SequenceNumber"]})
    return {"batchItemFailures": failures}


@bp.lambda_function(name="sweep_outbox")
@lambda_task
def sweep_outbox(event: Event, context: Any) -> Event:
    """Send what the stream left behind, mark what is in doubt; the next round takes what is left."""
    touched = mail_service().sweep(lambda: has_milliseconds(context, FOR_ONE_MAIL))
    count("OutboxSwept", touched)
    return {"touched": touched}


@bp.lambda_function(name="record_mail_event")
@lambda_task
def record_mail_event(event: Event, context: Any) -> Event:
    """Note what SES says of mails: delivered, bounced, complained of; what is said of their addresses with it."""
    for news in mail_news(event):
        refusal_desk().hear(news)
    return {"recorded": len(event["Records"])}
