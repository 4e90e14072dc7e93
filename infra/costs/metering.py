"""What AWS would count of anything that happens in the application, run in this process by the world of the tests.

Units of DynamoDB follow from the items that each call reads and writes; transitions from the states that are entered.
Seconds of functions are processor time on this machine, and so many for each call of AWS.
"""

import importlib
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from botocore.client import BaseClient

from infra.costs.dynamodb import Units

SECONDS_A_CALL = 0.006
"""That a call of AWS from a function takes, the network included."""
PUTS = {"PutObject", "CopyObject", "ListObjectsV2"}
GETS = {"GetObject", "HeadObject"}
STEPS = ("_call", "_choice", "_succeed", "_map")
"""Of a walked machine, one for each state that is entered."""
Usage = Counter[str]


@dataclass
class Meter:
    """What was used while it ran, by the keys of the price list; `calls` of DynamoDB are counted as by the tests."""

    usage: Usage = field(default_factory=Counter)
    calls: int = 0
    waited: float = 0.0


@contextmanager
def metered(world: Any, vcpu_share: float, memory_gb: float) -> Iterator[Meter]:
    """Meter what happens in a world of the tests; each request or function that begins is one invocation."""
    meter, letters, begun = Meter(), len(world.gate.letters), len(world.gate.processes)
    stored = _stored_bytes(world)
    began = time.process_time()
    with _watched(meter):
        yield meter
    own = time.process_time() - began - meter.waited
    processes = world.gate.processes[begun:]
    sent = world.gate.letters[letters:]
    requests = sum(" /" in process for process in processes)
    meter.usage.update({
        "api_requests": requests,
        "lambda_requests": len(processes),
        "lambda_gb_seconds": (own / vcpu_share + meter.usage.pop("calls", 0) * SECONDS_A_CALL) * memory_gb,
        "mails": len(sent),
        "mail_bytes": sum(len(letter.raw) for letter in sent),
        "stored_bytes": _stored_bytes(world) - stored,
    })  # fmt: skip


@contextmanager
def _watched(meter: Meter) -> Iterator[None]:
    machine = importlib.import_module("tests.harness.machine").Machine
    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(BaseClient, "_make_api_call", _through(meter)))
        for step in STEPS:
            stack.enter_context(mock.patch.object(machine, step, _counting(meter, getattr(machine, step))))
        yield


def _through(meter: Meter) -> Any:
    make_call, units = BaseClient._make_api_call, Units()

    def through(client: BaseClient, operation: str, arguments: dict[str, Any]) -> Any:
        began = time.process_time()
        try:
            if client.meta.service_model.service_name != "dynamodb":
                meter.usage.update(_of_files(operation))
                return make_call(client, operation, arguments)
            meter.calls += 1
            with units.of(operation, arguments) as counted:
                answer = make_call(client, operation, arguments)
                counted.read(answer)
            meter.usage.update({"dynamodb_reads": counted.reads, "dynamodb_writes": counted.writes})
            return answer
        finally:
            meter.usage["calls"] += 1
            meter.waited += time.process_time() - began

    return through


def _of_files(operation: str) -> dict[str, int]:
    return {"s3_puts": int(operation in PUTS), "s3_gets": int(operation in GETS)}


def _counting(meter: Meter, step: Any) -> Any:
    def counted(machine: Any, *arguments: Any) -> Any:
        meter.usage["transitions"] += 1
        return step(machine, *arguments)

    return counted


def _stored_bytes(world: Any) -> int:
    """Of all items, without what an index keeps of them once more."""
    from infra.costs.capacity import item_size
    from infra.costs.dynamodb import TABLES

    return sum(item_size(row) for table in TABLES for row in world.rows(table))
