"""The rounds of trainings, on schedules."""

from typing import Any

from chalice import Blueprint

from chalicelib.runtime.lambda_task import Event as Payload
from chalicelib.runtime.lambda_task import lambda_task
from chalicelib.runtime.observability import count
from chalicelib.trainings.bootstrap import planning, registering

bp = Blueprint(__name__)


@bp.lambda_function(name="reconcile_registrations")
@lambda_task
def reconcile_registrations(event: Payload, context: Any) -> Payload:
    """Repair what a crash left between registrations and runs, offer seats left free; how many are a metric."""
    mended = registering.reconciler().reconcile() + planning.watch().serve_waitlists()
    count("Reconciled", mended)
    return {"mended": mended}


@bp.lambda_function(name="reconcile_sessions")
@lambda_task
def reconcile_sessions(event: Payload, context: Any) -> Payload:
    """Repair what a crash left between sessions and runs; how many are a metric."""
    mended = planning.reconciler().reconcile()
    count("Reconciled", mended)
    return {"mended": mended}


@bp.lambda_function(name="keep_training_dates")
@lambda_task
def keep_training_dates(event: Payload, context: Any) -> Payload:
    """Reminders, convocations, the choice below the minimum: what the nearing of sessions asks for."""
    return {"done": planning.watch().keep_dates()}
