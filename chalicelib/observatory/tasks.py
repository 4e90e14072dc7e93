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
