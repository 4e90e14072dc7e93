"""The real onboarding: DynamoDB, Step Functions, the office file, the decisions."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from chalicelib.adapters.step_functions import StepFunctionsProcess
from chalicelib.decisions.bootstrap import decision_repository, decision_service
from chalicelib.kernel.clock import iso_minute, utc_now
from chalicelib.mail.bootstrap import mail_desk, outbox
from chalicelib.office.bootstrap import office_repository
from chalicelib.partners.model import PROCESS
from chalicelib.runtime import config

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from chalicelib.decisions.reconciling import Reconciler
    from chalicelib.drafts.model import Draft
    from chalicelib.drafts.repository import DraftRepository
    from chalicelib.drafts.service import DraftService
    from chalicelib.office.model import Office
    from chalicelib.partners.applicants import ApplicantBook
    from chalicelib.partners.consenting import ConsentService
    from chalicelib.partners.model import Application
    from chalicelib.partners.payment_reminders import PaymentReminders
    from chalicelib.partners.questions import Questions, Sections
    from chalicelib.partners.repository import ApplicationRepository
    from chalicelib.partners.retention import Retention
    from chalicelib.partners.service import ApplicationService
    from chalicelib.partners.submitting import SubmissionService


def now() -> datetime:
    """The instant now, in UTC."""
    return utc_now()


def office() -> Office:
    """The office as its file says today."""
    return office_repository().current()


@lru_cache(maxsize=1)
def applications() -> ApplicationRepository:
    """The membership files."""
    from chalicelib.partners.repository import ApplicationRepository

    return ApplicationRepository(outbox(), drafts())


def office_for(draft: Draft | None) -> Office:
    """The office whose rules the answers follow: a file being corrected keeps those it was sent under."""
    file = applications().find(draft.id) if draft and draft.is_correction else None
    return office_of(file) if file else office()


def office_of(application: Application) -> Office:
    """The office whose rules the file was sent under."""
    return office_repository().version(application.office_version)


def sent_answers(draft_id: str) -> Mapping[str, Any] | None:
    """The answers of the file that was made of this draft: both have the same identifier."""
    file = applications().find(draft_id)
    return file.answers if file else None


def is_complete(answers: Mapping[str, Any], of_office: Office) -> bool:
    """The check that the form makes before it is sent."""
    from chalicelib.partners.intake import form_errors

    return not form_errors(answers, of_office)


def is_corrected(application_id: str) -> bool:
    """Whether the file waits for no corrections any more: a crash may leave their draft behind."""
    from chalicelib.partners.model import Status

    file = applications().find(application_id)
    return file is None or file.status is not Status.CHANGES_REQUESTED


@lru_cache(maxsize=1)
def drafts() -> DraftRepository:
    """The drafts of the membership form."""
    from chalicelib.drafts.repository import DraftRepository
    from chalicelib.partners.drafted_form import FORM

    return DraftRepository(FORM, outbox())


@lru_cache(maxsize=1)
def draft_service() -> DraftService:
    """What happens to them."""
    from chalicelib.drafts.service import DraftService
    from chalicelib.partners.drafted_form import drafted_form

    form = drafted_form(sent_answers, is_corrected)
    return DraftService(form, drafts(), mail_desk(), office, utc_now)


@lru_cache(maxsize=1)
def submission_service() -> SubmissionService:
    """What takes forms in."""
    from chalicelib.partners.submitting import SubmissionService

    return SubmissionService(
        applications=applications(),
        drafts=draft_service(),
        process=StepFunctionsProcess(PROCESS),
        office=office,
        clock=utc_now,
        process_version=config.version(),
    )


@lru_cache(maxsize=1)
def application_service() -> ApplicationService:
    """What happens to membership files."""
    from chalicelib.partners.service import ApplicationService

    return ApplicationService(
        applications=applications(),
        corrections=draft_service(),
        process=StepFunctionsProcess(PROCESS),
        office=office,
        office_at=office_repository().version,
        is_complete=is_complete,
        clock=utc_now,
        process_version=config.version(),
    )


@lru_cache(maxsize=1)
def consent_service() -> ConsentService:
    """What happens to consents."""
    from chalicelib.partners.consenting import ConsentService

    return ConsentService(applications(), office, utc_now)


@lru_cache(maxsize=1)
def reconciler() -> Reconciler[Application]:
    """What repairs files."""
    from chalicelib.decisions.reconciling import Reconciler

    return Reconciler(
        records=applications(),
        questions=decision_repository(),
        decisions=decision_service(),
        process=StepFunctionsProcess(PROCESS),
        clock=utc_now,
    )


def describe(answers: Mapping[str, Any], of_office: Office) -> Sections:
    """The answers for reading, with the names of communes and packs of that office."""
    from chalicelib.partners.application_form import membership_form
    from chalicelib.partners.choices import all_choices

    return membership_form().as_text(dict(answers), all_choices(answers, of_office))


def payment_reminders() -> PaymentReminders:
    """What reminds applicants of their payment."""
    from chalicelib.partners.payment_reminders import PaymentReminders

    return PaymentReminders(applications(), mail_desk(), office_repository().version, now)


def retention() -> Retention:
    """What erases files that were kept long enough."""
    from chalicelib.partners.retention import Retention
    from chalicelib.partners.retention_repository import ClosedFileRepository

    return Retention(ClosedFileRepository(applications(), drafts()), office, now)


def expected_delay() -> tuple[float, float] | None:
    """Median and 9 of 10 of the days that the office took lately; None from too few files.

    A warm function reads the files of which it is made once an hour.
    """
    return _expected_delay(iso_minute(now())[:13])


@lru_cache(maxsize=1)
def _expected_delay(hour: str) -> tuple[float, float] | None:
    from chalicelib.partners.delays import expected_days
    from chalicelib.partners.model import Status

    closed = [*applications().list_recent(Status.ACTIVE), *applications().list_recent(Status.REFUSED)]
    return expected_days(closed)


@lru_cache(maxsize=1)
def address_book() -> ApplicantBook:
    """Who may log in as a partner."""
    from chalicelib.partners.applicants import ApplicantBook

    return ApplicantBook(applications())


@lru_cache(maxsize=1)
def questions() -> Questions:
    """The questions about files."""
    from chalicelib.partners.questions import Questions

    return Questions(describe)
