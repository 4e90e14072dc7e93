"""AWS Step Functions behind its two ports; the names of errors differ between clouds, not their meaning."""

import json
from collections.abc import Mapping
from typing import Any

from chalicelib.adapters import aws
from chalicelib.kernel.ports import RunState, TaskSettled
from chalicelib.runtime import config

SETTLED = {"TaskTimedOut", "TaskDoesNotExist", "InvalidToken"}
STARTED_BEFORE = "ExecutionAlreadyExists"
UNKNOWN_RUN = "ExecutionDoesNotExist"


class StepFunctionsProcess:
    """The state machine `<stack>-<name>`."""

    def __init__(self, name: str) -> None:
        self.name = name

    def start(self, name: str, record_input: Mapping[str, Any]) -> None:
        """Start the run `name`; nothing happens if it was started before."""
        sfn = aws.client("stepfunctions")
        try:
            sfn.start_execution(
                stateMachineArn=config.machine_arn(self.name), name=name, input=json.dumps(record_input)
            )
        except sfn.exceptions.ClientError as error:
            if aws.error_code(error) != STARTED_BEFORE:
                raise

    def state(self, name: str) -> RunState:
        """Where the run `name` stands; a run that never was is unknown."""
        sfn = aws.client("stepfunctions")
        try:
            answer = sfn.describe_execution(executionArn=self._run_arn(name))
        except sfn.exceptions.ClientError as error:
            if aws.error_code(error) != UNKNOWN_RUN:
                raise
            return RunState.UNKNOWN
        return RunState.RUNNING if answer["status"] == "RUNNING" else RunState.ENDED

    def _run_arn(self, name: str) -> str:
        return config.machine_arn(self.name).replace(":stateMachine:", ":execution:") + f":{name}"


class StepFunctionsResumer:
    """The waiting states of all machines."""

    def succeed(self, task_token: str, output: Mapping[str, Any]) -> None:
        """Answer a waiting state. Raises `TaskSettled` if nobody waits any more."""
        _settle("send_task_success", taskToken=task_token, output=json.dumps(output))

    def fail(self, task_token: str, error: str, cause: str) -> None:
        """End a waiting state by the error that the machine catches. Raises `TaskSettled`."""
        _settle("send_task_failure", taskToken=task_token, error=error, cause=cause)


def _settle(call: str, **arguments: str) -> None:
    sfn = aws.client("stepfunctions")
    try:
        getattr(sfn, call)(**arguments)
    except sfn.exceptions.ClientError as error:
        if aws.error_code(error) not in SETTLED:
            raise
        raise TaskSettled("Cette étape est déjà close.") from error
