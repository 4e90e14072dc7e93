"""Workflow tasks of registrations: the selection, the offer of a freed seat, what came of both."""

from collections.abc import Callable
from typing import Any

from chalice import Blueprint

from chalicelib.decisions.model import Asked
from chalicelib.runtime.lambda_task import Event as Payload
from chalicelib.runtime.lambda_task import lambda_task
from chalicelib.trainings import questions
from chalicelib.trainings.asking import put
from chalicelib.trainings.bootstrap import registering, stores
from chalicelib.trainings.model import Registration
from chalicelib.trainings.statuses import Event
from chalicelib.trainings.telling import answer_of, line_of
from chalicelib.trainings.wording import EVENT_WORDS

bp = Blueprint(__name__)


@bp.lambda_function(name="look_up_registration")
@lambda_task
def look_up_registration(event: Payload, context: Any) -> Payload:
    """Where the registration stands: `{"registration_id", "status", "round"}`."""
    return _standing(registering.registration_service().get(event["registration_id"]))


@bp.lambda_function(name="request_registration_approval")
@lambda_task
def request_registration_approval(event: Payload, context: Any) -> None:
    """Ask whether the person is taken; the machine waits."""
    _ask(event, questions.approval)


@bp.lambda_function(name="request_offer_answer")
@lambda_task
def request_offer_answer(event: Payload, context: Any) -> None:
    """Offer the freed seat to the person; the machine waits."""
    _ask(event, questions.offer)


@bp.lambda_function(name="record_registration_event")
@lambda_task
def record_registration_event(event: Payload, context: Any) -> Payload:
    """What happened, told by the answer that the machine got, or by the silence that it met.

    `round` is the one that the machine saw before: tried again much later, the task changes nothing.
    """
    happened = Event(event["event"])
    line = line_of(EVENT_WORDS[happened], answer_of(event.get("decision_id")))
    service = registering.registration_service()
    registration = service.record(event["registration_id"], happened, line, event["round"])
    registering.reconciler().withdraw_stale(registration.id)
    return _standing(registration)


def _standing(registration: Registration) -> Payload:
    return {
        "registration_id": registration.id,
        "status": registration.status.value,
        "round": registration.round,
    }


def _ask(event: Payload, write: Callable[[questions.RegistrationCase], Asked]) -> None:
    """Put the question about the registration as it stands. Raises `OutOfStep` when it has moved on."""
    service = registering.registration_service()
    registration = service.get(event["registration_id"])
    case = questions.RegistrationCase(
        session=service.session_of(registration),
        registration=registration,
        described=registering.describe(registration),
        office=stores.office(),
        history=stores.registrations().list_history(registration),
        at=stores.now(),
    )
    put(write(case), registration, event)
