"""The stories of a machine, walked on a world of fakes; each thing that happens gives the story back, to go on."""

import re
from collections.abc import Callable
from types import ModuleType
from typing import Any, Self

from chalicelib.decisions.model import Decision
from tests.workflows.recorder import Recorder
from tests.world import as_addressee


class Walked:
    """What is the same for every record: its questions and the runs of its machine, whose tasks are `tasks`."""

    world: Any

    def __init__(self, process: str, tasks: ModuleType) -> None:
        self.machine = Recorder(process, self._invoke)
        self.tasks = tasks
        self.meanwhile: dict[str, Callable[[], object]] = {}

    def pending(self, key: str = "") -> Decision:
        """The question that the record waits for."""
        raise NotImplementedError

    def says(self, *outcomes: str, key: str = "") -> Self:
        """Whoever is asked answers, one after the other."""
        for outcome in outcomes:
            decision = self.pending(key)
            self.world.desk.answer(decision.id, as_addressee(decision), outcome, "Un motif.")
            self.goes_on()
        return self

    def hears(self, outcome: str) -> Self:
        """The run is told an outcome that nobody has chosen."""
        told = {"decision_id": self.pending().id, "outcome": outcome}
        self.machine.succeed(self.machine.waiting()[0].token, told)
        return self.goes_on()

    def is_silent(self) -> Self:
        """Nobody answers until it is too late."""
        self.world.clock.at = self.pending().expires_at
        self.world.sweeper.expire()
        return self.goes_on()

    def waits_too_long(self) -> Self:
        """The wait outlives its limit."""
        self.machine.time_out(self.machine.waiting()[0])
        return self.goes_on()

    def goes_on(self) -> Self:
        """The machine goes on until all of its runs wait: one may have started another."""
        before = -1
        while before != len(self.machine.steps):
            before = len(self.machine.steps)
            self.machine.go_on()
        return self

    def _invoke(self, placeholder: str, event: dict[str, Any]) -> Any:
        function_id = re.sub(r"(?<!^)([A-Z])", r"_\1", placeholder).lower()
        self.meanwhile.pop(function_id, lambda: None)()
        return getattr(self.tasks, function_id)(event, None)
