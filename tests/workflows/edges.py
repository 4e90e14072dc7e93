"""The ways out of the states of a machine, and the one that a step took."""

from collections.abc import Iterable, Iterator
from typing import Any

from tests.harness.machine import ANY, wanted
from tests.workflows.lives import Step

Edge = tuple[str, str]
"""A state, and the answer, the error or the word for what leads on from it."""

ON, ELSE = "goes on", "anything else"
States = dict[str, dict[str, Any]]


def edges_of(states: States) -> set[Edge]:
    """Every way out of every state: each rule of a choice, each error that is caught, and what is so otherwise."""
    return {(name, way) for name, state in states.items() for way in _ways(state)}


def taken(states: States, steps: Iterable[Step]) -> set[Edge]:
    """The ways that these steps took."""
    return {(step["state"], _way(states[step["state"]], step)) for step in steps}


def _ways(state: dict[str, Any]) -> Iterator[str]:
    yield ELSE if state["Type"] == "Choice" else ON
    yield from (str(wanted(rule)) for rule in state.get("Choices", ()))
    yield from (error for catch in state.get("Catch", ()) for error in catch["ErrorEquals"])


def _way(state: dict[str, Any], step: Step) -> str:
    if error := step.get("error"):
        caught = {one for catch in state.get("Catch", ()) for one in catch["ErrorEquals"]}
        return str(error if error in caught else ANY)
    met = (wanted(rule) for rule in state.get("Choices", ()) if _read(rule, step["input"]) == wanted(rule))
    return str(next(met, ELSE if state["Type"] == "Choice" else ON))


def _read(rule: dict[str, Any], data: Any) -> Any:
    for name in rule["Variable"].split(".")[1:]:
        data = data[name]
    return data
