"""The way to an award, for real: form, rules, money, the award machine."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from chalicelib.adapters.step_functions import StepFunctionsProcess
from chalicelib.decisions.bootstrap import decision_repository, decision_service
from chalicelib.kernel.clock import paris_day
from chalicelib.mail.bootstrap import mail_desk
from chalicelib.office.bootstrap import office_repository
from chalicelib.runtime import config
from chalicelib.subsidies.bootstrap import stores
from chalicelib.subsidies.model import AWARD_PROCESS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chalicelib.decisions.reconciling import Reconciler
    from chalicelib.drafts.model import Draft
    from chalicelib.drafts.service import DraftService
    from chalicelib.office.model import Office
    from chalicelib.subsidies.assessing import Assessor
    from chalicelib.subsidies.dossier import Sections
    from chalicelib.subsidies.model import JoinedDocument, Subsidy
    from chalicelib.subsidies.questions import Questions
    from chalicelib.subsidies.service import SubsidyService
    from chalicelib.subsidies.submitting import SubmissionService
    from chalicelib.subsidies.waiting import WaitingFiles


@lru_cache(maxsize=1)
def draft_service() -> DraftService:
    """What happens to drafts of the application."""
    from chalicelib.drafts.service import DraftService
    from chalicelib.subsidies.drafted_form import drafted_form

    form = drafted_form(_sent_answers, _is_corrected, _erase_documents, _missing)
    return DraftService(form, stores.drafts(), mail_desk(), stores.office, stores.now)


def _sent_answers(draft_id: str) -> Mapping[str, Any] | None:
    file = stores.subsidies().find(draft_id)
    return file.answers if file else None


def _missing(draft: Draft) -> list[str]:
    """The names of the documents that are still to be joined to an application."""
    from chalicelib.subsidies.application_form import answers_in
    from chalicelib.subsidies.joined import missing

    answers, rules = answers_in(draft.answers), stores.office()
    return [one.name for one in missing(joined_documents(draft.id, answers, rules), answers, rules)]


def _erase_documents(draft_id: str) -> None:
    from chalicelib.uploads.bootstrap import upload_service

    upload_service().erase(draft_id)


def _is_corrected(subsidy_id: str) -> bool:
    """Whether the file waits for no corrections any more: a crash may leave their draft behind."""
    from chalicelib.subsidies.statuses import Status

    file = stores.subsidies().find(subsidy_id)
    return file is None or file.status is not Status.CHANGES_REQUESTED


def corrections_of(subsidy: Subsidy, pages: tuple[str, ...]) -> Draft:
    """The answers of a file laid out for correction; the draft knows whose it is."""
    from dataclasses import replace

    known = {"email": subsidy.email, "partner_id": subsidy.beneficiary.partner_id}
    return draft_service().open_corrections(replace(subsidy, answers={**subsidy.answers, **known}), pages)


@lru_cache(maxsize=1)
def assessor() -> Assessor:
    """What applies the rules."""
    from chalicelib.subsidies.assessing import Assessor

    return Assessor(
        stores.partners(),
        stores.register(),
        stores.money(),
        stores.subsidies(),
        stores.office,
        office_repository().version,
    )


def joined_documents(owner: str, answers: Mapping[str, Any], of_office: Office) -> Sequence[JoinedDocument]:
    """The files joined under this identifier, in the order of the office file."""
    from chalicelib.subsidies.joined import joined
    from chalicelib.uploads.bootstrap import upload_service

    return joined(upload_service().list_of(owner), answers, of_office)


def is_complete(answers: Mapping[str, Any], of_office: Office) -> bool:
    """The check that the form makes before it is sent."""
    from chalicelib.subsidies.application_form import form_errors

    return not form_errors(answers, of_office, paris_day(stores.now()))


@lru_cache(maxsize=1)
def submission_service() -> SubmissionService:
    """What takes forms in."""
    from chalicelib.subsidies.application_form import answers_in, subsidy_form
    from chalicelib.subsidies.submitting import SubmissionService

    return SubmissionService(
        subsidies=stores.subsidies(),
        partners=stores.partners(),
        joined=joined_documents,
        answers_in=answers_in,
        process=StepFunctionsProcess(AWARD_PROCESS),
        office=stores.office,
        clock=stores.now,
        form_version=subsidy_form().version,
        process_version=config.version(),
    )


@lru_cache(maxsize=1)
def subsidy_service() -> SubsidyService:
    """What happens to aid files."""
    from chalicelib.subsidies.application_form import answers_in
    from chalicelib.subsidies.service import SubsidyService

    return SubsidyService(
        subsidies=stores.subsidies(),
        assessor=assessor(),
        money=stores.money(),
        corrections=draft_service(),
        joined=joined_documents,
        answers_in=answers_in,
        is_complete=is_complete,
        process=StepFunctionsProcess(AWARD_PROCESS),
        office=stores.office,
        office_at=office_repository().version,
        clock=stores.now,
    )


@lru_cache(maxsize=1)
def waiting_files() -> WaitingFiles:
    """The queue for money."""
    from chalicelib.subsidies.waiting import WaitingFiles

    return WaitingFiles(stores.money(), subsidy_service().fund)


@lru_cache(maxsize=1)
def reconciler() -> Reconciler[Subsidy]:
    """What repairs files."""
    from chalicelib.decisions.reconciling import Reconciler

    return Reconciler(
        records=stores.subsidies(),
        questions=decision_repository(),
        decisions=decision_service(),
        process=StepFunctionsProcess(AWARD_PROCESS),
        clock=stores.now,
    )


@lru_cache(maxsize=1)
def questions() -> Questions:
    """The questions about files."""
    from chalicelib.subsidies.questions import Questions

    return Questions(describe)


def describe(answers: Mapping[str, Any], of_office: Office) -> Sections:
    """The answers for reading, with the names of communes."""
    from chalicelib.subsidies.application_form import all_choices, subsidy_form

    return subsidy_form().as_text(dict(answers), all_choices(answers, of_office))
