"""Killed before or after any AWS call, a process loses nothing, does nothing twice and comes to the same end."""

import pytest

import app
from chalicelib.decisions.reconciling import Reconciler
from chalicelib.mail.model import MailState
from chalicelib.mail.service import MailService
from chalicelib.subsidies.money_repository import MoneyRepository
from chalicelib.trainings import registration_repository
from infra.packaging.names import API_HANDLER, functions
from tests.faults import subsidy_units, training_units
from tests.faults.every_feature import UNITS, summary
from tests.harness.sweep import sweep


@pytest.mark.parametrize("name", UNITS)
def test_a_crash_at_any_call_leaves_what_an_undisturbed_run_leaves(stages, name):
    unit = UNITS[name]
    swept = sweep(stages.after(*unit.before), unit, summary)
    assert swept.points >= 2
    assert swept.broken == []


def test_every_writing_route_and_every_function_is_in_a_unit():
    routes = {
        f"{method} {path}"
        for path, methods in app.app.routes.items()
        for method in methods
        if method != "GET"
    }
    swept = {covered for unit in UNITS.values() for covered in unit.covers}
    forgotten = (routes | set(functions())) - {API_HANDLER.id} - swept
    assert not forgotten, f"{sorted(forgotten)}: give each a unit, see tests/faults/every_feature.py"


def test_a_death_between_two_writes_is_like_the_one_before_the_next_write(stages):
    unit = UNITS["pausing"]
    few = sweep(stages.after(*unit.before), unit, summary)
    all_of_them = sweep(stages.after(*unit.before), unit, summary, at_every_call=True)
    assert all_of_them.points >= 2 * few.points
    assert all_of_them.broken == []


def test_the_sweep_sees_an_outbox_that_sends_before_it_claims(stages, monkeypatch):
    monkeypatch.setattr(MailService, "deliver", _send_then_mark)
    unit = UNITS["sending"]
    assert sweep(stages.after(*unit.before), unit, summary).broken


def test_the_sweep_sees_a_start_that_nobody_repairs(stages, monkeypatch):
    monkeypatch.setattr(Reconciler, "reconcile", lambda self: 0)
    unit = UNITS["sending"]
    broken = sweep(stages.after(*unit.before), unit, summary).broken
    assert {point.call.split()[1] for point in broken} >= {"StartExecution"}


def test_the_sweep_sees_money_that_a_change_forgets(stages, monkeypatch):
    world = stages.after(*subsidy_units.TO_AWARD)
    monkeypatch.setattr(MoneyRepository, "write_within", lambda *_: None)
    subsidy_units.GRANT(world)
    with pytest.raises(AssertionError, match="2027 reserved: 0 instead of 24000"):
        summary(world)


def test_the_sweep_sees_a_seat_that_a_change_forgets(stages, monkeypatch):
    world = stages.after(*training_units.TAKEN)
    monkeypatch.setattr(registration_repository, "write_seats", lambda *_: None)
    training_units.GIVE_BACK(world)
    with pytest.raises(AssertionError, match="taken: 1 instead of 0"):
        summary(world)


def test_the_sweep_sees_people_whom_nobody_tells(stages, monkeypatch):
    monkeypatch.setattr(Reconciler, "reconcile", lambda self: 0)
    unit = UNITS["calling a session off"]
    broken = sweep(stages.after(*unit.before), unit, summary).broken
    assert any("trainings/called_off" in line for point in broken for line in point.different)


def _send_then_mark(service: MailService, key: str) -> bool:
    mail = service.outbox.find(key)
    if mail.state is not MailState.NEW:
        return False
    letter = service.write(mail.message, key)
    service_id = service.sender.send(letter)
    claimed = service.outbox.claim(key, service.clock())
    service.outbox.mark_sent(claimed, letter, service_id, service.clock())
    return True
