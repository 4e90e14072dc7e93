"""Files compared with their runs and their questions: whatever a crash left is mended, once."""

import itertools
from dataclasses import replace

import pytest

from chalicelib.decisions.model import Answer, DecisionState, decided
from chalicelib.kernel.history import HistoryLine
from chalicelib.kernel.ports import RunState
from chalicelib.partners.model import IN_PROGRESS, STEP_OF, Event, Status
from tests.world import World, as_addressee

SUBMITTED_LATER = {"email": "hugo@gite.example.fr", "siret": "55208131766522"}
RUNS = [RunState.RUNNING, RunState.ENDED, RunState.UNKNOWN]


@pytest.fixture
def world():
    return World()


def reconcile(world):
    world.clock.wait(minutes=3)
    return world.reconciler.reconcile()


@pytest.mark.parametrize(
    ("status", "run"), list(itertools.product([s for s in Status if s is not Status.DUPLICATE], RUNS))
)
def test_every_pair_of_a_file_and_its_run_ends_with_a_run_where_one_is_due_and_twice_is_once(
    world, status, run
):
    file = world.file_in(status)
    if file.awaited_step:
        world.ask(file)
    world.process.runs = {file.run_name: run} if run is not RunState.UNKNOWN else {}
    mended = reconcile(world)
    file = world.service.get(file.id)
    due = status in IN_PROGRESS
    assert mended == (1 if due and run is not RunState.RUNNING else 0)
    assert file.run == (2 if due and run is RunState.ENDED else 1)
    assert not due or world.process.state(file.run_name) is RunState.RUNNING
    assert reconcile(world) == 0


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.DUPLICATE])
def test_a_question_that_its_file_does_not_wait_for_is_closed_wherever_the_file_stands(world, status):
    world.ask(world.submit())
    file = world.service.get("f1")
    if status is not Status.AWAITING_CONFIRMATION:
        world.applications.files["f1"] = replace(file, status=status)
    world.resumer.waiting = {"token-1"}
    world.process.runs = {"f1": RunState.RUNNING}
    stale = status is not Status.AWAITING_CONFIRMATION
    question = next(iter(world.decisions.decisions.values()))
    if stale and STEP_OF.get(status):
        world.ask(world.service.get("f1"), "token-2")
    assert reconcile(world) == stale
    question = world.decisions.find(question.id)
    assert question.state is (DecisionState.WITHDRAWN if stale else DecisionState.PENDING)
    assert world.resumer.told == ([("token-1", "DecisionWithdrawn")] if stale else [])
    assert reconcile(world) == 0


def test_a_question_of_an_earlier_round_is_closed(world):
    file = world.file_in(Status.SUBMITTED)
    world.ask(file)
    world.applications.files["f1"] = replace(file, round=2)
    assert world.reconciler.withdraw_stale("f1") == 1


def test_a_file_that_changed_a_moment_ago_is_left_alone(world):
    world.submit()
    world.process.runs.clear()
    world.clock.wait(seconds=119)
    assert world.reconciler.reconcile() == 0
    world.clock.wait(seconds=1)
    assert world.reconciler.reconcile() == 1


def test_a_list_that_lags_behind_the_file_starts_nothing_and_closes_nothing(world):
    file = world.file_in(Status.SUBMITTED)
    stale = {Status.SUBMITTED: [file]}
    asked = world.record(file, Event.CHANGES_REQUESTED)
    question = world.ask(asked)
    world.applications.list_in_status = lambda status: stale.get(status, [])
    assert reconcile(world) == 0
    assert world.decisions.find(question.id).state is DecisionState.PENDING


def test_a_file_that_moves_on_while_its_questions_are_read_keeps_the_new_one(world):
    """The file is read last: a question that it came to wait for meanwhile is not among the stale."""
    file = world.file_in(Status.SUBMITTED)
    world.ask(file)
    listed = world.decisions.list_by_record

    def list_then_move(record):
        found = listed(record)
        world.ask(world.record(file, Event.CHANGES_REQUESTED), "token-2")
        return found

    world.decisions.list_by_record = list_then_move
    assert world.reconciler.withdraw_stale("f1") == 1
    states = {one.question.step: one.state for one in world.decisions.decisions.values()}
    assert states == {"membership": DecisionState.WITHDRAWN, "corrections": DecisionState.PENDING}


def test_a_file_that_closes_while_its_run_is_looked_up_gets_no_other(world):
    file = world.file_in(Status.SUBMITTED)

    def ended_meanwhile(name):
        world.record(file, Event.REFUSED)
        return RunState.ENDED

    world.process.state = ended_meanwhile
    assert reconcile(world) == 0
    assert world.service.get("f1").run == 1


@pytest.mark.parametrize(
    ("process", "state"),
    [("partners_onboarding", DecisionState.WITHDRAWN), ("other", DecisionState.PENDING)],
)
def test_a_question_whose_file_is_gone_is_closed_and_those_of_other_processes_are_let_be(
    world, process, state
):
    question = world.ask(world.file_in(Status.SUBMITTED))
    del world.applications.files["f1"]
    other = replace(question, question=replace(question.question, process=process))
    world.decisions.decisions[question.id] = other
    assert reconcile(world) == (state is DecisionState.WITHDRAWN)
    assert world.decisions.find(question.id).state is state


def test_a_run_that_waits_for_a_question_that_is_not_there_is_followed_by_one_that_asks(world):
    world.file_in(Status.SUBMITTED)
    world.process.runs = {"f1": RunState.RUNNING}
    assert reconcile(world) == 0, "it may have begun a moment ago"
    world.clock.wait(hours=1)
    assert reconcile(world) == 1
    world.ask(world.service.get("f1"))
    assert reconcile(world) == 0


@pytest.mark.parametrize(("minutes", "mended"), [(1, 0), (3, 1)])
def test_a_run_that_did_not_hear_the_answer_in_time_is_followed_by_one_that_does(world, minutes, mended):
    question = world.ask(world.file_in(Status.SUBMITTED), "lost")
    world.process.runs = {"f1": RunState.RUNNING}
    world.clock.wait(hours=1)
    world.desk.answer(question.id, as_addressee(question), "accept", "")
    world.clock.wait(minutes=minutes)
    assert world.reconciler.reconcile() == mended
    assert world.process.state("f1-2") is (RunState.RUNNING if mended else RunState.UNKNOWN)


def test_a_settled_question_answers_the_new_run_at_once(world):
    file = world.file_in(Status.SUBMITTED)
    question = world.ask(file, "dead")
    world.desk.answer(question.id, as_addressee(question), "accept", "")
    world.resumer.waiting = {"live"}
    world.ask(file, "live")
    assert world.resumer.told == [("live", "accept")]


def test_one_file_in_trouble_does_not_hold_up_the_others(world):
    world.submit("f1")
    world.submit("f2", **SUBMITTED_LATER)
    world.process.runs.clear()

    def trouble(name):
        if name == "f1":
            raise ConnectionError

    world.process.on_start = trouble
    with pytest.raises(ConnectionError):
        reconcile(world)
    assert world.process.runs == {"f2": RunState.RUNNING}


def test_a_run_that_was_told_late_is_given_time_to_go_on(world):
    """The sweep delivers an answer whose teller died; the reconciler comes by before the run has moved."""
    file = world.file_in(Status.SUBMITTED)
    question = world.ask(file)
    world.process.runs = {file.run_name: RunState.RUNNING}
    answer = Answer("accept", "", "Yann Le Goff", "yann.legoff@val.example.org", world.clock(), "link")
    world.decisions.settle(decided(question, answer), HistoryLine(world.clock(), "Yann Le Goff", "Réponse"))
    world.clock.wait(hours=1)
    world.desk.deliver(question.id)
    assert world.reconciler.reconcile() == 0
    assert reconcile(world) == 1
