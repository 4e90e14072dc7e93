"""Nobody who waits is passed over by who came later, unless something that is written down says why."""

from chalicelib.trainings.model import Registration, Session
from chalicelib.trainings.statuses import Event, Status
from chalicelib.trainings.wording import EVENT_WORDS
from tests.training_world import World

UNSERVED = (None, Status.PENDING, Status.WAITING)
SERVED = frozenset({Status.OFFERED, Status.CONFIRMED, Status.LAPSED, Status.DECLINED})


class Fairness:
    """Compares a session with what it was, step by step, and knows nothing of the rules by which seats are given."""

    def __init__(self, world: World, session: Session) -> None:
        self.world, self.session, self.steps = world, session, 0
        self.before: dict[str, Status] = {}
        self.came: dict[str, int] = {}

    def check(self) -> None:
        """Of those who have got something since the last look, none came after somebody who waited and waits on."""
        self.steps += 1
        found = self.world.registrations.list_of_session(self.session.id)
        for one in found:
            self.came.setdefault(one.id, self.steps)
        waiting = [one for one in found if self.before.get(one.id) is one.status is Status.WAITING]
        for served in filter(self._was_served, found):
            passed = [one.person.name for one in waiting if self._is_passed_over(one, served)]
            assert not passed, f"{served.person.name} was served before {passed}"
        self.before = {one.id: one.status for one in found}

    def _was_served(self, one: Registration) -> bool:
        """Who comes instead of somebody takes nothing from those who wait."""
        return one.status in SERVED and self.before.get(one.id) in UNSERVED and not one.replaces

    def _is_passed_over(self, waits: Registration, served: Registration) -> bool:
        if waits.priority > served.priority or self.came[waits.id] >= self.came[served.id]:
            return False
        return not (self._was_moved(waits) or self._was_moved(served))

    def _was_moved(self, one: Registration) -> bool:
        """Staff moved them, and said why."""
        lines = self.world.registrations.list_history(one)
        return any(line.what.startswith(EVENT_WORDS[Event.MOVED]) and line.reason for line in lines)
