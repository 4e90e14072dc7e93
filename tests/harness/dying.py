"""Put beside a function's code, with its handler in front: the process is killed after one kind of AWS call.

`DIES_AFTER` names the call, `REAL_HANDLER` the handler; with `UNGUARDED` no write has a condition.
"""

import importlib
import os
import signal
from contextlib import nullcontext
from typing import Any

from botocore.client import BaseClient

_make_call = BaseClient._make_api_call


def _through(client: BaseClient, operation: str, arguments: dict[str, Any]) -> Any:
    answer = _make_call(client, operation, arguments)
    if operation == os.environ["DIES_AFTER"]:
        os.kill(os.getpid(), signal.SIGKILL)
    return answer


BaseClient._make_api_call = _through  # type: ignore[method-assign]


def handler(event: Any, context: Any) -> Any:
    """What the function does, as far as it lives."""
    import unguarded

    module, _, name = os.environ["REAL_HANDLER"].rpartition(".")
    twin = unguarded.without_conditions() if os.environ.get("UNGUARDED") else nullcontext()
    with twin:
        return getattr(importlib.import_module(module), name)(event, context)
