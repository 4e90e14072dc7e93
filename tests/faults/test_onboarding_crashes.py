"""Killed before or after any AWS call, the onboarding loses nothing, does nothing twice and comes to the same end."""

from collections.abc import Iterator

import pytest

from chalicelib.mail.model import MailState
from chalicelib.mail.service import MailService
from chalicelib.partners.reconciling import Reconciler
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


def test_the_sweep_sees_an_outbox_that_sends_before_it_claims(world, monkeypatch):
    monkeypatch.setattr(MailService, "deliver", _send_then_mark)
    step.fill_in(world)
    _, broken = sweep(world, step.send, step.summary)
    assert broken


def test_the_sweep_sees_a_start_that_nobody_repairs(world, monkeypatch):
    monkeypatch.setattr(Reconciler, "reconcile", lambda self: 0)
    step.fill_in(world)
    _, broken = sweep(world, step.send, step.summary)
    assert {point.call.split()[1] for point in broken} >= {"StartExecution"}


def _send_then_mark(service: MailService, key: str) -> bool:
    mail = service.outbox.find(key)
    if mail.state is not MailState.NEW:
        return False
    letter = service.write(mail.message, key)
    service_id = service.sender.send(letter)
    claimed = service.outbox.claim(key, service.clock())
    service.outbox.mark_sent(claimed, letter, service_id, service.clock())
    return True
