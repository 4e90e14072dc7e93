"""What may happen to a session: each step is done in the world, then told to the oracle."""

from datetime import timedelta
from typing import Any

from chalicelib.kernel.clock import paris_day
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.trainings.model import (
    AlreadyRegistered,
    OutOfStep,
    Registration,
    RegistrationClosed,
    SessionBegun,
    SessionFull,
    StructureLimitReached,
)
from chalicelib.trainings.people import person_key
from chalicelib.trainings.planning import SeatsUnderTaken
from chalicelib.trainings.seats import NotWaiting
from chalicelib.trainings.statuses import Event
from tests.stateful.training_accidents import Accidents, Act, attempt
from tests.stateful.training_oracle import Oracle
from tests.training import a_structure
from tests.training_world import World, newcomer

NAMES = ("Ada", "Alix", "Anna", "Bob", "Bea", "Cleo", "Carl", "Dan", "Dora", "Zoe")
LATE = frozenset({"Anna", "Dora"})
"""They did not come to two free sessions this year."""
REFUSALS = {
    RegistrationClosed: "closed",
    AlreadyRegistered: "already",
    SessionFull: "full",
    StructureLimitReached: "limit",
}
ANY_NUMBER = 99


class TrainingSteps:
    """One world, one session at a time, and the oracle of it. A structure is the first letter of a name."""

    def __init__(self) -> None:
        self.world, self.forms = World(), 0
        self.accidents = Accidents(self.world)
        for name in LATE:
            for days in (20, 40):
                on = paris_day(self.world.clock()) - timedelta(days=days)
                key = person_key(a_structure(name[0]), newcomer(f"{name} Petit").person)
                self.world.missed.note(key, f"session of {on}", on)

    def open(self, seats: int, *, chooses: bool, has_queue: bool, limit: int | None) -> None:
        """A session in twelve days."""
        on = str(paris_day(self.world.clock()) + timedelta(days=12))
        self.session = self.world.published(
            half_days=[{"on": on, "begins": "09:00", "ends": "12:00"}], seats=seats, per_structure=limit,
            has_waitlist="yes" if has_queue else "no", selects="yes" if chooses else "no",
        )  # fmt: skip
        starts_at = self.session.plan.starts_at
        assert starts_at
        self.oracle = Oracle(starts_at, seats, chooses, has_queue, limit, LATE)

    @property
    def registrations(self) -> list[Registration]:
        return self.world.registrations.list_of_session(self.session.id)

    def of(self, name: str) -> Registration:
        """The registration under which somebody counts on the session."""
        return next(one for one in self.registrations if one.is_held and one.person.first_name == name)

    @property
    def has_begun(self) -> bool:
        return self.world.clock() >= self.oracle.starts_at

    def serve(self, most: int = 1) -> None:
        self.oracle.serve(self.world.clock(), most)

    def comes(self, name: str) -> Act:
        """A second after whoever came before, but for a rival, who comes at the same instant."""
        self.world.clock.wait(seconds=1)
        self.forms += 1
        key = f"try {self.forms}"

        def come() -> Any:
            return self.world.comes(self.session, f"{name} Petit", structure=a_structure(name[0]), key=key)

        def act() -> None:
            problem = attempt(come, *REFUSALS)
            said = REFUSALS[type(problem)] if problem else self.of(name).status.value
            expected = self.oracle.comes(name, self.world.clock())
            assert said == expected, f"{name} came and is {said}, not {expected}"

        return act

    def cancels(self, name: str) -> Act:
        one = self.of(name)

        def act() -> None:
            problem = attempt(lambda: self.world.cancels(one), OutOfStep, SessionBegun)
            assert isinstance(problem, SessionBegun) is self.has_begun, (
                f"{name} cancelled, and got {problem!r}"
            )
            if not self.has_begun:
                self.oracle.leaves(name)
                self.serve()

        return act

    def answers(self, name: str, event: Event) -> Act:
        one = self.of(name)

        def act() -> None:
            self.world.answers(one, event)
            if name in (self.oracle.offered if one.offered_until else self.oracle.asking):
                is_taken = event in (Event.ACCEPTED, Event.APPROVED)
                self.oracle.answers(name, has_seat=is_taken and not self.has_begun)
                self.serve()

        return act

    def moves(self, name: str, rank: int) -> Act:
        one = self.of(name)

        def act() -> None:
            problem = attempt(lambda: self.world.moved(one, rank), NotWaiting)
            assert bool(problem) is (name not in self.oracle.waiting)
            if not problem:
                self.oracle.moved(name, rank)

        return act

    def replaces(self, name: str, other: str) -> Act:
        """A colleague of the same structure, who may have a registration."""
        self.forms += 1
        one, key = self.of(name), f"try {self.forms}"

        def act() -> None:
            foreseen = (AlreadyRegistered, OutOfStep, ChangedMeanwhile)
            problem = attempt(lambda: self.world.replaced(one, f"{other} Petit", key), *foreseen)
            if self._is_beaten(problem):
                return
            assert bool(problem) is (name not in self.oracle.seated or other in self.oracle.everybody)
            if not problem:
                self.oracle.replaced(name, other)

        return act

    def resizes(self, seats: int, *, shrink: bool) -> Act:
        def act() -> None:
            foreseen = (SeatsUnderTaken, ChangedMeanwhile)
            problem = attempt(lambda: self.world.edited(self.session, seats=seats, shrink=shrink), *foreseen)
            if self._is_beaten(problem):
                return
            asked = seats < min(self.oracle.held, self.oracle.wanted)
            assert bool(problem) is (asked and not shrink)
            if not problem:
                self.oracle.wanted = seats
                self.serve(ANY_NUMBER)

        return act

    def calls_off(self) -> Act:
        def act() -> None:
            problem = attempt(lambda: self.world.called_off(self.session), OutOfStep, ChangedMeanwhile)
            if not self._is_beaten(problem):
                self.oracle.is_open = False

        return act

    def tells(self) -> Act:
        def act() -> None:
            self.world.news.tell(self.session.id)
            self.oracle.called_off()

        return act

    def _is_beaten(self, problem: Exception | None) -> bool:
        """Whether somebody was faster: that alone is a reason to be told to try again."""
        assert not isinstance(problem, ChangedMeanwhile) or self.accidents.was_beaten
        return isinstance(problem, ChangedMeanwhile)
