"""The rounds of trainings, on schedules."""

from typing import Any

from chalice import Blueprint

from chalicelib.runtime.lambda_task import Event as Payload
from chalicelib.runtime.lambda_task import lambda_task
from chalicelib.runtime.observability import count
from chalicelib.trainings.bootstrap import attending, planning, registering

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


@bp.lambda_function(name="close_training_attendance")
@lambda_task
def close_training_attendance(event: Payload, context: Any) -> Payload:
    """Close the attendance of sessions that ended long enough ago, send questionnaires whose time has come."""
    closed = attending.attending_service().close_due()
    return {"closed": closed, "asked": attending.surveys().send_due()}


@bp.lambda_function(name="print_certificates")
@lambda_task
def print_certificates(event: Payload, context: Any) -> Payload:
    """Print and send the certificates of those who came; how many are counted as a metric."""
    printed = attending.certifying().catch_up()
    count("CertificatesPrinted", printed)
    return {"printed": printed}


@bp.lambda_function(name="purge_trainings")
@lambda_task
def purge_trainings(event: Payload, context: Any) -> Payload:
    """Forget needs days after their session, sessions years after their end; how many are counted as a metric."""
    purged = attending.retention().purge()
    count("TrainingsPurged", purged)
    return {"purged": purged}


@bp.lambda_function(name="keep_training_dates")
@lambda_task
def keep_training_dates(event: Payload, context: Any) -> Payload:
    """Reminders, convocations, the choice below the minimum: what the nearing of sessions asks for."""
    return {"done": planning.watch().keep_dates()}
