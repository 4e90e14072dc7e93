"""The same stories of aid files, lived by machines that are really executed on the tables of the template."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace
from typing import Any, Self
from unittest import mock

from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.eval.callback.callback import CallbackOutcomeTimedOut
from moto.stepfunctions.parser.models import stepfunctions_parser_backends

from chalicelib.adapters.files import Files
from chalicelib.decisions.bootstrap import decision_repository, decision_service
from chalicelib.decisions.model import Decision, DecisionState, Visitor, question_id
from chalicelib.drafts.model import Draft
from chalicelib.office.bootstrap import office_repository
from chalicelib.subsidies.bootstrap import awarding, paying, stores
from chalicelib.subsidies.model import AWARD_PROCESS, PAYMENT_PROCESS, JoinedDocument, Subsidy
from tests.aid import a_partner, aid_answers, office_file, proof_answers
from tests.fakes.clock import FakeClock
from tests.fakes.subsidies import FakePartners
from tests.harness.clock import clock_set
from tests.inprocess import ACCOUNT, REGION, InProcess, Machine, in_process, wait_until
from tests.workflows.lives import Step

QUOTE = JoinedDocument("quote", "Devis", "u1", "devis.pdf", "application/pdf", 1200, "ab" * 32)
LOST = "Lost"
"""The error of a run that fails for a reason of its own."""
TROUBLE = ("silence", "trouble")
"""Where a machine keeps what it caught."""


class Executed:
    """Files on their way through one machine; each thing that happens gives the story back, to go on."""

    process = AWARD_PROCESS

    def __init__(self, cloud: InProcess, clock: FakeClock, partners: FakePartners, **durations: int) -> None:
        self.cloud, self.clock, self.partners = cloud, clock, partners
        self.machine = cloud.machine(self.process, **durations)
        self.meanwhile: dict[str, Callable[[], object]] = {}
        self.invoke = cloud.invoke
        cloud.invoke = self._invoke  # type: ignore[method-assign]

    def sends(self, key: str = "s1", *, rests: bool = True, **answers: object) -> Self:
        number = {"registration_number": f"01160{int(key[1:]):06d}01"}
        partner = self.partners.partners["p1"]
        known = {"email": partner.email, "partner_id": partner.id}
        now = self.clock()
        draft = Draft(key, {**aid_answers(**number), **answers, **known}, now, now, version=1)
        return self._after(lambda: awarding.submission_service().submit(draft), rests=rests)

    def says(self, *outcomes: str, key: str = "s1") -> Self:
        for outcome in outcomes:
            decision = self.pending(key)
            person = decision.addressees[-1]
            visitor = Visitor(person.name, person.email, "link")
            answer = (decision.id, visitor, outcome, "Un motif.")
            self._after(lambda answer=answer: decision_service().answer(*answer))
        return self

    def hears(self, outcome: str) -> Self:
        decision = self.pending()
        told = {"decision_id": decision.id, "outcome": outcome}
        return self._after(lambda: decision_service().resumer.succeed(decision.task_tokens[-1], told))

    def is_silent(self) -> Self:
        self.clock.at = self.pending().expires_at
        return self._after(lambda: self.cloud.invoke("sweep_decisions", {}))

    def waits_too_long(self) -> Self:
        """The wait outlives its limit, which the cloud counts by itself."""
        token = self.pending().task_tokens[-1]
        return self._after(lambda: _outlive(token))

    def withdraws_just_before(self, function_id: str) -> Self:
        self.meanwhile[function_id] = lambda: awarding.subsidy_service().withdraw(self.file())
        return self

    def is_withdrawn(self, key: str = "s1") -> Self:
        return self._after(self._withdraw)

    def is_reopened(self) -> Self:
        service = awarding.subsidy_service()
        return self._after(lambda: service.reopen(self.file(), "Claire Martin", "À reprendre."))

    def is_visited_by_the_director(self) -> Self:
        def visited() -> None:
            who = ("Noa Petit", "Claire Martin", "claire.martin@val.example.org")
            awarding.subsidy_service().name_inspector(self.file(), *who)
            awarding.reconciler().withdraw_stale("s1")

        return self._after(visited)

    def leaves_the_office(self) -> Self:
        self.partners.partners["p1"] = a_partner(active_until=date(2020, 1, 1))
        return self

    def prints_nothing(self) -> Self:
        mock.patch.object(Files, "put", side_effect=OSError("no paper")).start()
        return self

    def waits_its_turn(self) -> Self:
        self.clock.wait(days=365)
        return self._after(lambda: self.cloud.invoke("serve_waiting_files", {}))

    def is_lost(self) -> Self:
        """The run fails, and the reconciler starts another."""
        decision_service().resumer.fail(self.pending().task_tokens[-1], LOST, "")
        wait_until(lambda: not self._names("RUNNING"), "the end of every run")
        return self.is_reconciled()

    def is_reconciled(self) -> Self:
        self.clock.wait(minutes=5)
        rounds = {AWARD_PROCESS: "reconcile_awards", PAYMENT_PROCESS: "reconcile_payments"}
        return self._after(lambda: self.cloud.invoke(rounds[self.process], {}))

    def is_swept(self) -> Self:
        """What the sweep finds some minutes later."""
        self.clock.wait(minutes=10)
        return self._after(lambda: self.cloud.invoke("sweep_decisions", {}))

    def ends(self) -> str:
        """How the last run of the first file ended."""
        return self.machine.ended(self._names()[-1])

    def file(self, key: str = "s1") -> Subsidy:
        """The file as it stands."""
        return awarding.subsidy_service().get(key)

    def pending(self, key: str = "s1") -> Decision:
        """The question that the file waits for."""
        file = self.file(key)
        found = decision_repository().find(question_id(file.id, file.awaited_step, file.round))
        assert found, (key, file.status)
        assert found.state is DecisionState.PENDING
        return found

    def steps(self) -> dict[str, list[Step]]:
        """What the runs of each file went through."""
        found: dict[str, list[Step]] = {}
        for name in self._names():
            found.setdefault(_file_of(name), []).extend(_steps(self.machine, name))
        return found

    def _withdraw(self) -> None:
        awarding.subsidy_service().withdraw(self.file())
        awarding.reconciler().withdraw_stale("s1")

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
        file = self.file(_file_of(name))
        asked = decision_repository().find(question_id(file.id, file.awaited_step, file.round))
        if asked is None or asked.state is not DecisionState.PENDING:
            return False
        here = _entered_states(self.machine, name)[-1]
        told = [one for run in self._names() for one in _entered_states(self.machine, run)]
        same = [one for one in told if one["name"] == here["name"] and one["input"] == here["input"]]
        return here["name"].startswith("Ask ") and len(asked.task_tokens) >= len(same)

    def _names(self, status: str = "") -> list[str]:
        wanted = {"statusFilter": status} if status else {}
        found = self.machine.client.list_executions(stateMachineArn=self.machine.arn, **wanted)["executions"]
        return sorted((one["name"] for one in found), key=lambda name: (_file_of(name), _count_of(name)))


class ExecutedPayment(Executed):
    """A notified award on its way to its payment."""

    process = PAYMENT_PROCESS

    def __init__(self, cloud: InProcess, clock: FakeClock, partners: FakePartners, **durations: int) -> None:
        super().__init__(cloud, clock, partners, **durations)
        self.award: Executed | None = None

    def proves_nothing_yet(self) -> Self:
        """The award is there, and the visit is still to come."""
        if self.award is None:
            self.award = Executed(self.cloud, self.clock, self.partners)
            self.award.sends().says("complete", "accept")
        return self

    def proves(self, *, rests: bool = True, **answers: object) -> Self:
        self.proves_nothing_yet().clock.wait(days=1)
        file, now = self.file(), self.clock()
        draft = Draft(
            file.proofs_draft, {**proof_answers(**answers), "email": file.email}, now, now, version=1
        )

        def sent() -> None:
            paying.payment_service().send_proofs(file, draft)
            paying.payment_reconciler().withdraw_stale("s1")

        return self._after(sent, rests=rests)

    def is_reopened(self) -> Self:
        service = paying.payment_service()
        return self._after(lambda: service.reopen(self.file(), "Claire Martin", "À reprendre."))


@contextmanager
def aiding_cloud(**scheme: str) -> Iterator[tuple[InProcess, FakeClock, FakePartners]]:
    """A new cloud with an office that helps, one partner, and a clock that is set by hand.

    `scheme` are changes of the scheme of its aid.
    """
    partners = FakePartners(a_partner())
    with in_process() as cloud, clock_set() as clock:
        document = office_file()
        document["subsidies"]["schemes"][0] |= scheme
        office_repository().publish(document)
        with (
            mock.patch.object(stores, "partners", return_value=partners),
            mock.patch.object(awarding, "joined_documents", return_value=[QUOTE]),
        ):
            yield cloud, clock, partners
        mock.patch.stopall()


def no_time_between_attempts() -> Any:
    """What is tried again is tried at once."""
    return mock.patch.object(retrier_decl, "time", SimpleNamespace(sleep=lambda seconds: None))


def _outlive(token: str) -> None:
    told = [
        execution.exec_worker.env.callback_pool_manager.notify(token, CallbackOutcomeTimedOut(token))
        for execution in stepfunctions_parser_backends[ACCOUNT][REGION]._get_executions()
    ]
    assert any(told)


def _file_of(name: str) -> str:
    return name.partition("-")[0]


def _count_of(name: str) -> int:
    return int(name.partition("-")[2] or 1)


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
    """The states that a run entered, each with its name and its input."""
    found = machine.client.get_execution_history(executionArn=machine.run_arn(name), maxResults=1000)
    return [one["stateEnteredEventDetails"] for one in found["events"] if "stateEnteredEventDetails" in one]


def _caught(given: dict[str, Any], after: dict[str, Any]) -> str:
    new = [after[name]["Error"] for name in TROUBLE if name in after and name not in given]
    return str(new[0]) if new else ""


def _told(given: dict[str, Any]) -> dict[str, Any]:
    """An input without the words of errors, which the walked machine leaves out."""
    return {name: {"Error": value["Error"]} if name in TROUBLE else value for name, value in given.items()}
