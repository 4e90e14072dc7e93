"""The state machine by its runs alone, and the one who hears its answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from chalicelib.kernel.ports import RunState, TaskSettled


@dataclass
class FakeProcess:
    """A state machine by its runs alone."""

    name: str = "partners_onboarding"
    runs: dict[str, RunState] = field(default_factory=dict)
    inputs: dict[str, dict[str, Any]] = field(default_factory=dict)
    on_start: Callable[[str], None] | None = None

    def start(self, name: str, record_input: Mapping[str, Any]) -> None:
        if self.on_start:
            self.on_start(name)
        self.inputs.setdefault(name, dict(record_input))
        self.runs.setdefault(name, RunState.RUNNING)

    def state(self, name: str) -> RunState:
        return self.runs.get(name, RunState.UNKNOWN)


@dataclass
class FakeResumer:
    """The waiting states, by their tokens: each is answered once."""

    waiting: set[str] = field(default_factory=set)
    told: list[tuple[str, str]] = field(default_factory=list)

    def succeed(self, task_token: str, output: Mapping[str, Any]) -> None:
        self._settle(task_token, str(output["outcome"]))

    def fail(self, task_token: str, error: str, cause: str) -> None:
        self._settle(task_token, error)

    def _settle(self, task_token: str, what: str) -> None:
        if task_token not in self.waiting:
            raise TaskSettled("Cette étape est déjà close.")
        self.waiting.remove(task_token)
        self.told.append((task_token, what))
