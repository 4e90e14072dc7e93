"""The seats of one session and who waits for them: plain counting, with nobody's name in it.

`taken + offered <= capacity` at every moment. A freed seat goes to the first who waits in the same step, so that
nobody who comes later is served before.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import IntEnum

from chalicelib.kernel.errors import RuleBroken
from chalicelib.trainings.statuses import Status

BUSY = "Cette session change sans cesse en ce moment. Recommencez dans un instant."
"""Whoever loses too many rounds for the seats of a session is told so."""


class Priority(IntEnum):
    """Who waits in front of whom; within a class the first who came is the first who is served."""

    REGULAR = 0
    LAST = 1


class NotWaiting(RuleBroken):
    """Only who waits has a place in the list."""

    def __init__(self) -> None:
        super().__init__("Cette personne n’est plus en liste d’attente\u00a0: rechargez la page.")


@dataclass(frozen=True)
class Seats:
    """`regular` and `last` are the identifiers of the registrations that wait, in their order.

    `wanted` is the capacity that the office wants. It may be under `capacity` where more seats were taken than it
    wants now: those that are freed are then given up, until both are the same.
    """

    session_id: str
    capacity: int
    wanted: int
    taken: int = 0
    offered: int = 0
    regular: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    is_open: bool = False
    version: int = 0

    @property
    def free(self) -> int:
        """Seats that nobody has and nobody is offered."""
        return self.capacity - self.taken - self.offered

    @property
    def held(self) -> int:
        """Seats that somebody has or is offered."""
        return self.taken + self.offered

    @property
    def waiting(self) -> tuple[str, ...]:
        """Everybody who waits, the next one first."""
        return self.regular + self.last

    @property
    def is_full(self) -> bool:
        """Whether who comes now has to wait: there is no seat, or others wait for it already."""
        return self.free < 1 or bool(self.waiting)

    @property
    def owes_an_offer(self) -> bool:
        """Whether a seat is free that somebody waits for."""
        return self.free > 0 and bool(self.waiting)

    def rank(self, registration_id: str) -> int:
        """The place in the list, from 1; 0 for who does not wait."""
        return self.waiting.index(registration_id) + 1 if registration_id in self.waiting else 0

    def moved(
        self,
        registration_id: str,
        before: Status | None,
        after: Status,
        priority: Priority,
        in_front_of: Collection[str] = (),
    ) -> "Seats":
        """The seats once a registration that stood at `before` (None: it is new) stands at `after`.

        Who waits from now on waits at the end of the class, or in front of the first of `in_front_of` there.
        """
        left = self._without(registration_id, before)
        if after is Status.CONFIRMED:
            return replace(left, taken=left.taken + 1)
        if after is Status.OFFERED:
            return replace(left, offered=left.offered + 1)
        return left._queued(registration_id, priority, in_front_of) if after is Status.WAITING else left

    def without(self, gone: Collection[str]) -> "Seats":
        """The seats without those in the queues of whom nothing is kept any more."""
        left = [tuple(one for one in queue if one not in gone) for queue in (self.regular, self.last)]
        return replace(self, regular=left[0], last=left[1])

    def shrunk(self) -> "Seats":
        """Free seats that the office wants no more are given up."""
        surplus = max(0, min(self.free, self.capacity - self.wanted))
        return replace(self, capacity=self.capacity - surplus)

    def resized(self, wanted: int) -> "Seats":
        """With another number of seats; those that are held stay, and are given up one by one as they are freed."""
        return replace(self, wanted=wanted, capacity=max(wanted, self.held))

    def reordered(self, registration_id: str, rank: int) -> "Seats":
        """With who waits at another place, counted from 1. Raises `NotWaiting`."""
        if registration_id not in self.waiting:
            raise NotWaiting
        others = self._without(registration_id, Status.WAITING)
        place = max(0, min(rank - 1, len(others.waiting)))
        in_last = place - len(others.regular)
        if in_last <= 0:
            return replace(others, regular=_inserted(others.regular, place, registration_id))
        return replace(others, last=_inserted(others.last, in_last, registration_id))

    def _without(self, registration_id: str, before: Status | None) -> "Seats":
        if before is Status.CONFIRMED:
            return replace(self, taken=self.taken - 1)
        if before is Status.OFFERED:
            return replace(self, offered=self.offered - 1)
        return self.without({registration_id}) if before is Status.WAITING else self

    def _queued(self, registration_id: str, priority: Priority, in_front_of: Collection[str]) -> "Seats":
        queue = self.last if priority is Priority.LAST else self.regular
        place = next((place for place, one in enumerate(queue) if one in in_front_of), len(queue))
        queued = _inserted(queue, place, registration_id)
        return replace(self, last=queued) if priority is Priority.LAST else replace(self, regular=queued)


def _inserted(queue: tuple[str, ...], place: int, registration_id: str) -> tuple[str, ...]:
    return (*queue[:place], registration_id, *queue[place:])
