"""Putting the question of a run, if its record still waits for it."""

from chalicelib.decisions.bootstrap import decision_service
from chalicelib.decisions.model import Asked
from chalicelib.runtime.lambda_task import Event as Payload
from chalicelib.trainings.model import OutOfStep, Registration, Session


def put(asked: Asked, record: Registration | Session, event: Payload) -> None:
    """Put the question. Raises `OutOfStep` when the record has moved on: the machine looks it up again."""
    if asked.question.step != record.awaited_step:
        raise OutOfStep
    decision_service().open(asked.question, asked.addressee, event["task_token"])
