"""Workflow tasks of the aid to classification, from the proofs to the approved payment."""

from collections.abc import Callable
from typing import Any

from chalice import Blueprint

from chalicelib.decisions.bootstrap import decision_service
from chalicelib.decisions.model import Asked
from chalicelib.kernel.clock import paris_day
from chalicelib.runtime.lambda_task import Event as Payload
from chalicelib.runtime.lambda_task import lambda_task
from chalicelib.subsidies.bootstrap import awarding, paying, stores
from chalicelib.subsidies.model import OutOfStep, Subsidy
from chalicelib.subsidies.payment_questions import PaymentCase
from chalicelib.subsidies.statuses import Event
from chalicelib.subsidies.telling import answer_of, line_of

bp = Blueprint(__name__)


@bp.lambda_function(name="look_up_payment")
@lambda_task
def look_up_payment(event: Payload, context: Any) -> Payload:
    """Where the file stands: `{"subsidy_id", "status", "round"}`."""
    return _standing(awarding.subsidy_service().get(event["subsidy_id"]))


@bp.lambda_function(name="request_proof_check")
@lambda_task
def request_proof_check(event: Payload, context: Any) -> None:
    """Ask whether the proofs are in order; the machine waits."""
    _ask(event, paying.payment_questions().proofs)


@bp.lambda_function(name="request_proof_corrections")
@lambda_task
def request_proof_corrections(event: Payload, context: Any) -> None:
    """Ask the applicant to complete the proofs; the machine waits."""
    _ask(event, paying.payment_questions().corrections)


@bp.lambda_function(name="request_payment_approval")
@lambda_task
def request_payment_approval(event: Payload, context: Any) -> None:
    """Ask accounting whether the aid is paid; the machine waits."""
    _ask(event, paying.payment_questions().payment)


@bp.lambda_function(name="record_payment_event")
@lambda_task
def record_payment_event(event: Payload, context: Any) -> Payload:
    """What happened, told by the answer that the machine got, or by the silence that it met.

    `round` is the one that the machine saw before: tried again much later, the task changes nothing.
    """
    happened = Event(event["event"])
    line = line_of(happened, answer_of(event.get("decision_id")))
    subsidy = paying.payment_service().record(event["subsidy_id"], happened, line, event["round"])
    paying.payment_reconciler().withdraw_stale(subsidy.id)
    return _standing(subsidy)


def _standing(subsidy: Subsidy) -> Payload:
    return {"subsidy_id": subsidy.id, "status": subsidy.status.value, "round": subsidy.round}


def _ask(event: Payload, write: Callable[[PaymentCase], Asked]) -> None:
    """Put the question. Raises `OutOfStep` when the file has moved on: the machine looks it up again."""
    subsidy = awarding.subsidy_service().get(event["subsidy_id"])
    if not subsidy.proofs:
        raise OutOfStep(subsidy)
    case = PaymentCase(
        subsidy=subsidy,
        office=stores.office(),
        rules=stores.office_of(subsidy),
        history=stores.subsidies().list_history(subsidy.id),
        on=paris_day(stores.now()),
    )
    asked = write(case)
    if asked.question.step != subsidy.awaited_step:
        raise OutOfStep(subsidy)
    decision_service().open(asked.question, asked.addressee, event["task_token"])
