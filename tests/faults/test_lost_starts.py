"""A process whose start was lost begins by itself, and one that is started twice runs once."""

import pytest

from tests.faults import house
from tests.faults import onboarding as step
from tests.faults import subsidies as aid
from tests.faults import subsidy_units as aids
from tests.faults.units import OVERDUE, UNPAID
from tests.harness.crash import AFTER, BEFORE

CHECK, CHECK_PROOFS = "Ask whether the file is complete", "Ask whether the proofs are in order"
RECONCILERS = ("reconcile_onboarding", "reconcile_awards", "reconcile_payments")
STARTS = {
    "sent": (step.send, (step.fill_in,), "Ask for the confirmed address"),
    "aid, sent": (aid.send, aids.FILLED, CHECK),
    "aid, overdue, reopened": (aids.REOPEN, (*aids.OVERDUE, aids.DIRECTOR), CHECK),
    "payment, asked for": (aids.SEND_PROOFS, aids.PROVING, CHECK_PROOFS),
    "payment, overdue, reopened": (aids.REOPEN, (*aids.PAYMENT_OVERDUE, aids.DIRECTOR), CHECK_PROOFS),
    "payment, to another account": (
        aids.SEND_PROOFS,
        (*aids.COME_BACK, aid.fill_proofs()),
        CHECK_PROOFS,
    ),
    "sent by the API": (step.send_by_api, (), "Ask for the confirmed address"),
    "overdue, reopened": (step.reopen, (*OVERDUE, house.log_in(house.OFFICER)), "Ask the office to decide"),
    "unpaid, reopened": (
        step.reopen,
        (*UNPAID, house.log_in(house.OFFICER)),
        "Ask whether the payment has come",
    ),
}


@pytest.fixture(params=STARTS)
def start(request, stages):
    act, before, state = STARTS[request.param]
    world = stages.after(*before)
    world.retries = False
    return world, act, state


def running(world):
    return [run.state for run in world.machines.runs if run.state]


def names(world):
    return sorted(run.name for run in world.machines.runs)


def schedule(world, minutes=5):
    """The next tick of the schedule."""
    world.clock.wait(minutes=minutes)
    for function_id in RECONCILERS:
        world.tick(function_id)


def test_a_file_whose_start_was_lost_is_under_way_within_two_ticks(start):
    world, act, state = start
    world.gate.arm("StartExecution", BEFORE)
    act(world)
    assert world.gate.has_killed
    assert running(world) == []
    schedule(world, minutes=1)
    assert running(world) == [], "a file of one minute is still in good hands"
    schedule(world)
    assert running(world) == [state]
    before = names(world)
    schedule(world)
    assert names(world) == before


def test_a_file_started_twice_has_one_run_and_one_question(start):
    world, act, state = start
    runs = len(world.machines.runs)
    world.gate.arm("StartExecution", AFTER)
    world.retries = True
    act(world)
    assert world.gate.has_killed
    schedule(world)
    assert len(world.machines.runs) == runs + 1
    assert running(world) == [state]


def test_a_file_whose_turn_came_and_whose_start_was_lost_has_its_letter_all_the_same(stages):
    world = stages.after(*aids.WAITING, aid.votes(50_000))
    world.retries = False
    world.gate.arm("StartExecution", BEFORE)
    world.tick("serve_waiting_files")
    assert world.gate.has_killed
    assert aid.kept(world)["printed"] == ["receipt"]
    world.gate.disarm()
    schedule(world)
    left = aid.kept(world)
    assert left["printed"] == ["receipt, award"]
    schedule(world)
    assert aid.kept(world) == left
