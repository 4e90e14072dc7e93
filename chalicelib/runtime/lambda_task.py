"""What every workflow task, schedule and event handler shares: one log line, errors with their names."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from chalicelib.kernel.errors import Situation
from chalicelib.runtime.observability import logger

Event = dict[str, Any]
Handler = Callable[[Event, Any], Any]


def lambda_task(handler: Handler) -> Handler:
    """Wrap a task so that it logs exactly one line and raises what the machine can catch.

    A `Situation` is raised again unchanged: its class name is the error name in the state machine.
    """

    @wraps(handler)
    def run(event: Event, context: Any) -> Any:
        try:
            result = handler(event, context)
        except Situation as situation:
            logger.warning("situation", task=handler.__name__, situation=type(situation).__name__)
            raise
        except Exception as error:
            logger.error("failure", task=handler.__name__, error=type(error).__name__, at=_place(error))
            raise
        logger.info("done", task=handler.__name__)
        return result

    return run


def _place(error: BaseException) -> str:
    """File and line of the innermost frame: enough to find the fault, with nobody's data in it."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "unknown"
