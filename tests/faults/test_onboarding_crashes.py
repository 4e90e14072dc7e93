"""Killed before or after any AWS call, the onboarding loses nothing, does nothing twice and comes to the same end."""

from collections.abc import Iterator

import pytest

from tests.faults import onboarding as step
from tests.faults.sweep import sweep
from tests.faults.world import FaultyWorld, faulty_world

TO_DECISION = (step.fill_in, step.send, step.confirm)
CHANGES = step.decide("request_changes", "Il manque la capacité.")
UNITS = {
    "sending": (step.send, (step.fill_in,)),
    "confirming": (step.confirm, (step.fill_in, step.send)),
    "accepting": (step.decide("accept"), TO_DECISION),
    "refusing": (step.decide("refuse", "Hors du territoire."), TO_DECISION),
    "asking for changes": (CHANGES, TO_DECISION),
    "laying out": (step.lay_out, (*TO_DECISION, CHANGES)),
    "correcting": (step.correct, (*TO_DECISION, CHANGES, step.lay_out)),
    "paying": (step.pay, (*TO_DECISION, step.decide("accept"))),
}


@pytest.fixture
def world() -> Iterator[FaultyWorld]:
    with faulty_world("partners_onboarding") as made:
        step.open_office()
        yield made


@pytest.mark.parametrize("name", UNITS)
def test_a_crash_at_any_call_leaves_what_an_undisturbed_run_leaves(world, name):
    unit, before = UNITS[name]
    for each in before:
        each(world)
    points, broken = sweep(world, unit, step.summary)
    assert points > 8
    assert broken == []
