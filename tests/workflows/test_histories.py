"""A run that began under an older machine finds its way: what twenty-two of them did, the machine of today does too."""

import json
import re

import pytest

from infra.packaging.names import functions
from tests.harness.machine import Machine, Run
from tests.stateful.onboarding import PROCESS
from tests.workflows.stories import STORIES, kept, told

HISTORIES = kept()


class Replay(Machine):
    """The machine of today, in one state at a time, with what came back then."""

    def __init__(self) -> None:
        super().__init__(PROCESS, lambda *_: None)

    def next_of(self, step):
        run = Run("replayed", json.loads(json.dumps(step["input"])), step["state"], "token")
        run.told = {"error": step["error"]} if "error" in step else {"output": step.get("result")}
        self._step(run)
        return run.state


def test_at_least_twenty_histories_are_kept():
    assert len(HISTORIES) >= 20
    assert set(HISTORIES) == set(STORIES)


@pytest.mark.parametrize("name", HISTORIES)
def test_every_step_that_was_taken_leads_where_it_led(name):
    machine = Replay()
    for step in HISTORIES[name]:
        assert step["state"] in machine.definition["States"], f"runs may wait in {step['state']!r}"
        assert machine.next_of(step) == step["next"], step


@pytest.mark.parametrize("name", HISTORIES)
def test_the_same_life_takes_the_same_steps_today(name):
    assert told(name) == HISTORIES[name]


def test_every_state_of_the_machine_is_in_some_history():
    taken = {step["state"] for steps in HISTORIES.values() for step in steps}
    assert taken == set(Replay().definition["States"])


def test_the_functions_that_older_runs_will_call_are_there():
    """A machine of before knows the functions of before: none may be taken away while runs wait."""
    text = json.dumps(Replay().definition)
    assert set(re.findall(r"\$\{(\w+Arn)\}", text)) <= {each.placeholder for each in functions().values()}


def test_no_history_holds_anything_about_a_person():
    assert not re.search(r"@|Maëlle|hotel|\d{14}", json.dumps(HISTORIES, ensure_ascii=False))
