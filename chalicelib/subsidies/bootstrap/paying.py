"""The way from the award to the transfer, for real: proofs, the payment machine, batches."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from chalicelib.adapters.step_functions import StepFunctionsProcess
from chalicelib.decisions.bootstrap import decision_repository, decision_service
from chalicelib.mail.bootstrap import mail_desk, outbox
from chalicelib.office.bootstrap import office_repository
from chalicelib.subsidies.bootstrap import stores
from chalicelib.subsidies.model import PAYMENT_PROCESS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chalicelib.decisions.reconciling import Reconciler
    from chalicelib.drafts.service import DraftService
    from chalicelib.office.model import Office
    from chalicelib.subsidies.batches import BatchService
    from chalicelib.subsidies.dossier import Sections
    from chalicelib.subsidies.model import JoinedDocument
    from chalicelib.subsidies.payment_questions import PaymentQuestions
    from chalicelib.subsidies.payments import PaymentService
    from chalicelib.subsidies.runs import PaymentRun


@lru_cache(maxsize=1)
def proofs_drafts() -> DraftService:
    """What happens to the drafts of demands for payment; their file reminds of them, not they themselves."""
    from chalicelib.drafts.repository import DraftRepository
    from chalicelib.drafts.service import DraftService
    from chalicelib.subsidies.drafted_form import drafted_form
    from chalicelib.subsidies.proofs_form import FORM

    form = drafted_form(lambda _: None, lambda _: False)
    return DraftService(form, DraftRepository(FORM, outbox()), mail_desk(), stores.office, stores.now)


@lru_cache(maxsize=1)
def payment_service() -> PaymentService:
    """What happens to aid files from the award on."""
    from chalicelib.subsidies.payments import PaymentService
    from chalicelib.subsidies.proofs_form import answers_in

    return PaymentService(
        subsidies=stores.subsidies(),
        joined=joined_proofs,
        answers_in=answers_in,
        process=StepFunctionsProcess(PAYMENT_PROCESS),
        office_at=office_repository().version,
        clock=stores.now,
    )


def joined_proofs(owner: str, answers: Mapping[str, Any], of_office: Office) -> Sequence[JoinedDocument]:
    """The files joined after the visit, in the order of the office file."""
    from chalicelib.subsidies.joined import joined
    from chalicelib.uploads.bootstrap import upload_service

    return joined(upload_service().list_of(owner), answers, of_office, "payment")


@lru_cache(maxsize=1)
def batch_service() -> BatchService:
    """What collects payments and marks what became of them."""
    from chalicelib.office.calendar import add_working_days
    from chalicelib.subsidies.batches import BatchService

    return BatchService(
        files=stores.subsidies(),
        batches=stores.batches(),
        office_at=office_repository().version,
        next_working_day=lambda day: add_working_days(day, 1),
        clock=stores.now,
    )


@lru_cache(maxsize=1)
def payment_reconciler() -> Reconciler[PaymentRun]:
    """What repairs files that are paid."""
    from chalicelib.decisions.reconciling import Reconciler
    from chalicelib.subsidies.runs import PaymentRuns

    return Reconciler(
        records=PaymentRuns(stores.subsidies()),
        questions=decision_repository(),
        decisions=decision_service(),
        process=StepFunctionsProcess(PAYMENT_PROCESS),
        clock=stores.now,
    )


@lru_cache(maxsize=1)
def payment_questions() -> PaymentQuestions:
    """The questions about proofs and payments."""
    from chalicelib.subsidies.payment_questions import PaymentQuestions

    return PaymentQuestions(describe_proofs)


def describe_proofs(answers: Mapping[str, Any]) -> Sections:
    """The answers about proofs for reading."""
    from chalicelib.subsidies.proofs_form import proofs_form

    return proofs_form().as_text(dict(answers))
