"""The rounds of the observatory, on schedules."""

from typing import Any

from chalice import Blueprint

from chalicelib.observatory import bootstrap
from chalicelib.runtime.lambda_task import Event as Payload
from chalicelib.runtime.lambda_task import lambda_task
from chalicelib.runtime.observability import count

bp = Blueprint(__name__)


@bp.lambda_function(name="gather_figures")
@lambda_task
def gather_figures(event: Payload, context: Any) -> Payload:
    """Ask lodgings for last month's figures once, and again who gave none; how many are counted as a metric."""
    asked = bootstrap.gathering().ask_due()
    reminded = bootstrap.gathering().remind_due()
    count("FiguresAsked", asked + reminded)
    return {"asked": asked, "reminded": reminded}


@bp.lambda_function(name="begin_reports")
@lambda_task
def begin_reports(event: Payload, context: Any) -> Payload:
    """Begin the reports whose day has come, each once; how many are counted as a metric."""
    begun = bootstrap.report_service().begin_due()
    count("ReportsBegun", begun)
    return {"begun": begun}


@bp.lambda_function(name="reconcile_reports")
@lambda_task
def reconcile_reports(event: Payload, context: Any) -> Payload:
    """Repair what a crash left between reports and runs, a metric; forget the files of those that were given up."""
    mended = bootstrap.report_reconciler().reconcile()
    count("Reconciled", mended)
    return {"mended": mended, "forgotten": bootstrap.forgetting().forget_dropped()}
