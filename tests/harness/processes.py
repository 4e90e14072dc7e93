"""The client of Step Functions, with executions that are walked in this process."""

import json
from types import SimpleNamespace
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.kernel.ports import RunState, TaskSettled
from tests.harness.crash import Gate
from tests.harness.machine import Machine


class StepFunctions:
    """Answers as the real client does, for one walked machine."""

    exceptions = SimpleNamespace(ClientError=ClientError)

    def __init__(self, machine: Machine, gate: Gate) -> None:
        self.machine = machine
        self.gate = gate

    def start_execution(self, *, name: str, input: str, **_: Any) -> None:  # noqa: A002
        self.gate.call("StartExecution", lambda: self._start(name, json.loads(input)))

    def describe_execution(self, *, executionArn: str) -> dict[str, str]:  # noqa: N803
        name = executionArn.rpartition(":")[2]
        state = self.gate.call("DescribeExecution", lambda: self.machine.state(name))
        if state is RunState.UNKNOWN:
            raise _refusal("ExecutionDoesNotExist")
        return {"status": "RUNNING" if state is RunState.RUNNING else "FAILED"}

    def send_task_success(self, *, taskToken: str, output: str) -> None:  # noqa: N803
        self._tell("SendTaskSuccess", lambda: self.machine.succeed(taskToken, json.loads(output)))

    def send_task_failure(self, *, taskToken: str, error: str, cause: str) -> None:  # noqa: N803
        self._tell("SendTaskFailure", lambda: self.machine.fail(taskToken, error, cause))

    def _start(self, name: str, record_input: dict[str, Any]) -> None:
        if name in self.machine.runs:
            raise _refusal("ExecutionAlreadyExists")
        self.machine.start(name, record_input)

    def _tell(self, name: str, tell: Any) -> None:
        try:
            self.gate.call(name, tell)
        except TaskSettled as settled:
            raise _refusal("TaskDoesNotExist") from settled


def _refusal(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": code}}, code)
