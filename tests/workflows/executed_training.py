"""The same stories of sessions and registrations, lived by machines that are really executed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, ClassVar, Self

from chalicelib.decisions.bootstrap import decision_repository, decision_service
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.ports import TaskSettled
from chalicelib.office.bootstrap import office_repository
from chalicelib.trainings.bootstrap import planning, registering
from chalicelib.trainings.gate import GUEST
from chalicelib.trainings.model import (
    REGISTRATION_PROCESS,
    SESSION_PROCESS,
    Registration,
    Session,
)
from chalicelib.trainings.statuses import SessionEvent
from chalicelib.trainings.wording import SESSION_EVENT_WORDS
from tests.fakes.clock import FakeClock
from tests.harness.clock import clock_set
from tests.inprocess import InProcess, in_process, wait_until
from tests.training import NOW, a_structure, session_answers
from tests.training_office import training_file
from tests.training_world import OFFICER, ascii_of, newcomer
from tests.workflows import executed
from tests.workflows.registration_stories import FIRST
from tests.workflows.session_stories import NEAR
from tests.workflows.walked_training import SECRET, SESSION, registration_of


class Executed(executed.Executed):
    """One session and who comes, with both machines; `other` is the one that no step is told of."""

    others: ClassVar[str]

    def __init__(self, cloud: InProcess, clock: FakeClock, **durations: int) -> None:
        super().__init__(cloud, clock, **durations)
        self.other = cloud.machine(self.others)

    def writes(self, *, rests: bool = True, **answers: Any) -> Self:
        session = planning.planning_service().create(SECRET, session_answers(**answers), OFFICER)
        return self._perhaps(lambda: planning.planning_service().publish(session, OFFICER), rests=rests)

    def registers(self, *names: str) -> Self:
        for name in names:
            self._perhaps(partial(_register, self.session, name))
        return self

    def edits(self, **answers: Any) -> Self:
        edited = {**self.session.answers, **answers}
        return self._perhaps(lambda: planning.planning_service().edit(self.session, edited, OFFICER))

    def calls_off(self) -> Self:
        _call_off()
        wait_until(lambda: not self.session.is_untold, "the end of the telling")
        return self._perhaps(lambda: planning.reconciler().withdraw_stale(SESSION))

    def calls_off_just_before(self, function_id: str) -> Self:
        self.meanwhile[function_id] = _call_off
        return self

    @property
    def session(self) -> Session:
        """The session as it stands."""
        return planning.planning_service().get(SESSION)

    def registration(self, name: str) -> Registration:
        """Somebody's registration as it stands."""
        return registering.registration_service().get(registration_of(name))

    def _perhaps(self, act: Callable[[], object], *, rests: bool = True) -> Self:
        """It happens; then whatever runs it began or told something come to rest."""
        act()
        if rests:
            wait_until(self._rests, "a rest of the machine")
        return self

    def _rests(self) -> bool:
        running = self.other.client.list_executions(stateMachineArn=self.other.arn, statusFilter="RUNNING")
        return not running["executions"] and super()._rests()


class ExecutedRegistration(Executed):
    """People who registered for one session."""

    process = REGISTRATION_PROCESS
    reconciles = "reconcile_registrations"
    others = SESSION_PROCESS
    first = FIRST

    def record(self, key: str) -> Registration:
        found = key if "-" in key else registration_of(key)
        return registering.registration_service().get(found)

    def cancels(self, name: str = FIRST) -> Self:
        return self._perhaps(lambda: self._cancel(name))

    def cancels_just_before(self, function_id: str) -> Self:
        self.meanwhile[function_id] = lambda: self._cancel(FIRST)
        return self

    def is_called_off(self) -> Self:
        """The session is called off, everybody is told, and the round closes what was asked."""
        _call_off()
        wait_until(lambda: not self.session.is_untold, "the end of the telling")
        return self.is_reconciled()

    def _cancel(self, name: str) -> None:
        registering.registration_service().cancel(self.registration(name), name)
        registering.reconciler().withdraw_stale(registration_of(name))


class ExecutedSession(Executed):
    """One session."""

    process = SESSION_PROCESS
    reconciles = "reconcile_sessions"
    others = REGISTRATION_PROCESS
    first = SESSION

    def record(self, key: str) -> Session:
        return self.session

    def publishes_again(self) -> Self:
        edited = {**self.session.answers, "title": "Un autre titre"}
        planning.planning_service().edit(self.session, edited, OFFICER)
        return self._perhaps(lambda: planning.planning_service().publish(self.session, OFFICER))

    def comes_near(self) -> Self:
        self.clock.at = NEAR
        return self._perhaps(lambda: self.cloud.invoke("keep_training_dates", {}))

    def is_kept_just_before(self, function_id: str) -> Self:
        def kept() -> None:
            line = HistoryLine(self.clock(), OFFICER, SESSION_EVENT_WORDS[SessionEvent.KEPT])
            service = planning.planning_service()
            service.record(SESSION, SessionEvent.KEPT, line, self.session.round)

        self.meanwhile[function_id] = kept
        return self


def _register(session: Session, name: str) -> None:
    structure = a_structure(f"Chez {name}", f"{ascii_of(name)}@example.org")
    registering.registering_service().register(session, structure, GUEST, [newcomer(name)], name)


def _call_off() -> None:
    service = planning.planning_service()
    service.call_off(service.get(SESSION), OFFICER, "Intervenante malade")


@contextmanager
def training_cloud() -> Iterator[tuple[InProcess, FakeClock]]:
    """A new cloud with an office that holds trainings, and a clock that is set by hand."""
    with in_process() as cloud, clock_set() as clock:
        clock.at = NOW
        office_repository().publish(training_file())
        yield cloud, clock
        let_go()


def let_go() -> None:
    """The runs that wait end by themselves: moto would wait for each of their threads."""
    for decision in decision_repository().list_pending():
        for token in decision.task_tokens:
            with suppress(TaskSettled):
                decision_service().resumer.fail(token, executed.LOST, "")
