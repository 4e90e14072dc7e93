"""A walked machine that notes each step: the state, its input, what came back, and where it led."""

import copy
from collections.abc import Callable
from typing import Any

from tests.harness.machine import Machine, Run
from tests.workflows.lives import Step


class Recorder(Machine):
    """The machine of one process."""

    def __init__(self, process: str, invoke: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__(process, invoke)
        self.steps: list[Step] = []
        self.came: Step = {}

    def _step(self, run: Run) -> bool:
        name, given = run.state, copy.deepcopy(run.data)
        went = super()._step(run)
        if name and run.state != name:
            self.steps.append({"state": name, "input": given, **self.came, "next": run.state})
        self.came = {}
        return went

    def _keep(self, run: Run, state: dict[str, Any], output: Any) -> None:
        self.came = {"result": copy.deepcopy(output)}
        super()._keep(run, state, output)

    def _map(self, run: Run, state: dict[str, Any]) -> str:
        """What came back for each item is kept nowhere."""
        following = super()._map(run, state)
        self.came = {}
        return following

    def _caught(self, run: Run, state: dict[str, Any], error: str) -> str:
        self.came = {"error": error}
        return super()._caught(run, state, error)
