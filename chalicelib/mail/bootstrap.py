"""The real mail: the outbox in DynamoDB, SES, the office's letterhead."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from chalicelib.adapters.ses import SesSender
from chalicelib.kernel.clock import utc_now
from chalicelib.links.bootstrap import link_service
from chalicelib.mail.repository import OutboxRepository
from chalicelib.mail.service import MailDesk, MailService
from chalicelib.mail.writing import LetterWriter
from chalicelib.office.bootstrap import office_repository
from chalicelib.runtime import config


def letterhead() -> Mapping[str, Any]:
    """What every mail says of the office, read afresh: a warm function follows a new office file."""
    return {"office": office_repository().current(), "site_url": config.base_url()}


@lru_cache(maxsize=1)
def outbox() -> OutboxRepository:
    """The outbox of the deployment."""
    return OutboxRepository()


@lru_cache(maxsize=1)
def mail_desk() -> MailDesk:
    """Where rooms hand in mails that go on their own."""
    return MailDesk(outbox(), utc_now)


def mail_service() -> MailService:
    """The service that sends the outbox."""
    office = office_repository().current()
    sender = SesSender(office.name, config.mail_sender(), config.mail_configuration_set())
    return MailService(outbox(), sender, LetterWriter(link_service(), letterhead), utc_now)
