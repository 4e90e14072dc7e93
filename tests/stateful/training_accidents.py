"""Deaths on the way, people who are faster than others, and the rounds that mend what was left behind."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from chalicelib.kernel.errors import Situation
from tests.fakes.clock import Crash
from tests.training_world import World

Act = Callable[[], Any]
AT_THE_WRITE, BEFORE_THE_RUN = "at the write", "before the run"


class Accidents:
    """What befalls the functions of one world; each accident happens once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.was_beaten = False

    def carry_out(self, act: Act, death: str = "", rival: Act | None = None) -> None:
        """Act, perhaps dying on the way and then once more, as a retry would, with the rounds after it.

        A rival is somebody whose whole step comes just before the first write of this one.
        """
        self.was_beaten = False
        if rival:
            self._before_a_write(lambda: self._beat(rival))
        self._expect(death)
        try:
            act()
        except Crash:
            self.undisturbed()
            act()
        finally:
            self.undisturbed()
        if death:
            self.mend()

    def mend(self) -> None:
        """The rounds, five minutes later: runs that never began, seats that nobody offered."""
        for reconciler in (self.world.reconciler, self.world.session_reconciler):
            replace(reconciler, clock=lambda: self.world.clock() + timedelta(minutes=5)).reconcile()
        self.world.watch.serve_waitlists()

    def undisturbed(self) -> None:
        """No accident happens any more."""
        for store in (self.world.registrations, self.world.sessions):
            for name in ("add", "save"):
                vars(store).pop(name, None)
        for process in (self.world.process, self.world.session_process):
            process.on_start = None

    def _expect(self, death: str) -> None:
        if death == AT_THE_WRITE:
            self._before_a_write(self._die)
        if death == BEFORE_THE_RUN:
            for process in (self.world.process, self.world.session_process):
                process.on_start = lambda name: self._die()

    def _die(self) -> None:
        self.undisturbed()
        raise Crash

    def _beat(self, rival: Act) -> None:
        self.was_beaten = True
        rival()

    def _before_a_write(self, do: Act) -> None:
        for store, name in (
            (self.world.registrations, "add"),
            (self.world.registrations, "save"),
            (self.world.sessions, "save"),
        ):
            setattr(store, name, self._late(getattr(store, name), do))

    def _late(self, real: Callable[..., Any], do: Act) -> Callable[..., Any]:
        def write(*given: Any, **named: Any) -> Any:
            self.undisturbed()
            do()
            return real(*given, **named)

        return write


def attempt(do: Act, *foreseen: type[Situation]) -> Situation | None:
    """What stands against it, of the situations that are foreseen; None when it was done."""
    try:
        do()
    except foreseen as problem:
        return problem
    return None
