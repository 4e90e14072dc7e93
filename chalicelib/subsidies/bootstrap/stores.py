"""Where everything about aid is kept: DynamoDB, the office file, the partners."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chalicelib.kernel.clock import utc_now
from chalicelib.mail.bootstrap import outbox
from chalicelib.office.bootstrap import office_repository

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.drafts.repository import DraftRepository
    from chalicelib.office.model import Office
    from chalicelib.subsidies.applicants import PartnerBook
    from chalicelib.subsidies.batch_repository import BatchRepository
    from chalicelib.subsidies.model import Subsidy
    from chalicelib.subsidies.money_repository import MoneyRepository
    from chalicelib.subsidies.register_repository import RegisterRepository
    from chalicelib.subsidies.repository import SubsidyRepository


def now() -> datetime:
    """The instant now, in UTC."""
    return utc_now()


def office() -> Office:
    """The office as its file says today."""
    return office_repository().current()


def office_of(subsidy: Subsidy) -> Office:
    """The office whose rules the file was sent under."""
    return office_repository().version(subsidy.office_version)


@lru_cache(maxsize=1)
def subsidies() -> SubsidyRepository:
    """The aid files."""
    from chalicelib.subsidies.repository import SubsidyRepository

    return SubsidyRepository(outbox(), drafts(), money(), register())


@lru_cache(maxsize=1)
def money() -> MoneyRepository:
    """The envelopes and the queue."""
    from chalicelib.subsidies.money_repository import MoneyRepository

    return MoneyRepository()


@lru_cache(maxsize=1)
def register() -> RegisterRepository:
    """The office's own aids."""
    from chalicelib.subsidies.register_repository import RegisterRepository

    return RegisterRepository()


@lru_cache(maxsize=1)
def partners() -> PartnerBook:
    """The partners, out of their room."""
    from chalicelib.partners.bootstrap import applications
    from chalicelib.subsidies.partner_book import FiledPartners

    return FiledPartners(applications())


@lru_cache(maxsize=1)
def drafts() -> DraftRepository:
    """The drafts of the application for aid."""
    from chalicelib.drafts.repository import DraftRepository
    from chalicelib.subsidies.drafted_form import FORM

    return DraftRepository(FORM, outbox())


@lru_cache(maxsize=1)
def batches() -> BatchRepository:
    """The batches of payments."""
    from chalicelib.subsidies.batch_repository import BatchRepository

    return BatchRepository(subsidies())
