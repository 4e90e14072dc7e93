"""Workflow tasks of the aid to classification, from the application to the notified award."""

from collections.abc import Callable
from typing import Any

from chalice import Blueprint

from chalicelib.decisions.bootstrap import decision_service
from chalicelib.decisions.model import Asked
from chalicelib.kernel.clock import paris_day
from chalicelib.runtime.lambda_task import Event as Payload
from chalicelib.runtime.lambda_task import lambda_task
from chalicelib.subsidies.bootstrap import awarding, papers, stores
from chalicelib.subsidies.model import OutOfStep, Subsidy
from chalicelib.subsidies.questions import Case
from chalicelib.subsidies.statuses import Event
from chalicelib.subsidies.telling import answer_of, line_of

bp = Blueprint(__name__)


@bp.lambda_function(name="look_up_subsidy")
@lambda_task
def look_up_subsidy(event: Payload, context: Any) -> Payload:
    """Where the file stands: `{"subsidy_id", "status", "round", "document_due"}`."""
    return _standing(awarding.subsidy_service().get(event["subsidy_id"]))


@bp.lambda_function(name="request_subsidy_check")
@lambda_task
def request_subsidy_check(event: Payload, context: Any) -> None:
    """Ask whether the file is complete; the machine waits."""
    _ask(event, awarding.questions().check)


@bp.lambda_function(name="request_subsidy_corrections")
@lambda_task
def request_subsidy_corrections(event: Payload, context: Any) -> None:
    """Ask the applicant for corrections; the machine waits."""
    _ask(event, awarding.questions().corrections)


@bp.lambda_function(name="request_subsidy_award")
@lambda_task
def request_subsidy_award(event: Payload, context: Any) -> None:
    """Ask whether the aid is granted; the machine waits."""
    _ask(event, awarding.questions().award)


@bp.lambda_function(name="request_second_approval")
@lambda_task
def request_second_approval(event: Payload, context: Any) -> None:
    """Ask a second person; the machine waits."""
    _ask(event, awarding.questions().second_approval)


@bp.lambda_function(name="record_subsidy_event")
@lambda_task
def record_subsidy_event(event: Payload, context: Any) -> Payload:
    """What happened, told by the answer that the machine got, or by the silence that it met.

    `round` is the one that the machine saw before: tried again much later, the task changes nothing.
    """
    happened = Event(event["event"])
    answer = answer_of(event.get("decision_id"))
    by = answer.by_email if answer else ""
    subsidy = awarding.subsidy_service().record(
        event["subsidy_id"], happened, line_of(happened, answer), event["round"], by
    )
    awarding.reconciler().withdraw_stale(subsidy.id)
    return _standing(subsidy)


@bp.lambda_function(name="write_subsidy_document")
@lambda_task
def write_subsidy_document(event: Payload, context: Any) -> Payload:
    """Print the receipt or the letter of the award, keep it, send it: `kind` is `receipt` or `award`."""
    return _standing(papers.printing().write(event["subsidy_id"], event["kind"]))


def _standing(subsidy: Subsidy) -> Payload:
    return {
        "subsidy_id": subsidy.id,
        "status": subsidy.status.value,
        "round": subsidy.round,
        "document_due": subsidy.document_due,
    }


def _ask(event: Payload, write: Callable[[Case], Asked]) -> None:
    """Put the question. Raises `OutOfStep` when the file has moved on: the machine looks it up again."""
    subsidy = awarding.subsidy_service().get(event["subsidy_id"])
    today = paris_day(stores.now())
    case = Case(
        subsidy=subsidy,
        assessment=awarding.assessor().assess(subsidy, today).assessment,
        office=stores.office(),
        history=stores.subsidies().list_history(subsidy.id),
        on=today,
    )
    asked = write(case)
    if asked.question.step != subsidy.awaited_step:
        raise OutOfStep(subsidy)
    decision_service().open(asked.question, asked.addressee, event["task_token"])
