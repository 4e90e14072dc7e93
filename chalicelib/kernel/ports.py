"""What the rooms need of the outside world, as the rooms see it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Protocol

from chalicelib.kernel.errors import AlreadySettled


class TaskSettled(AlreadySettled):
    """The waiting state of the process is gone: answered, timed out or replaced. Read the record."""


class RunState(StrEnum):
    """Where an execution of a process stands."""

    RUNNING = "running"
    ENDED = "ended"
    UNKNOWN = "unknown"


class Process(Protocol):
    """A state machine whose runs are started by name."""

    @property
    def name(self) -> str:
        """The process's own name, such as `partners_onboarding`."""

    def start(self, name: str, record_input: Mapping[str, Any]) -> None:
        """Start the run `name`; nothing happens if it was started before."""

    def state(self, name: str) -> RunState:
        """Where the run `name` stands."""


class Resumer(Protocol):
    """Answers the waiting state behind a task token, whatever the machine."""

    def succeed(self, task_token: str, output: Mapping[str, Any]) -> None:
        """Answer a waiting state. Raises `TaskSettled` if nobody waits any more."""

    def fail(self, task_token: str, error: str, cause: str) -> None:
        """End a waiting state by the error that the machine catches. Raises `TaskSettled`."""
