"""Workflow tasks of the onboarding."""

from typing import Any

from chalice import Blueprint

from chalicelib.runtime.lambda_task import Event, lambda_task

bp = Blueprint(__name__)


@bp.lambda_function(name="look_up_application")
@lambda_task
def look_up_application(event: Event, context: Any) -> Event:
    """Where the file stands."""
    return {"status": "active"}
