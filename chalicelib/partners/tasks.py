"""Workflow tasks, schedules and sweeps of the onboarding."""

from collections.abc import Callable
from typing import Any

from chalice import Blueprint

from chalicelib.decisions.bootstrap import decision_service
from chalicelib.decisions.model import Asked
from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.history import HistoryLine
from chalicelib.office.calendar import is_working_day
from chalicelib.partners import bootstrap
from chalicelib.partners.model import Application, Event, OutOfStep
from chalicelib.partners.questions import Case
from chalicelib.partners.wording import EVENT_WORDS
from chalicelib.runtime.lambda_task import Event as Payload
from chalicelib.runtime.lambda_task import lambda_task
from chalicelib.runtime.observability import count

bp = Blueprint(__name__)

NOBODY = "Cordée"


@bp.lambda_function(name="look_up_application")
@lambda_task
def look_up_application(event: Payload, context: Any) -> Payload:
    """Where the file stands: `{"application_id", "status", "round"}`."""
    return _standing(bootstrap.application_service().get(event["application_id"]))


@bp.lambda_function(name="request_address_confirmation")
@lambda_task
def request_address_confirmation(event: Payload, context: Any) -> None:
    """Ask the applicant to confirm their address; the machine waits."""
    _ask(event, bootstrap.questions().confirmation)


@bp.lambda_function(name="request_membership_decision")
@lambda_task
def request_membership_decision(event: Payload, context: Any) -> None:
    """Ask the office to decide; the machine waits."""
    _ask(event, bootstrap.questions().review)


@bp.lambda_function(name="request_corrections")
@lambda_task
def request_corrections(event: Payload, context: Any) -> None:
    """Ask the applicant for corrections; the machine waits."""
    _ask(event, bootstrap.questions().corrections)


@bp.lambda_function(name="request_payment_confirmation")
@lambda_task
def request_payment_confirmation(event: Payload, context: Any) -> None:
    """Ask accounting whether the money has come; the machine waits."""
    _ask(event, bootstrap.questions().payment)


@bp.lambda_function(name="record_application_event")
@lambda_task
def record_application_event(event: Payload, context: Any) -> Payload:
    """What happened, told by the answer that the machine got, or by the silence that it met.

    `round` is the one that the machine saw before: tried again much later, the task changes nothing.
    """
    happened = Event(event["event"])
    line = _line(happened, event.get("decision_id"))
    service = bootstrap.application_service()
    application = service.record(event["application_id"], happened, line, event["round"])
    bootstrap.reconciler().withdraw_stale(application.id)
    return _standing(application)


@bp.lambda_function(name="activate_partner")
@lambda_task
def activate_partner(event: Payload, context: Any) -> Payload:
    """Make the applicant a partner."""
    return _standing(bootstrap.application_service().activate(event["application_id"]))


@bp.lambda_function(name="reconcile_onboarding")
@lambda_task
def reconcile_onboarding(event: Payload, context: Any) -> Payload:
    """Repair what a crash left between files and runs; how many are counted as a metric."""
    mended = bootstrap.reconciler().reconcile()
    count("Reconciled", mended)
    return {"mended": mended}


@bp.lambda_function(name="sweep_drafts")
@lambda_task
def sweep_drafts(event: Payload, context: Any) -> Payload:
    """Tell those who stopped, warn before the purge, purge."""
    return {"touched": bootstrap.draft_service().sweep()}


@bp.lambda_function(name="purge_closed_files")
@lambda_task
def purge_closed_files(event: Payload, context: Any) -> Payload:
    """Erase the files that ended without a partnership long enough ago; how many are counted as a metric."""
    purged = bootstrap.retention().purge()
    count("FilesPurged", purged)
    return {"purged": purged}


@bp.lambda_function(name="send_payment_reminders")
@lambda_task
def send_payment_reminders(event: Payload, context: Any) -> Payload:
    """On working mornings: remind applicants whose payment is awaited."""
    if not is_working_day(paris_day(bootstrap.now())):
        return {"reminded": 0}
    return {"reminded": bootstrap.payment_reminders().send()}


def _standing(application: Application) -> Payload:
    return {
        "application_id": application.id,
        "status": application.status.value,
        "round": application.round,
    }


def _ask(event: Payload, write: Callable[[Case], Asked]) -> None:
    """Put the question. Raises `OutOfStep` when the file has moved on: the machine looks it up again."""
    application = bootstrap.application_service().get(event["application_id"])
    case = Case(
        application=application,
        office=bootstrap.office(),
        history=bootstrap.applications().list_history(application.id),
        on=paris_day(bootstrap.now()),
    )
    asked = write(case)
    if asked.question.step != application.awaited_step:
        raise OutOfStep(application)
    decision_service().open(asked.question, asked.addressee, event["task_token"])


def _line(happened: Event, decision_id: str | None) -> HistoryLine:
    words = EVENT_WORDS[happened]
    answer = decision_service().get(decision_id).answer if decision_id else None
    if answer is None:
        return HistoryLine(bootstrap.now(), NOBODY, words)
    return HistoryLine(answer.at, answer.by_name, words, answer.reason, answer.on_behalf_of)
