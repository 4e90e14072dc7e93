"""The walked machines of all processes: whatever of `workflows/` a test starts is walked to its end."""

from typing import Any

from tests.harness.machine import WORKFLOWS, Invoke, Machine, Run

SUFFIX = ".asl.json"


class Machines:
    """One machine for each file of `workflows/`; a run is found by its process, an answer by its token."""

    def __init__(self, invoke: Invoke) -> None:
        processes = sorted(path.name.removesuffix(SUFFIX) for path in WORKFLOWS.glob(f"*{SUFFIX}"))
        self.by_process = {process: Machine(process, invoke) for process in processes}

    @property
    def runs(self) -> list[Run]:
        """Every execution of every process, ended or not."""
        return [run for machine in self.by_process.values() for run in machine.runs.values()]

    def waiting(self) -> list[Run]:
        """The runs that wait for an answer."""
        return [run for machine in self.by_process.values() for run in machine.waiting()]

    def go_on(self) -> None:
        """Every run goes on until it waits for somebody, or ends."""
        for machine in self.by_process.values():
            machine.go_on()

    def of_arn(self, arn: str) -> Machine:
        """The machine of an ARN, such as `arn:aws:states:eu-west-3:1:stateMachine:cordee-partners_onboarding`."""
        return self.by_process[next(name for name in self.by_process if arn.endswith(f"-{name}"))]

    def of_token(self, task_token: str) -> Machine:
        """The machine whose run waits behind a token."""
        return self.by_process[process_of(task_token)]

    def keep(self) -> dict[str, Any]:
        """All executions, for `put_back`; to be copied before anything else happens."""
        return {name: machine.runs for name, machine in self.by_process.items()}

    def put_back(self, kept: dict[str, Any]) -> None:
        """All executions as they were."""
        for name, runs in kept.items():
            self.by_process[name].runs = runs


def process_of(task_token: str) -> str:
    """The process whose run waits behind a token of a walked machine."""
    return task_token.partition("/")[0]
