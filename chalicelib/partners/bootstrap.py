"""The real onboarding: DynamoDB, Step Functions, the office file, the decisions."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from chalicelib.adapters.step_functions import StepFunctionsProcess
from chalicelib.decisions.bootstrap import decision_repository, decision_service
from chalicelib.kernel.clock import utc_now
from chalicelib.mail.bootstrap import mail_desk, outbox
from chalicelib.office.bootstrap import office_repository
from chalicelib.office.model import Office
from chalicelib.partners.draft_repository import DraftRepository
from chalicelib.partners.drafting import DraftService
from chalicelib.partners.questions import Questions, Sections
from chalicelib.partners.reconciling import Reconciler
from chalicelib.partners.repository import ApplicationRepository
from chalicelib.partners.service import ApplicationService
from chalicelib.web.forms import Form

PROCESS = "partners_onboarding"
SCHEMA = Path(__file__).parent / "schemas" / "membership_application.json"


def form() -> Form:
    """The membership form."""
    return Form.load(SCHEMA)


def office() -> Office:
    """The office as its file says today."""
    return office_repository().current()


@lru_cache(maxsize=1)
def applications() -> ApplicationRepository:
    """The membership files."""
    return ApplicationRepository(outbox())


@lru_cache(maxsize=1)
def draft_service() -> DraftService:
    """What happens to drafts."""
    return DraftService(DraftRepository(), mail_desk(), office, utc_now)


@lru_cache(maxsize=1)
def application_service() -> ApplicationService:
    """What happens to membership files."""
    return ApplicationService(
        applications=applications(),
        corrections=draft_service(),
        process=StepFunctionsProcess(PROCESS),
        office=office,
        office_at=office_repository().version,
        clock=utc_now,
    )


@lru_cache(maxsize=1)
def reconciler() -> Reconciler:
    """What repairs files."""
    return Reconciler(
        applications=applications(),
        questions_of=decision_repository().list_by_record,
        decisions=decision_service(),
        process=StepFunctionsProcess(PROCESS),
        clock=utc_now,
    )


def describe(answers: Mapping[str, Any], of_office: Office) -> Sections:
    """The answers for reading, with the names of communes and packs of that office."""
    from chalicelib.partners.choices import all_choices

    return form().as_text(dict(answers), all_choices(answers, of_office))


@lru_cache(maxsize=1)
def questions() -> Questions:
    """The questions about files."""
    return Questions(describe)
