"""One session as the office would tell it, by the names of people: who has a seat, who is offered one, who waits."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass
class Oracle:
    """`wanted` seats; a structure is the first letter of a name; `limit` is how many of one may be in while others wait."""

    starts_at: datetime
    wanted: int
    chooses: bool
    has_queue: bool
    limit: int | None
    late: frozenset[str]
    seated: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    queue: list[str] = field(default_factory=list)
    last: list[str] = field(default_factory=list)
    asking: list[str] = field(default_factory=list)
    came: dict[str, datetime] = field(default_factory=dict)
    placed: set[str] = field(default_factory=set)
    is_open: bool = True

    @property
    def held(self) -> int:
        return len(self.seated) + len(self.offered)

    @property
    def has_room(self) -> bool:
        """Nobody who has a seat loses it: while more are held than are wanted, none is free."""
        return self.held < self.wanted

    @property
    def waiting(self) -> list[str]:
        return self.queue + self.last

    @property
    def everybody(self) -> list[str]:
        return [*self.seated, *self.offered, *self.waiting, *self.asking]

    def comes(self, name: str, now: datetime) -> str:
        """Where somebody is put who comes, or why not."""
        if not self.is_open or now >= self.starts_at:
            return "closed"
        if name in self.everybody:
            return "already"
        said = self._put(self.asking, name, "pending") if self.chooses else self.is_taken(name, is_new=True)
        if name in self.everybody:
            self.came[name] = now
            self.placed.discard(name)
        return said

    def is_taken(self, name: str, *, is_new: bool = False) -> str:
        """A seat where there is one that nobody waits for, else a place in the queue."""
        if self.has_room and not self.waiting:
            return self._put(self.seated, name, "confirmed")
        if is_new and not self.has_queue:
            return "full"
        mine = [one for one in self.everybody if one[0] == name[0]]
        if is_new and self.limit is not None and len(mine) >= self.limit:
            return "limit"
        queue = self.last if name in self.late else self.queue
        return self._put(queue, name, "waiting") if is_new else self._in_order(queue, name)

    def _in_order(self, queue: list[str], name: str) -> str:
        """In front of the first who came later, passing over those whom staff put where they are."""
        later = (one for one in queue if self.came[one] > self.came[name] and one not in self.placed)
        first = next(later, None)
        queue.insert(queue.index(first) if first else len(queue), name)
        return "waiting"

    def answers(self, name: str, *, has_seat: bool) -> None:
        """An offer that is taken, or a choice for the person; else both are the end of it."""
        was_offered = name in self.offered
        self.leaves(name)
        if has_seat and was_offered:
            self.seated.append(name)
        elif has_seat:
            self.is_taken(name)

    def leaves(self, name: str) -> None:
        """The seat, the offer or the place is given back."""
        for stand in (self.seated, self.offered, self.queue, self.last, self.asking):
            if name in stand:
                stand.remove(name)

    def replaced(self, name: str, other: str) -> None:
        self.seated[self.seated.index(name)] = other

    def moved(self, name: str, rank: int) -> None:
        """To that place, from 1; behind all who are not last, it is among the last."""
        self.leaves(name)
        self.placed.add(name)
        place = min(rank - 1, len(self.waiting))
        if place <= len(self.queue):
            self.queue.insert(place, name)
        else:
            self.last.insert(place - len(self.queue), name)

    def serve(self, now: datetime, most: int) -> None:
        """Free seats are offered to the first who waits, while there is time to answer; at most so many."""
        for _ in range(most):
            if not (self.is_open and self.has_room and self.waiting and self.kept_until(now)):
                return
            first = self.waiting[0]
            self.leaves(first)
            self.offered.append(first)

    def kept_until(self, made_at: datetime) -> datetime | None:
        """Two days, one within three days before the beginning, never into its last three hours."""
        latest = self.starts_at - timedelta(hours=3)
        if made_at >= latest:
            return None
        days = 1 if self.starts_at - made_at <= timedelta(days=3) else 2
        return min(made_at + timedelta(days=days), latest)

    def called_off(self) -> None:
        self.is_open = False
        for stand in (self.seated, self.offered, self.queue, self.last, self.asking):
            stand.clear()

    def _put(self, stand: list[str], name: str, what: str) -> str:
        stand.append(name)
        return what
