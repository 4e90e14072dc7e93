"""The real mail: the outbox in DynamoDB, SES, the office's letterhead."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from chalicelib.adapters.ses import SesSender
from chalicelib.kernel.clock import utc_now
from chalicelib.links.bootstrap import link_service
from chalicelib.mail.model import OutboxMail
from chalicelib.mail.repository import OutboxRepository
from chalicelib.mail.service import MailDesk, MailService
from chalicelib.mail.troubled import TroubledMails
from chalicelib.mail.wording import UNREADABLE
from chalicelib.mail.writing import LetterWriter, subject_line
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


@lru_cache(maxsize=1)
def troubled_mails() -> TroubledMails:
    """What staff do about mails that did not leave."""
    return TroubledMails(outbox(), subject_of, utc_now)


def subject_of(mail: OutboxMail) -> str:
    """The subject as it was sent, or as it would be."""
    if mail.subject or not mail.message.context:
        return mail.subject or UNREADABLE
    try:
        return subject_line(mail.message, letterhead())
    except Exception:
        # A mail that cannot be written is just what staff come to look at: the page must show it.
        return UNREADABLE
