"""Functions, handlers, state machines and their names go together."""

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from chalicelib.kernel import errors
from infra.packaging import machines, triggers
from infra.packaging.names import functions, task_modules

ROOT = Path(__file__).resolve().parents[2]
MODELS = sorted((ROOT / "chalicelib").glob("*/model.py"))
MACHINES = sorted((ROOT / "workflows").glob("*.asl.json"))
FUNCTIONS = {name: each for name, each in functions().items() if name != "api_handler"}
OF_THE_CLOUD = re.compile(r"^(States|Lambda|Sandbox)\.")


def handler_of(function_id: str) -> str:
    """`chalicelib.<room>.tasks.<function>`, as Chalice names the handler of a blueprint's function."""
    found = [name for name, path in task_modules().items() if f"\ndef {function_id}(" in path.read_text()]
    assert len(found) == 1, f"{function_id} is defined {len(found)} times"
    return found[0]


@pytest.mark.parametrize("function_id", sorted(FUNCTIONS))
def test_each_function_can_be_imported_alone_with_no_setting(function_id):
    module = handler_of(function_id)
    code = (
        f"import {module} as m; assert callable(m.{function_id}); import sys; assert 'app' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_registered_function_has_its_line_in_the_configuration():
    import app

    registered = {each.name for each in app.app.pure_lambda_functions}
    assert registered ^ set(FUNCTIONS) == set(), "a row of .chalice/config.json for each @bp.lambda_function"


def test_every_function_is_started_by_a_machine_a_schedule_a_stream_or_a_topic():
    asked = {name for path in MACHINES for name in machines.placeholders(path.read_text())}
    driven = {name for name, each in FUNCTIONS.items() if each.placeholder in asked}
    triggered = set(triggers.read(ROOT / "infra" / "triggers.yaml", functions()).asynchronous)
    idle = set(FUNCTIONS) - driven - triggered
    assert idle == set(), "nobody starts it: a state in workflows/, or a row in infra/triggers.yaml"


def test_every_function_has_a_policy_of_its_own():
    stage = json.loads((ROOT / ".chalice/config.json").read_text())["stages"]["cloud"]
    for name, settings in stage["lambda_functions"].items():
        assert settings["iam_policy_file"] == f"policy-{name}.json"
        assert settings["autogen_policy"] is False, name
        assert (ROOT / ".chalice" / f"policy-{name}.json").exists(), f"write .chalice/policy-{name}.json"


@pytest.mark.parametrize("path", MACHINES, ids=lambda path: path.stem)
def test_a_machine_asks_only_for_functions_that_exist(path):
    asked = set(re.findall(r"\$\{(\w+)Arn\}", path.read_text()))
    unknown = asked - {each.logical_id for each in FUNCTIONS.values()}
    assert unknown == set(), "no such row in .chalice/config.json (`look_up_it` is `${LookUpItArn}`)"


@pytest.mark.parametrize("path", MACHINES, ids=lambda path: path.stem)
def test_every_error_that_a_machine_names_is_a_class_of_ours(path):
    named = {
        error
        for state in json.loads(path.read_text())["States"].values()
        for rule in (*state.get("Catch", ()), *state.get("Retry", ()))
        for error in rule["ErrorEquals"]
        if not OF_THE_CLOUD.match(error)
    }
    rules = [errors, *(importlib.import_module(f"chalicelib.{room.parent.name}.model") for room in MODELS)]
    unknown = named - {name for module in rules for name in vars(module)}
    assert unknown == set(), "a class of kernel/errors.py or of a room's model.py has this name"


@pytest.mark.parametrize("path", MACHINES, ids=lambda path: path.stem)
def test_every_task_is_tried_again_when_its_function_died_was_refused_or_took_too_long(path):
    """`Lambda.Unknown` and `Sandbox.Timedout` are a function that was killed, or ran out of time or memory."""
    for name, state in json.loads(path.read_text())["States"].items():
        if state["Type"] == "Task":
            tried = {error for rule in state["Retry"] for error in rule["ErrorEquals"]}
            died = {
                "Lambda.Unknown",
                "Sandbox.Timedout",
                "Lambda.TooManyRequestsException",
                "ChangedMeanwhile",
            }
            assert died <= tried, name
            assert ("States.Timeout" in tried) != state["Resource"].endswith(".waitForTaskToken"), name


@pytest.mark.parametrize("path", MACHINES, ids=lambda path: path.stem)
def test_every_wait_for_a_person_ends_and_its_silence_is_caught(path):
    for name, state in json.loads(path.read_text())["States"].items():
        if state.get("Resource", "").endswith(".waitForTaskToken"):
            assert state["TimeoutSeconds"] == "${WaitSeconds}", name
            caught = {error for rule in state["Catch"] for error in rule["ErrorEquals"]}
            assert {"States.Timeout", "DecisionExpired", "DecisionWithdrawn", "OutOfStep"} <= caught, name


@pytest.mark.parametrize("path", MACHINES, ids=lambda path: path.stem)
def test_every_state_says_what_it_is_for_and_every_choice_has_a_way_out(path):
    for name, state in json.loads(path.read_text())["States"].items():
        if state["Type"] == "Task":
            assert state["Comment"], name
            assert state["TimeoutSeconds"], name
        if state["Type"] == "Choice":
            assert state["Default"], name
