"""The crash sweep: one unit of work, killed at each of its AWS calls, must leave what an undisturbed one leaves."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.faults.world import FaultyWorld
from tests.harness.crash import AFTER, BEFORE

Unit = Callable[[FaultyWorld], object]
Left = dict[str, Any]


@dataclass(frozen=True)
class Broken:
    """A crash point that leaves something else than it should."""

    call: str
    when: str
    retried: bool
    left: Left


def sweep(world: FaultyWorld, unit: Unit, summary: Callable[[FaultyWorld], Left]) -> tuple[int, list[Broken]]:
    """How many crash points there were, and those that broke something.

    What dies and is tried again must leave what an undisturbed unit leaves; what is never tried again may
    as well have done nothing at all. No mail leaves twice; one may be in doubt, and is then listed as such.
    """
    start = world.checkpoint()
    world.settle()
    nothing = summary(world)
    world.restore(start)
    unit(world)
    world.settle()
    all_of_it = summary(world)
    points, broken = 0, []
    for retried in (True, False):
        right = [all_of_it] if retried else [all_of_it, nothing]
        for at in range(1, 1 + _calls(world, unit, start)):
            for when in (BEFORE, AFTER):
                call = _kill(world, unit, start, (at, when, retried))
                left, points = summary(world), points + 1
                if left not in right or _sent_twice(world):
                    broken.append(Broken(f"{at} {call}", when, retried, left))
    return points, broken


def _calls(world: FaultyWorld, unit: Unit, start: Any) -> int:
    world.restore(start)
    world.gate.arm(0, BEFORE)
    unit(world)
    return len(world.gate.calls)


def _kill(world: FaultyWorld, unit: Unit, start: Any, point: tuple[int, str, bool]) -> str:
    """Kill it there and let everything be repaired; the name of the call."""
    at, when, retried = point
    world.restore(start)
    world.retries = retried
    world.gate.arm(at, when)
    unit(world)
    assert world.gate.has_killed
    call = world.gate.calls[at - 1]
    world.settle()
    return call


def _sent_twice(world: FaultyWorld) -> list[str]:
    return [key for key, times in Counter(letter.key for letter in world.gate.letters).items() if times > 1]
