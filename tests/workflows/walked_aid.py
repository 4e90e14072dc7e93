"""What happens to aid files in the stories of both machines, walked on a world of fakes."""

import re
from collections.abc import Callable
from types import ModuleType
from typing import Any, Self

from chalicelib.decisions.model import Decision
from tests.aid_world import World
from tests.workflows.recorder import Recorder
from tests.world import as_addressee


class Walked:
    """Files on their way; each thing that happens gives the story back, to go on. `tasks` are those of the machine."""

    world: World

    def __init__(self, process: str, tasks: ModuleType) -> None:
        self.machine = Recorder(process, self._invoke)
        self.tasks = tasks
        self.meanwhile: dict[str, Callable[[], object]] = {}

    def says(self, *outcomes: str, key: str = "s1") -> Self:
        """Whoever is asked about a file answers, one after the other."""
        for outcome in outcomes:
            decision = self._pending(key)
            self.world.desk.answer(decision.id, as_addressee(decision), outcome, "Un motif.")
            self._goes_on()
        return self

    def hears(self, outcome: str) -> Self:
        """The run is told an outcome that nobody has chosen."""
        told = {"decision_id": self._pending().id, "outcome": outcome}
        self.machine.succeed(self.machine.waiting()[0].token, told)
        return self._goes_on()

    def is_silent(self) -> Self:
        self.world.clock.at = self._pending().expires_at
        self.world.sweeper.expire()
        return self._goes_on()

    def waits_too_long(self) -> Self:
        self.machine.time_out(self.machine.waiting()[0])
        return self._goes_on()

    def withdraws_just_before(self, function_id: str) -> Self:
        """When this function is called next, the file is withdrawn an instant before."""
        self.meanwhile[function_id] = lambda: self.world.service.withdraw(self.world.service.get("s1"))
        return self

    def _pending(self, key: str = "s1") -> Decision:
        decision = self.world.pending(key)
        assert decision, key
        return decision

    def _goes_on(self) -> Self:
        self.machine.go_on()
        return self

    def _invoke(self, placeholder: str, event: dict[str, Any]) -> Any:
        function_id = re.sub(r"(?<!^)([A-Z])", r"_\1", placeholder).lower()
        self.meanwhile.pop(function_id, lambda: None)()
        return getattr(self.tasks, function_id)(event, None)
