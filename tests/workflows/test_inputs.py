"""Machines carry identifiers only: what is said about a file stands in its record, and never in a state's input."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from infra.packaging.names import ROOT

MACHINES = sorted((ROOT / "workflows").glob("*.asl.json"))
NUMBERS = {"part", "parts", "batch", "batches"}
"""Of the parts that a territory is read in, and of the batches that its readers are told in."""
IDENTIFIERS = {"task_token", "round", "event", "status", "kind", "document_due", "is_untold", *NUMBERS}
"""What a task may be given and may leave behind, beside `application_id` and whatever else ends in `_id`."""
CAUGHT = ("$.silence", "$.trouble")


def tasks(path: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every task of a machine, by its name."""
    states = json.loads(path.read_text())["States"]
    every = [states, *(one["ItemProcessor"]["States"] for one in maps(path).values())]
    return ((name, state) for some in every for name, state in some.items() if state["Type"] == "Task")


def maps(path: Any) -> dict[str, dict[str, Any]]:
    """The states of a machine that do something for each of several."""
    states = json.loads(path.read_text())["States"]
    return {name: state for name, state in states.items() if state["Type"] == "Map"}


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
        kept = state["ResultPath"]
        assert kept == "$.answer" if waits else kept in ("$", None), name
        assert told(state.get("ResultSelector", {})) == set(), name
        assert waits or kept is None or "ResultSelector" in state, name
        for catch in state.get("Catch", ()):
            assert catch["ResultPath"] in CAUGHT, name


@pytest.mark.parametrize("path", MACHINES, ids=lambda path: path.name)
def test_what_is_done_for_each_of_several_is_given_its_number_and_leaves_nothing(path):
    for name, state in maps(path).items():
        assert told(state["ItemSelector"]) == set(), name
        assert state["ResultPath"] is None, name


@pytest.mark.parametrize("path", MACHINES, ids=lambda path: path.name)
def test_no_machine_counts_time_by_itself(path):
    """A Wait state would be fixed when it begins, and blind to holidays: waits are questions with a timetable."""
    kinds = {state["Type"] for state in json.loads(path.read_text())["States"].values()}
    assert kinds <= {"Task", "Choice", "Succeed", "Map"}
