"""The real aid to classification: DynamoDB, S3, Step Functions, the office file, the partners."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from chalicelib.adapters.step_functions import StepFunctionsProcess
from chalicelib.decisions.bootstrap import decision_repository, decision_service
from chalicelib.kernel.clock import iso_minute, paris_day, utc_now
from chalicelib.mail.bootstrap import mail_desk, outbox
from chalicelib.office.bootstrap import office_repository
from chalicelib.runtime import config
from chalicelib.subsidies.model import AWARD_PROCESS, PAYMENT_PROCESS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from chalicelib.decisions.reconciling import Reconciler
    from chalicelib.drafts.model import Draft
    from chalicelib.drafts.repository import DraftRepository
    from chalicelib.drafts.service import DraftService
    from chalicelib.office.model import Office
    from chalicelib.subsidies.applicants import PartnerBook
    from chalicelib.subsidies.assessing import Assessor
    from chalicelib.subsidies.bank_details import BankDetails
    from chalicelib.subsidies.batch_repository import BatchRepository
    from chalicelib.subsidies.batches import BatchService
    from chalicelib.subsidies.deadlines import Deadlines
    from chalicelib.subsidies.directory import ClassifiedPlace, Directory
    from chalicelib.subsidies.envelope import Envelope
    from chalicelib.subsidies.model import JoinedDocument, PrintedDocument, Subsidy
    from chalicelib.subsidies.money_repository import MoneyRepository
    from chalicelib.subsidies.obligations import ObligationService
    from chalicelib.subsidies.payment_questions import PaymentQuestions
    from chalicelib.subsidies.payments import PaymentService
    from chalicelib.subsidies.printing import Printing
    from chalicelib.subsidies.questions import Questions, Sections
    from chalicelib.subsidies.register_repository import RegisterRepository
    from chalicelib.subsidies.reminders import Reminders
    from chalicelib.subsidies.repository import SubsidyRepository
    from chalicelib.subsidies.retention import Retention
    from chalicelib.subsidies.runs import PaymentRun
    from chalicelib.subsidies.service import SubsidyService
    from chalicelib.subsidies.submitting import SubmissionService
    from chalicelib.subsidies.totals import Accounts
    from chalicelib.subsidies.waiting import WaitingFiles

LINK_SECONDS = 300


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
def draft_service() -> DraftService:
    """What happens to them."""
    from chalicelib.drafts.service import DraftService
    from chalicelib.subsidies.drafted_form import drafted_form

    form = drafted_form(_sent_answers, _is_corrected, _erase_documents, _missing)
    return DraftService(form, drafts(), mail_desk(), office, utc_now)


@lru_cache(maxsize=1)
def proofs_drafts() -> DraftService:
    """What happens to the drafts of demands for payment; their file reminds of them, not they themselves."""
    from chalicelib.drafts.repository import DraftRepository
    from chalicelib.drafts.service import DraftService
    from chalicelib.subsidies.drafted_form import drafted_form
    from chalicelib.subsidies.proofs_form import FORM

    form = drafted_form(lambda _: None, lambda _: False)
    return DraftService(form, DraftRepository(FORM, outbox()), mail_desk(), office, utc_now)


def _sent_answers(draft_id: str) -> Mapping[str, Any] | None:
    file = subsidies().find(draft_id)
    return file.answers if file else None


def _missing(draft: Draft) -> list[str]:
    """The names of the documents that are still to be joined to an application."""
    from chalicelib.subsidies.application_form import answers_in
    from chalicelib.subsidies.joined import missing

    answers, rules = answers_in(draft.answers), office()
    return [one.name for one in missing(joined_documents(draft.id, answers, rules), answers, rules)]


def _erase_documents(draft_id: str) -> None:
    from chalicelib.uploads.bootstrap import upload_service

    upload_service().erase(draft_id)


def _is_corrected(subsidy_id: str) -> bool:
    """Whether the file waits for no corrections any more: a crash may leave their draft behind."""
    from chalicelib.subsidies.statuses import Status

    file = subsidies().find(subsidy_id)
    return file is None or file.status is not Status.CHANGES_REQUESTED


@lru_cache(maxsize=1)
def assessor() -> Assessor:
    """What applies the rules."""
    from chalicelib.subsidies.assessing import Assessor

    return Assessor(partners(), register(), money(), subsidies(), office, office_repository().version)


def joined_documents(owner: str, answers: Mapping[str, Any], of_office: Office) -> Sequence[JoinedDocument]:
    """The files joined under this identifier, in the order of the office file."""
    from chalicelib.subsidies.joined import joined
    from chalicelib.uploads.bootstrap import upload_service

    return joined(upload_service().list_of(owner), answers, of_office)


def is_complete(answers: Mapping[str, Any], of_office: Office) -> bool:
    """The check that the form makes before it is sent."""
    from chalicelib.subsidies.application_form import form_errors

    return not form_errors(answers, of_office, paris_day(now()))


@lru_cache(maxsize=1)
def submission_service() -> SubmissionService:
    """What takes forms in."""
    from chalicelib.subsidies.application_form import answers_in, subsidy_form
    from chalicelib.subsidies.submitting import SubmissionService

    return SubmissionService(
        subsidies=subsidies(),
        partners=partners(),
        joined=joined_documents,
        answers_in=answers_in,
        process=StepFunctionsProcess(AWARD_PROCESS),
        office=office,
        clock=utc_now,
        form_version=subsidy_form().version,
        process_version=config.version(),
    )


@lru_cache(maxsize=1)
def subsidy_service() -> SubsidyService:
    """What happens to aid files."""
    from chalicelib.subsidies.application_form import answers_in
    from chalicelib.subsidies.service import SubsidyService

    return SubsidyService(
        subsidies=subsidies(),
        assessor=assessor(),
        money=money(),
        corrections=draft_service(),
        joined=joined_documents,
        answers_in=answers_in,
        is_complete=is_complete,
        process=StepFunctionsProcess(AWARD_PROCESS),
        office=office,
        office_at=office_repository().version,
        clock=utc_now,
    )


@lru_cache(maxsize=1)
def waiting_files() -> WaitingFiles:
    """The queue for money."""
    from chalicelib.subsidies.waiting import WaitingFiles

    return WaitingFiles(money(), subsidy_service().fund)


@lru_cache(maxsize=1)
def directory() -> Directory:
    """The classified accommodations of the partners."""
    from chalicelib.subsidies.directory import Directory

    return Directory(partners(), subsidies(), _commune_name)


def classified_places() -> list[ClassifiedPlace]:
    """What anybody may know of them today; a warm function keeps the list for a minute."""
    return _classified_places(iso_minute(now()))


@lru_cache(maxsize=1)
def _classified_places(minute: str) -> list[ClassifiedPlace]:
    return [listed.place for listed in directory().list_all(paris_day(now()))]


def _commune_name(insee: str) -> str:
    from chalicelib.office.communes import with_code

    commune = office().commune(insee) or with_code(insee)
    return commune.name if commune else ""


def counted_files() -> list[Subsidy]:
    """The files that money is about; the list may lag behind."""
    from chalicelib.subsidies.totals import COUNTED

    return [file for status in COUNTED for file in subsidies().list_in_status(status)]


def envelopes() -> list[Envelope]:
    """The envelopes at the budgets that were voted, oldest first."""
    from chalicelib.subsidies.totals import with_votes

    return with_votes(money().list_years(), office().aid.envelopes)


def accounts() -> Accounts:
    """What became of the money so far. Raises `NoScheme` where the office has no aid."""
    from chalicelib.subsidies.totals import accounts

    return accounts(counted_files(), envelopes(), money().queue(), paris_day(now()), money().list_past())


def deadlines() -> Deadlines:
    """What ends by itself."""
    from chalicelib.subsidies.deadlines import Deadlines

    return Deadlines(subsidies(), office_repository().version, utc_now)


def retention() -> Retention:
    """What erases files that were kept long enough."""
    from chalicelib.subsidies.retention import Retention
    from chalicelib.subsidies.retention_repository import EndedFileRepository
    from chalicelib.uploads.bootstrap import files, upload_service

    return Retention(EndedFileRepository(subsidies()), batches(), upload_service(), files(), office, now)


def bank_details() -> BankDetails:
    """What forgets the accounts that aids were paid to."""
    from chalicelib.subsidies.bank_details import BankDetails
    from chalicelib.uploads.bootstrap import upload_service

    return BankDetails(subsidies(), batches(), upload_service(), office, now)


def obligations() -> ObligationService:
    """What staff note about them."""
    from chalicelib.subsidies.obligations import ObligationService

    return ObligationService(subsidies(), office_repository().version, utc_now)


def reminders() -> Reminders:
    """What goes before an end."""
    from chalicelib.subsidies.reminders import Reminders

    return Reminders(subsidies(), directory(), mail_desk(), office, office_repository().version, utc_now)


@lru_cache(maxsize=1)
def reconciler() -> Reconciler[Subsidy]:
    """What repairs files."""
    from chalicelib.decisions.reconciling import Reconciler

    return Reconciler(
        records=subsidies(),
        questions=decision_repository(),
        decisions=decision_service(),
        process=StepFunctionsProcess(AWARD_PROCESS),
        clock=utc_now,
    )


@lru_cache(maxsize=1)
def payment_service() -> PaymentService:
    """What happens to aid files from the award on."""
    from chalicelib.subsidies.payments import PaymentService
    from chalicelib.subsidies.proofs_form import answers_in

    return PaymentService(
        subsidies=subsidies(),
        joined=joined_proofs,
        answers_in=answers_in,
        process=StepFunctionsProcess(PAYMENT_PROCESS),
        office_at=office_repository().version,
        clock=utc_now,
    )


def joined_proofs(owner: str, answers: Mapping[str, Any], of_office: Office) -> Sequence[JoinedDocument]:
    """The files joined after the visit, in the order of the office file."""
    from chalicelib.subsidies.joined import joined
    from chalicelib.uploads.bootstrap import upload_service

    return joined(upload_service().list_of(owner), answers, of_office, "payment")


@lru_cache(maxsize=1)
def batches() -> BatchRepository:
    """The batches of payments."""
    from chalicelib.subsidies.batch_repository import BatchRepository

    return BatchRepository(subsidies())


@lru_cache(maxsize=1)
def batch_service() -> BatchService:
    """What collects payments and marks what became of them."""
    from chalicelib.office.calendar import add_working_days
    from chalicelib.subsidies.batches import BatchService

    return BatchService(
        files=subsidies(),
        batches=batches(),
        office_at=office_repository().version,
        next_working_day=lambda day: add_working_days(day, 1),
        clock=utc_now,
    )


@lru_cache(maxsize=1)
def payment_reconciler() -> Reconciler[PaymentRun]:
    """What repairs files that are paid."""
    from chalicelib.decisions.reconciling import Reconciler
    from chalicelib.subsidies.runs import PaymentRuns

    return Reconciler(
        records=PaymentRuns(subsidies()),
        questions=decision_repository(),
        decisions=decision_service(),
        process=StepFunctionsProcess(PAYMENT_PROCESS),
        clock=utc_now,
    )


@lru_cache(maxsize=1)
def payment_questions() -> PaymentQuestions:
    """The questions about proofs and payments."""
    from chalicelib.subsidies.payment_questions import PaymentQuestions

    return PaymentQuestions(describe_proofs)


@lru_cache(maxsize=1)
def printing() -> Printing:
    """What prints the PDFs of files."""
    from chalicelib.documents.bootstrap import printer
    from chalicelib.subsidies.printed import Papers
    from chalicelib.subsidies.printing import Printing
    from chalicelib.uploads.bootstrap import files

    return Printing(
        files=subsidies(),
        store=files(),
        printer=printer(),
        assessor=assessor(),
        data_of=Papers(describe, office, office_of, f"{config.base_url()}/espace").data_of,
        office_at=office_repository().version,
        clock=utc_now,
    )


def describe(answers: Mapping[str, Any], of_office: Office) -> Sections:
    """The answers for reading, with the names of communes."""
    from chalicelib.subsidies.application_form import all_choices, subsidy_form

    return subsidy_form().as_text(dict(answers), all_choices(answers, of_office))


def describe_proofs(answers: Mapping[str, Any]) -> Sections:
    """The answers about proofs for reading."""
    from chalicelib.subsidies.proofs_form import proofs_form

    return proofs_form().as_text(dict(answers))


@lru_cache(maxsize=1)
def questions() -> Questions:
    """The questions about files."""
    from chalicelib.subsidies.questions import Questions

    return Questions(describe)


def corrections_of(subsidy: Subsidy, pages: tuple[str, ...]) -> Draft:
    """The answers of a file laid out for correction; the draft knows whose it is."""
    from dataclasses import replace

    known = {"email": subsidy.email, "partner_id": subsidy.beneficiary.partner_id}
    return draft_service().open_corrections(replace(subsidy, answers={**subsidy.answers, **known}), pages)


def link_to(printed: PrintedDocument, subsidy: Subsidy) -> str:
    """An address that saves a PDF of a file, for some minutes."""
    from chalicelib.kernel.files import Shown
    from chalicelib.uploads.bootstrap import files

    name = f"{subsidy.reference}-{printed.kind}.pdf"
    return files().download_url(
        printed.key, Shown("application/pdf", f'attachment; filename="{name}"', LINK_SECONDS)
    )
