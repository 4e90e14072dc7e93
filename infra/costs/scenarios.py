"""What happens in a year, each thing once, in the world of the tests: the steps of the crash sweep, undisturbed."""

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from infra.costs.metering import Meter, Usage, metered

Step = Callable[[Any], object]
TOLD = 10
TWICE = 2
"""The first time warms up: a library is read, a form is compiled."""


@dataclass(frozen=True)
class Scenario:
    """Steps that are metered, after those that are not; `times` is how often the thing happens in them."""

    act: Sequence[Step]
    before: Sequence[Step] = ()
    times: int = 1


@dataclass(frozen=True)
class Machine:
    """What a function has: its part of a core, and its memory in GB."""

    vcpu_share: float
    memory_gb: float


def scenarios() -> Mapping[str, Scenario]:
    """By the names that `year.json` has for them."""
    faults = _tests("faults.units"), _tests("faults.subsidy_units"), _tests("faults.training_units")
    members, aids, trainings = faults
    observatory, reports, house = (
        _tests("faults.observatory"),
        _tests("faults.report_units"),
        _tests("faults.house"),
    )
    onboarding = _tests("faults.onboarding")
    home = len(aids.AT_HOME)
    return {
        "membership": Scenario(members.ACTIVE),
        "login": Scenario([house.log_in(onboarding.APPLICANT)], members.ACTIVE),
        "aid": Scenario(aids.PAID[home:], aids.AT_HOME),
        "session": Scenario(trainings.CERTIFIED),
        "registration": Scenario([trainings.step.comes_as_guest()], trainings.WITH_TWO),
        "asking": Scenario([house.tick("gather_figures")], members.ACTIVE),
        "asking again": Scenario([house.tick("gather_figures")], (*observatory.ASKED, house.later(days=7))),
        "giving": Scenario([observatory.give], observatory.ASKED),
        "report": Scenario([reports.BEGIN, reports.SUBMIT, reports.ACCEPT], reports.OVER),
        "mail of a report": _mails_of_a_report(),
        "news of a mail": Scenario(
            [_news("record_mail_event"), _news("pass_on_bounced_request")], members.ACTIVE
        ),
    }


def measured(machine: Machine) -> Mapping[str, Usage]:
    """What each scenario uses, once."""
    return {name: used_in(name, machine) for name in scenarios()}


def used_in(name: str, machine: Machine) -> Usage:
    """What one scenario uses, once."""
    return _measured(scenarios()[name], machine)


def rounds(names: Sequence[str], machine: Machine) -> Mapping[str, Usage]:
    """What each function on a schedule uses in a quiet office with one partner."""
    before = _tests("faults.units").ACTIVE
    tick = _tests("faults.house").tick
    return {name: _measured(Scenario([tick(name)], [*before, tick(name)]), machine) for name in names}


def pages(machine: Machine) -> Mapping[str, Meter]:
    """What each request of the walks uses, which the tests count too; the dearest where it was made twice."""
    found: dict[str, Meter] = {}
    with _world() as world:

        @contextmanager
        def around(name: str) -> Iterator[None]:
            with metered(world, machine.vcpu_share, machine.memory_gb) as meter:
                yield
            meter.usage["api_requests"] = meter.usage["lambda_requests"] = 1
            found[name] = max(found.get(name, meter), meter, key=lambda one: one.calls)

        for walk in _tests("speed.calls").WALKS:
            walk(world, around)
    return found


def _measured(scenario: Scenario, machine: Machine) -> Usage:
    runs = [_run(scenario, machine) for _ in range(TWICE)]
    return Usage({key: amount / scenario.times for key, amount in runs[-1].items()})


def _run(scenario: Scenario, machine: Machine) -> Usage:
    with _world() as world:
        for step in scenario.before:
            step(world)
        with metered(world, machine.vcpu_share, machine.memory_gb) as meter:
            for step in scenario.act:
                step(world)
        return meter.usage


@contextmanager
def _world() -> Iterator[Any]:
    with _tests("harness.world").faulty_world() as world:
        _tests("faults.house").open_office()
        yield world


def _mails_of_a_report() -> Scenario:
    """Some of them: written, then sent by the outbox."""
    telling = importlib.import_module("infra.bench.telling")
    return Scenario(
        [lambda world: telling.sent_batch(TOLD), lambda world: world.go_on()],
        [lambda world: telling.listed(world, TOLD)],
        TOLD,
    )


def _news(function_id: str) -> Step:
    """The newest mail to the applicant was delivered."""
    onboarding, house = _tests("faults.onboarding"), _tests("faults.house")
    delivered = {"eventType": "Delivery", "delivery": {"timestamp": "2027-03-01T08:00:00.000Z"}}
    step: Step = house.hear_of_mail(function_id, onboarding.APPLICANT, **delivered)
    return step


def _tests(module: str) -> Any:
    """A module of the tests, which are not there in what is deployed."""
    return importlib.import_module(f"tests.{module}")
