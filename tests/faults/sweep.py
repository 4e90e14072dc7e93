"""The crash sweep: one unit of work, killed at each of its AWS calls, must leave what an undisturbed one leaves."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.faults.world import FaultyWorld
from tests.harness.crash import AFTER, BEFORE, READS

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
    points, broken, calls = 0, [], _calls(world, unit, start)
    for retried in (True, False):
        right = [all_of_it] if retried else [all_of_it, nothing]
        for at, call in enumerate(calls, 1):
            # A death after a read is the death before what comes next.
            for when in (BEFORE,) if call in READS else (BEFORE, AFTER):
                _kill(world, unit, start, (at, when, retried))
                left, points = summary(world), points + 1
                if left not in right or _sent_twice(world):
                    broken.append(Broken(f"{at} {call}", when, retried, left))
    return points, broken


def _calls(world: FaultyWorld, unit: Unit, start: Any) -> list[str]:
    world.restore(start)
    world.gate.arm(0, BEFORE)
    unit(world)
    return list(world.gate.calls)


def _kill(world: FaultyWorld, unit: Unit, start: Any, point: tuple[int, str, bool]) -> None:
    """Kill it there and let everything be repaired."""
    at, when, retried = point
    world.restore(start)
    world.retries = retried
    world.gate.arm(at, when)
    unit(world)
    assert world.gate.has_killed
    world.settle()


def _sent_twice(world: FaultyWorld) -> list[str]:
    return [key for key, times in Counter(letter.key for letter in world.gate.letters).items() if times > 1]
