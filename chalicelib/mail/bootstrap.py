"""The real mail: the outbox in DynamoDB, SES, the office's letterhead."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from chalicelib.adapters.ses import SesSender
from chalicelib.kernel.clock import utc_now
from chalicelib.links.bootstrap import link_service, signed_link_service
from chalicelib.office.bootstrap import office_repository
from chalicelib.runtime import config

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chalicelib.mail.addresses import RefusalDesk
    from chalicelib.mail.model import OutboxMail, RefusingAddress
    from chalicelib.mail.repository import OutboxRepository
    from chalicelib.mail.service import MailDesk, MailService
    from chalicelib.mail.troubled import TroubledMails


def letterhead() -> Mapping[str, Any]:
    """What every mail says of the office, read afresh: a warm function follows a new office file."""
    return {"office": office_repository().current(), "site_url": config.base_url()}


@lru_cache(maxsize=1)
def outbox() -> OutboxRepository:
    """The outbox of the deployment."""
    from chalicelib.mail.repository import OutboxRepository

    return OutboxRepository()


@lru_cache(maxsize=1)
def mail_desk() -> MailDesk:
    """Where rooms hand in mails that go on their own."""
    from chalicelib.mail.service import MailDesk

    return MailDesk(outbox(), utc_now)


def mail_service() -> MailService:
    """The service that sends the outbox."""
    from chalicelib.adapters.calendars import invitation
    from chalicelib.adapters.qr import png
    from chalicelib.mail.service import MailService
    from chalicelib.mail.writing import LetterWriter

    office = office_repository().current()
    sender = SesSender(office.name, config.mail_sender(), config.mail_configuration_set())
    writer = LetterWriter(link_service(), signed_link_service(), letterhead, stored_file, invitation, png)
    return MailService(outbox(), sender, writer, utc_now, refusal_desk().refuses)


def stored_file(key: str) -> bytes:
    """The content of a stored file, for a mail that it goes with. Raises `FileMissing`."""
    from chalicelib.adapters.files import Files

    return Files(config.files_bucket()).get(key)


@lru_cache(maxsize=1)
def refusal_desk() -> RefusalDesk:
    """What is known of addresses that refuse our mails."""
    from chalicelib.mail.address_repository import AddressRepository
    from chalicelib.mail.addresses import RefusalDesk

    return RefusalDesk(outbox(), AddressRepository(), utc_now)


def refusing_addresses() -> list[RefusingAddress]:
    """The addresses that take no mail of ours."""
    return refusal_desk().addresses.list_refusing()


@lru_cache(maxsize=1)
def troubled_mails() -> TroubledMails:
    """What staff do about mails that did not leave."""
    from chalicelib.mail.troubled import TroubledMails

    return TroubledMails(outbox(), subject_of, utc_now)


def subject_of(mail: OutboxMail) -> str:
    """The subject as it was sent, or as it would be."""
    from chalicelib.mail.wording import UNREADABLE
    from chalicelib.mail.writing import subject_line

    if mail.subject or not mail.message.context:
        return mail.subject or UNREADABLE
    try:
        return subject_line(mail.message, letterhead())
    except Exception:
        # A mail that cannot be written is just what staff come to look at: the page must show it.
        return UNREADABLE
