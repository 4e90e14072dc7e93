"""Stories of one process, lived by a machine that is really executed on the tables of the template."""

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, ClassVar, Self
from unittest import mock

from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.eval.callback.callback import CallbackOutcomeTimedOut
from moto.stepfunctions.parser.models import stepfunctions_parser_backends

from chalicelib.decisions.bootstrap import decision_repository, decision_service
from chalicelib.decisions.model import Decision, DecisionState, Visitor, question_id
from chalicelib.decisions.reconciling import Driven
from tests.fakes.clock import FakeClock
from tests.inprocess import ACCOUNT, REGION, InProcess, Machine, wait_until
from tests.workflows.lives import Step

LOST = "Lost"
"""The error of a run that fails for a reason of its own."""
TROUBLE = ("silence", "trouble")
"""Where a machine keeps what it caught."""
ASKING = ("Ask ", "Offer ")
"""How the states begin that wait for an answer."""


class Executed:
    """Records on their way through one machine; each thing that happens gives the story back, to go on."""

    process: ClassVar[str]
    reconciles: ClassVar[str]
    first: ClassVar[str] = "s1"
    """The record that is meant when none is named."""

    def __init__(self, cloud: InProcess, clock: FakeClock, **durations: int) -> None:
        self.cloud, self.clock = cloud, clock
        self.machine = cloud.machine(self.process, **durations)
        self.meanwhile: dict[str, Callable[[], object]] = {}
        self.invoke = cloud.invoke
        cloud.invoke = self._invoke  # type: ignore[method-assign]

    def record(self, key: str) -> Driven:
        """The record as it stands."""
        raise NotImplementedError

    def says(self, *outcomes: str, key: str = "") -> Self:
        """Whoever is asked about a record answers, one after the other."""
        for outcome in outcomes:
            decision = self.pending(key)
            person = decision.addressees[-1]
            visitor = Visitor(person.name, person.email, "link")
            answer = (decision.id, visitor, outcome, "Un motif.")
            self._after(lambda answer=answer: decision_service().answer(*answer))
        return self

    def hears(self, outcome: str) -> Self:
        """The run is told an outcome that nobody has chosen."""
        decision = self.pending()
        told = {"decision_id": decision.id, "outcome": outcome}
        return self._after(lambda: decision_service().resumer.succeed(decision.task_tokens[-1], told))

    def is_silent(self) -> Self:
        """Nobody answers until it is too late."""
        self.clock.at = self.pending().expires_at
        return self._after(lambda: self.cloud.invoke("sweep_decisions", {}))

    def waits_too_long(self) -> Self:
        """The wait outlives its limit, which the cloud counts by itself."""
        token = self.pending().task_tokens[-1]
        return self._after(lambda: _outlive(token))

    def is_lost(self) -> Self:
        """The run fails, and the reconciler starts another."""
        decision_service().resumer.fail(self.pending().task_tokens[-1], LOST, "")
        wait_until(lambda: not self._names("RUNNING"), "the end of every run")
        return self.is_reconciled()

    def is_reconciled(self) -> Self:
        """What the round finds some minutes later."""
        self.clock.wait(minutes=5)
        return self._after(lambda: self.cloud.invoke(self.reconciles, {}))

    def is_swept(self) -> Self:
        """What the sweep finds some minutes later."""
        self.clock.wait(minutes=10)
        return self._after(lambda: self.cloud.invoke("sweep_decisions", {}))

    def ends(self) -> str:
        """How the last run ended."""
        return self.machine.ended(self._names()[-1])

    def pending(self, key: str = "") -> Decision:
        """The question that the record waits for."""
        record = self.record(key or self.first)
        found = decision_repository().find(question_id(record.id, record.awaited_step, record.round))
        assert found, (key, record.awaited_step)
        assert found.state is DecisionState.PENDING
        return found

    def steps(self) -> dict[str, list[Step]]:
        """What the runs of each record went through."""
        found: dict[str, list[Step]] = {}
        for name in self._names():
            found.setdefault(self._record_of(name), []).extend(_steps(self.machine, name))
        return found

    def _invoke(self, function_id: str, event: dict[str, Any]) -> Any:
        self.meanwhile.pop(function_id, lambda: None)()
        return self.invoke(function_id, event)

    def _after(self, act: Callable[[], object], *, rests: bool = True) -> Self:
        """It happens; then, unless nobody waits for it, the machine goes on by a state at least, and comes to rest."""
        before = self._entered()
        act()
        if rests:
            wait_until(lambda: self._entered() > before and self._rests(), "a rest of the machine")
        return self

    def _entered(self) -> int:
        return sum(len(self.machine.states(name)) for name in self._names())

    def _rests(self) -> bool:
        return all(self._waits(name) for name in self._names("RUNNING"))

    def _waits(self, name: str) -> bool:
        """Whether the run waits for an answer that somebody is asked for, and the question knows that it does."""
        record = self.record(self._record_of(name))
        asked = decision_repository().find(question_id(record.id, record.awaited_step, record.round))
        if asked is None or asked.state is not DecisionState.PENDING:
            return False
        entered = _entered_states(self.machine, name)
        if not entered or not entered[-1]["name"].startswith(ASKING):
            return False
        here = (entered[-1]["name"], entered[-1]["input"])
        told = [one for run in self._names() for one in _entered_states(self.machine, run)]
        return len(asked.task_tokens) >= [(one["name"], one["input"]) for one in told].count(here)

    def _names(self, status: str = "") -> list[str]:
        wanted = {"statusFilter": status} if status else {}
        found = self.machine.client.list_executions(stateMachineArn=self.machine.arn, **wanted)["executions"]
        return sorted(
            (one["name"] for one in found), key=lambda name: (self._record_of(name), _count_of(name))
        )

    def _record_of(self, name: str) -> str:
        """The record that a run is for, by the run's name."""
        return name.rpartition("-")[0] or name


def no_time_between_attempts() -> Any:
    """What is tried again is tried at once."""
    return mock.patch.object(retrier_decl, "time", SimpleNamespace(sleep=lambda seconds: None))


def _outlive(token: str) -> None:
    told = [
        execution.exec_worker.env.callback_pool_manager.notify(token, CallbackOutcomeTimedOut(token))
        for execution in stepfunctions_parser_backends[ACCOUNT][REGION]._get_executions()
    ]
    assert any(told)


def _count_of(name: str) -> int:
    return int(name.rpartition("-")[2]) if "-" in name else 1


def _steps(machine: Machine, name: str) -> list[Step]:
    """The states that a run has left, as the walked machine tells them; the results aside."""
    arn, entered = machine.run_arn(name), _entered_states(machine, name)
    inputs = [json.loads(one["input"]) for one in entered]
    ended = machine.client.describe_execution(executionArn=arn)
    steps = [
        {
            "state": one["name"],
            "input": _told(given),
            "error": _caught(given, after),
            "next": following["name"],
        }
        for one, following, given, after in zip(entered, entered[1:], inputs, inputs[1:], strict=False)
    ]
    if ended["status"] != "RUNNING" and ended.get("error") != LOST:
        last = {"state": entered[-1]["name"], "input": _told(inputs[-1]), "error": ended.get("error", "")}
        steps.append({**last, "next": None})
    return steps


def _entered_states(machine: Machine, name: str) -> list[dict[str, Any]]:
    """The states that a run entered, each with its name and its input; those within a state of many aside."""
    found = machine.client.get_execution_history(executionArn=machine.run_arn(name), maxResults=1000)
    entered = [
        one["stateEnteredEventDetails"] for one in found["events"] if "stateEnteredEventDetails" in one
    ]
    return [one for one in entered if one["name"] in machine.own_states]


def _caught(given: dict[str, Any], after: dict[str, Any]) -> str:
    new = [after[name]["Error"] for name in TROUBLE if name in after and name not in given]
    return str(new[0]) if new else ""


def _told(given: dict[str, Any]) -> dict[str, Any]:
    """An input without the words of errors, which the walked machine leaves out."""
    return {name: {"Error": value["Error"]} if name in TROUBLE else value for name, value in given.items()}
