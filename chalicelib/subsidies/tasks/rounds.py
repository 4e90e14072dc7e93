"""The rounds of the aid to classification, on schedules."""

from typing import Any

from chalice import Blueprint

from chalicelib.kernel.rounds import one_by_one
from chalicelib.runtime.lambda_task import Event as Payload
from chalicelib.runtime.lambda_task import lambda_task
from chalicelib.runtime.observability import count
from chalicelib.subsidies.bootstrap import awarding, endings, papers, paying, promises

bp = Blueprint(__name__)


@bp.lambda_function(name="print_missing_receipts")
@lambda_task
def print_missing_receipts(event: Payload, context: Any) -> Payload:
    """Print and send the receipts that their machine could not."""
    return {"printed": papers.printing().catch_up()}


@bp.lambda_function(name="serve_waiting_files")
@lambda_task
def serve_waiting_files(event: Payload, context: Any) -> Payload:
    """Give money that is free to the files that wait for it, in their order; how many are counted as a metric."""
    served = awarding.waiting_files().serve()
    count("FilesFunded", served)
    return {"served": served}


@bp.lambda_function(name="reconcile_awards")
@lambda_task
def reconcile_awards(event: Payload, context: Any) -> Payload:
    """Repair what a crash left between files and runs; how many are counted as a metric."""
    mended = awarding.reconciler().reconcile()
    count("Reconciled", mended)
    return {"mended": mended}


@bp.lambda_function(name="sweep_subsidy_drafts")
@lambda_task
def sweep_subsidy_drafts(event: Payload, context: Any) -> Payload:
    """Tell those who stopped, warn before the purge, purge."""
    return {"touched": awarding.draft_service().sweep()}


@bp.lambda_function(name="reconcile_payments")
@lambda_task
def reconcile_payments(event: Payload, context: Any) -> Payload:
    """Repair what a crash left of files that are paid: their runs, batches; how many are counted as a metric."""
    mended = paying.payment_reconciler().reconcile() + paying.batch_service().finish_left_open()
    count("Reconciled", mended)
    return {"mended": mended}


@bp.lambda_function(name="purge_aid_files")
@lambda_task
def purge_aid_files(event: Payload, context: Any) -> Payload:
    """Forget accounts, then erase files that were kept long enough; how many files are counted as a metric.

    Both are done, even if one of them fails.
    """
    rounds = (endings.bank_details().forget, endings.retention().purge)
    forgotten = one_by_one(rounds, lambda forget: forget())
    count("AidFilesForgotten", forgotten)
    return {"forgotten": forgotten}


@bp.lambda_function(name="keep_subsidy_deadlines")
@lambda_task
def keep_subsidy_deadlines(event: Payload, context: Any) -> Payload:
    """End what has come to its end, and remind of what soon will; both are done, even if one of them fails."""
    rounds = (promises.deadlines().keep, promises.reminders().send)
    kept = one_by_one(rounds, lambda keep: keep())
    count("DeadlinesKept", kept)
    return {"kept": kept}
