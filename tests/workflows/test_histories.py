"""A run that began under an older machine finds its way: what its forerunners did, the machine of today does too."""

import json
import re

import pytest

from infra.packaging.names import functions
from tests.harness.machine import WORKFLOWS, Machine, Run
from tests.workflows.every_process import LIVES

STORIES = [(lives, name) for lives in LIVES for name in lives.kept()]
every_process = pytest.mark.parametrize("lives", LIVES, ids=lambda lives: lives.process)
every_story = pytest.mark.parametrize(
    ("lives", "name"), STORIES, ids=[f"{one.process}, {name}" for one, name in STORIES]
)


class Replay(Machine):
    """The machine of today, in one state at a time, with what came back then."""

    def __init__(self, process):
        super().__init__(process, lambda *_: None)

    def next_of(self, step):
        run = Run("replayed", json.loads(json.dumps(step["input"])), step["state"], "token")
        run.told = {"error": step["error"]} if "error" in step else {"output": step.get("result")}
        self._step(run)
        return run.state


def test_every_process_has_its_stories():
    processes = {path.name.removesuffix(".asl.json") for path in WORKFLOWS.glob("*.asl.json")}
    assert processes ^ {lives.process for lives in LIVES} == set(), "see tests/workflows/every_process.py"


def test_at_least_twenty_histories_are_kept():
    assert len(STORIES) >= 20


@every_process
def test_every_story_is_kept_and_none_is_forgotten(lives):
    assert set(lives.kept()) ^ set(lives.stories) == set(), "python -m tests.workflows.every_process"


@every_story
def test_every_step_that_was_taken_leads_where_it_led(lives, name):
    machine = Replay(lives.process)
    for step in lives.kept()[name]:
        assert step["state"] in machine.definition["States"], f"runs may wait in {step['state']!r}"
        assert machine.next_of(step) == step["next"], step


@every_story
def test_the_same_life_takes_the_same_steps_today(lives, name):
    assert lives.tell(name) == lives.kept()[name]


@every_process
def test_every_state_of_the_machine_is_in_some_history(lives):
    taken = {step["state"] for steps in lives.kept().values() for step in steps}
    assert taken ^ set(Replay(lives.process).definition["States"]) == set(), "a story that comes there"


@every_process
def test_the_functions_that_older_runs_will_call_are_there(lives):
    """A machine of before knows the functions of before: none may be taken away while runs wait."""
    text = json.dumps(Replay(lives.process).definition)
    assert set(re.findall(r"\$\{(\w+Arn)\}", text)) <= {each.placeholder for each in functions().values()}


@every_process
def test_no_history_holds_anything_about_a_person(lives):
    text = json.dumps(lives.kept(), ensure_ascii=False)
    assert not re.search(r"@|Maëlle|hotel|\d{14}", text)
