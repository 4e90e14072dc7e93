"""The crash sweep: one unit of work, killed wherever it may die, must leave what an undisturbed one leaves."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from tests.harness.crash import AFTER, BEFORE, Call
from tests.harness.world import FaultyWorld

Step = Callable[[FaultyWorld], object]
Left = dict[str, Any]
Summary = Callable[[FaultyWorld], Left]
Death = tuple[int, str]
ERROR = 400


@dataclass(frozen=True)
class Unit:
    """Something that happens, after what has to happen before.

    `covers` are the functions and the writing routes (`POST /connexion`) that it stands for. `asks_anew`: who
    does it again asks for one more, as for a login link. `may_leave` tells of a half-done state, left by a
    death after which nobody tried again, or could, whether it is as good.
    """

    act: Step
    before: tuple[Step, ...] = ()
    covers: tuple[str, ...] = ()
    asks_anew: bool = False
    may_leave: Callable[[Left], bool] = lambda left: False


@dataclass(frozen=True)
class Broken:
    """A crash point that leaves something else than it should: what is there (+), and what should be (-)."""

    call: str
    when: str
    retried: bool
    different: list[str]


@dataclass(frozen=True)
class Swept:
    """What a sweep found: the deaths that it tried, and those that broke something."""

    points: int
    broken: list[Broken]


class Stages:
    """The steps that come before: each sequence of them is walked once, however many units begin there."""

    def __init__(self, world: FaultyWorld) -> None:
        self.world = world
        self.reached: dict[tuple[Step, ...], Any] = {(): world.checkpoint()}

    def after(self, *steps: Step) -> FaultyWorld:
        """The world after these steps."""
        if steps not in self.reached:
            steps[-1](self.after(*steps[:-1]))
            self.reached[steps] = self.world.checkpoint()
        self.world.restore(self.reached[steps])
        return self.world


def sweep(world: FaultyWorld, unit: Unit, summary: Summary, *, at_every_call: bool = False) -> Swept:
    """Kill the unit in this world at each point where it may die, with and without a second try.

    What dies and is tried again must leave what an undisturbed unit leaves; what is never tried again may
    as well have done nothing at all. No mail leaves twice; one may be in doubt, and is then listed as such.
    """
    start = world.checkpoint()
    all_of_it, letters = _settled(world, start, summary, unit.act), _most_letters(world)
    nothing = _settled(world, start, summary)
    calls = _undisturbed(world, unit, start)
    anew = [_settled(world, start, summary, unit.act, unit.act)] if unit.asks_anew else []
    deaths = list(_at_every(calls) if at_every_call else _deaths(calls))
    broken = []
    for retried in (True, False):
        right = [all_of_it, *anew] if retried else [all_of_it, nothing]
        for at, when in deaths:
            world.restore(start)
            left = _left_after_death(world, unit, (at, when, retried), summary)
            if (left not in right and not unit.may_leave(left)) or _most_letters(world) > letters:
                broken.append(Broken(_named(calls, at), when, retried, _differences(all_of_it, left)))
    return Swept(2 * len(deaths), broken)


def _deaths(calls: list[Call]) -> Iterator[Death]:
    """Each state of the world that a process may leave behind by its death.

    Between two of its writes nothing lasting changes, so one death there stands for all of them: before each
    write and after the last one.
    """
    for _, made in groupby(calls, key=lambda call: call.process):
        process = list(made)
        writes = [call.at for call in process if call.is_write]
        yield from ((at, BEFORE) for at in writes or [process[0].at])
        yield from ((at, AFTER) for at in writes[-1:])


def _at_every(calls: list[Call]) -> Iterator[Death]:
    return ((call.at, when) for call in calls for when in (BEFORE, AFTER))


def _undisturbed(world: FaultyWorld, unit: Unit, start: Any) -> list[Call]:
    """The calls of the unit as it should go, in a warm process; it has to do what it is said to cover."""
    world.restore(start)
    world.gate.arm(0, BEFORE)
    unit.act(world)
    assert [status for status in world.statuses if status >= ERROR] == []
    assert set(unit.covers) <= set(world.gate.processes), world.gate.processes
    return list(world.gate.calls)


def _settled(world: FaultyWorld, start: Any, summary: Summary, *acts: Step) -> Left:
    world.restore(start)
    for act in acts:
        act(world)
    world.settle()
    return summary(world)


def _left_after_death(world: FaultyWorld, unit: Unit, point: tuple[int, str, bool], summary: Summary) -> Left:
    """Kill it there and let everything be repaired."""
    at, when, world.retries = point
    world.gate.arm(at, when)
    unit.act(world)
    assert world.gate.has_killed, (point, world.gate.calls)
    world.settle()
    return summary(world)


def _most_letters(world: FaultyWorld) -> int:
    """How often the mail that left most often did."""
    return max(Counter(letter.key for letter in world.gate.letters).values(), default=0)


def _named(calls: list[Call], at: int) -> str:
    return f"{at} {calls[at - 1].name}"


def _differences(right: Left, left: Left) -> list[str]:
    return [
        f"{sign} {part}: {line}"
        for part in right
        for sign, one, other in (("-", right, left), ("+", left, right))
        for line in (Counter(one[part]) - Counter(other[part])).elements()
    ]
