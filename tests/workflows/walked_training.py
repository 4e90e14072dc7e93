"""What happens to sessions and to those who register in the stories of both machines, walked on a world of fakes."""

from typing import Any, Self

from chalicelib.decisions.model import Decision, DecisionState, question_id
from chalicelib.decisions.reconciling import Driven
from chalicelib.kernel import ids
from chalicelib.trainings.model import Registration, Session, new_registration_id
from tests.training import session_answers
from tests.training_world import OFFICER, World
from tests.workflows.walked import Walked

SECRET = "session"
"""The key of the page on which it is written."""
SESSION = ids.id_of(SECRET)


def registration_of(name: str) -> str:
    """The identifier of somebody's registration: each sends a form of their own."""
    return new_registration_id(SESSION, f"{name}#0")


class WalkedTraining(Walked):
    """One session and who comes; each thing that happens gives the story back. `tasks` are those of the machine."""

    world: World

    def record(self, name: str) -> Driven:
        """What the machine drives."""
        raise NotImplementedError

    def writes(self, **answers: Any) -> Self:
        """The session is written and published, or the direction is asked."""
        session = self.world.planning.create(SECRET, session_answers(**answers), OFFICER)
        self.world.planning.publish(session, OFFICER)
        return self.goes_on()

    def registers(self, *names: str) -> Self:
        """These come, one after the other."""
        for name in names:
            self.world.comes(self.session, name, key=name)
            self.goes_on()
        return self

    def edits(self, **answers: Any) -> Self:
        """The session is changed."""
        self.world.edited(self.session, **answers)
        return self.goes_on()

    def calls_off(self) -> Self:
        """The session is called off; once everybody is told, its question is closed."""
        self.world.called_off(self.session)
        self.goes_on()
        self.world.session_reconciler.withdraw_stale(SESSION)
        return self.goes_on()

    def calls_off_just_before(self, function_id: str) -> Self:
        """When this function is called next, the session is called off an instant before."""
        self.meanwhile[function_id] = lambda: self.world.called_off(self.session)
        return self

    @property
    def session(self) -> Session:
        """The session as it stands."""
        return self.world.planning.get(SESSION)

    def registration(self, name: str) -> Registration:
        """Somebody's registration as it stands."""
        return self.world.service.get(registration_of(name))

    def pending(self, key: str = "") -> Decision:
        """The question that the record waits for."""
        record = self.record(key)
        found = self.world.decisions.find(question_id(record.id, record.awaited_step, record.round))
        assert found, key
        assert found.state is DecisionState.PENDING, key
        return found
