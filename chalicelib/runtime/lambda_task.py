"""What every workflow task, schedule and event handler shares: one log line, errors with their names."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from chalicelib.kernel.errors import Situation
from chalicelib.runtime.observability import logger, place_of

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
            logger.error("failure", task=handler.__name__, error=type(error).__name__, at=place_of(error))
            raise
        logger.info("done", task=handler.__name__)
        return result

    return run


def has_milliseconds(context: Any, needed: int) -> bool:
    """Whether this run goes on for so long; without a context, as in a test, it goes on for ever."""
    return context is None or context.get_remaining_time_in_millis() >= needed
