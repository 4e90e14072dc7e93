"""Where everything about trainings is kept: DynamoDB, the office file, the partners."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chalicelib.kernel.clock import utc_now
from chalicelib.mail.bootstrap import outbox
from chalicelib.office.bootstrap import office_repository

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.office.model import Office
    from chalicelib.trainings.correction_repository import CorrectionRepository
    from chalicelib.trainings.feedback_repository import FeedbackRepository
    from chalicelib.trainings.missed_repository import MissedRepository
    from chalicelib.trainings.partner_book import FiledPartners
    from chalicelib.trainings.registration_repository import RegistrationRepository
    from chalicelib.trainings.repository import SessionRepository


def now() -> datetime:
    """The instant now, in UTC."""
    return utc_now()


def office() -> Office:
    """The office as its file says today."""
    return office_repository().current()


@lru_cache(maxsize=1)
def sessions() -> SessionRepository:
    """The sessions."""
    from chalicelib.trainings.repository import SessionRepository

    return SessionRepository(outbox())


@lru_cache(maxsize=1)
def registrations() -> RegistrationRepository:
    """The registrations and the seats."""
    from chalicelib.trainings.registration_repository import RegistrationRepository

    return RegistrationRepository(outbox())


@lru_cache(maxsize=1)
def corrections() -> CorrectionRepository:
    """The corrected attendance."""
    from chalicelib.trainings.correction_repository import CorrectionRepository

    return CorrectionRepository(outbox())


@lru_cache(maxsize=1)
def missed() -> MissedRepository:
    """Who did not come, and when."""
    from chalicelib.trainings.missed_repository import MissedRepository

    return MissedRepository()


@lru_cache(maxsize=1)
def feedback() -> FeedbackRepository:
    """What was answered to questionnaires."""
    from chalicelib.trainings.feedback_repository import FeedbackRepository

    return FeedbackRepository()


@lru_cache(maxsize=1)
def partners() -> FiledPartners:
    """The partners, out of their room."""
    from chalicelib.partners.bootstrap import applications
    from chalicelib.trainings.partner_book import FiledPartners

    return FiledPartners(applications())
