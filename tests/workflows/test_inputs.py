"""Machines carry identifiers only: what is said about a file stands in its record, and never in a state's input."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from infra.packaging.names import ROOT

MACHINES = sorted((ROOT / "workflows").glob("*.asl.json"))
IDENTIFIERS = {"task_token", "round", "event", "status", "kind", "document_due", "is_untold"}
"""What a task may be given and may leave behind, beside `application_id` and whatever else ends in `_id`."""
CAUGHT = ("$.silence", "$.trouble")


def tasks(path: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every task of a machine, by its name."""
    states = json.loads(path.read_text())["States"]
    return ((name, state) for name, state in states.items() if state["Type"] == "Task")


def names(template: dict[str, Any]) -> set[str]:
    """The names that a template of parameters gives."""
    return {name.removesuffix(".$") for name in template}


def told(template: dict[str, Any]) -> set[str]:
    """The names in a template that say something of a record, instead of saying which one it is."""
    return {name for name in names(template) - IDENTIFIERS if not name.endswith("_id")}


@pytest.mark.parametrize("path", MACHINES, ids=lambda path: path.name)
def test_a_task_is_given_identifiers_only(path):
    for name, state in tasks(path):
        assert told(state["Parameters"]["Payload"]) == set(), name
        assert not {"InputPath", "OutputPath"} & set(state), name


@pytest.mark.parametrize("path", MACHINES, ids=lambda path: path.name)
def test_a_task_leaves_identifiers_only(path):
    for name, state in tasks(path):
        waits = state["Resource"].endswith(".waitForTaskToken")
        assert state["ResultPath"] == ("$.answer" if waits else "$"), name
        assert told(state.get("ResultSelector", {})) == set(), name
        assert waits or "ResultSelector" in state, name
        for catch in state.get("Catch", ()):
            assert catch["ResultPath"] in CAUGHT, name


@pytest.mark.parametrize("path", MACHINES, ids=lambda path: path.name)
def test_no_machine_counts_time_by_itself(path):
    """A Wait state would be fixed when it begins, and blind to holidays: waits are questions with a timetable."""
    kinds = {state["Type"] for state in json.loads(path.read_text())["States"].values()}
    assert kinds <= {"Task", "Choice", "Succeed"}
