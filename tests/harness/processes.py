"""The client of Step Functions, with executions that are walked in this process."""

import json
from types import SimpleNamespace
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.kernel.ports import RunState, TaskSettled
from tests.harness.crash import Gate
from tests.harness.machine import Machine
from tests.harness.machines import Machines


class StepFunctions:
    """Answers as the real client does, for the walked machines."""

    exceptions = SimpleNamespace(ClientError=ClientError)

    def __init__(self, machines: Machines, gate: Gate) -> None:
        self.machines = machines
        self.gate = gate

    def start_execution(self, *, stateMachineArn: str, name: str, input: str) -> None:  # noqa: A002, N803
        machine = self.machines.of_arn(stateMachineArn)
        self.gate.call("StartExecution", lambda: _start(machine, name, json.loads(input)))

    def describe_execution(self, *, executionArn: str) -> dict[str, str]:  # noqa: N803
        arn, _, name = executionArn.rpartition(":")
        machine = self.machines.of_arn(arn)
        state = self.gate.call("DescribeExecution", lambda: machine.state(name))
        if state is RunState.UNKNOWN:
            raise _refusal("ExecutionDoesNotExist")
        return {"status": "RUNNING" if state is RunState.RUNNING else "FAILED"}

    def send_task_success(self, *, taskToken: str, output: str) -> None:  # noqa: N803
        self._tell("SendTaskSuccess", lambda: self._behind(taskToken).succeed(taskToken, json.loads(output)))

    def send_task_failure(self, *, taskToken: str, error: str, cause: str) -> None:  # noqa: N803
        self._tell("SendTaskFailure", lambda: self._behind(taskToken).fail(taskToken, error, cause))

    def _behind(self, task_token: str) -> Machine:
        return self.machines.of_token(task_token)

    def _tell(self, name: str, tell: Any) -> None:
        try:
            self.gate.call(name, tell)
        except TaskSettled as settled:
            raise _refusal("TaskDoesNotExist") from settled


def _start(machine: Machine, name: str, record_input: dict[str, Any]) -> None:
    if name in machine.runs:
        raise _refusal("ExecutionAlreadyExists")
    machine.start(name, record_input)


def _refusal(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": code}}, code)
