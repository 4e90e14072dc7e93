"""Workflow tasks of sessions: the direction's approval, the choice below the minimum, telling who registered."""

from collections.abc import Callable
from typing import Any

from chalice import Blueprint

from chalicelib.decisions.model import Asked
from chalicelib.runtime.lambda_task import Event as Payload
from chalicelib.runtime.lambda_task import lambda_task
from chalicelib.trainings import questions
from chalicelib.trainings.asking import put
from chalicelib.trainings.bootstrap import planning, stores
from chalicelib.trainings.model import Session
from chalicelib.trainings.statuses import SessionEvent
from chalicelib.trainings.telling import answer_of, line_of
from chalicelib.trainings.wording import SESSION_EVENT_WORDS

bp = Blueprint(__name__)

PROPOSED = "trainer_proposed"


@bp.lambda_function(name="look_up_session")
@lambda_task
def look_up_session(event: Payload, context: Any) -> Payload:
    """Where the session stands: `{"session_id", "status", "round", "is_untold"}`.

    `status` is `trainer_proposed` of a published session about whose trainer the direction has to be asked.
    """
    return _standing(planning.planning_service().get(event["session_id"]))


@bp.lambda_function(name="request_publication_approval")
@lambda_task
def request_publication_approval(event: Payload, context: Any) -> None:
    """Ask the direction whether the session may be published, or led by another external trainer; the machine waits."""
    _ask(event, questions.publication)


@bp.lambda_function(name="request_minimum_choice")
@lambda_task
def request_minimum_choice(event: Payload, context: Any) -> None:
    """Ask whether a session with few people is kept; the machine waits."""
    _ask(event, questions.minimum)


@bp.lambda_function(name="record_session_event")
@lambda_task
def record_session_event(event: Payload, context: Any) -> Payload:
    """What happened, told by the answer that the machine got, or by the silence that it met."""
    happened = SessionEvent(event["event"])
    line = line_of(SESSION_EVENT_WORDS[happened], answer_of(event.get("decision_id")))
    session = planning.planning_service().record(event["session_id"], happened, line, event["round"])
    planning.reconciler().withdraw_stale(session.id)
    return _standing(session)


@bp.lambda_function(name="tell_registered_people")
@lambda_task
def tell_registered_people(event: Payload, context: Any) -> Payload:
    """Tell everybody who registered of a change, or that the session is cancelled; each once, however often it runs."""
    return _standing(planning.news().tell(event["session_id"]))


def _standing(session: Session) -> Payload:
    return {
        "session_id": session.id,
        "status": PROPOSED if session.asks_about_trainer else session.status.value,
        "round": session.round,
        "is_untold": session.is_untold,
    }


def _ask(event: Payload, write: Callable[[questions.SessionCase], Asked]) -> None:
    """Put the question about the session as it stands. Raises `OutOfStep` when it has moved on."""
    session = planning.planning_service().get(event["session_id"])
    case = questions.SessionCase(
        session=session,
        seats=stores.registrations().seats(session.id),
        described=planning.describe(session),
        office=stores.office(),
        history=stores.sessions().list_history(session),
        at=stores.now(),
    )
    put(write(case), session, event)
