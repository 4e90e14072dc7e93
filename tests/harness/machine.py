"""Walks `workflows/*.asl.json` against the real task handlers, step by step, with planned accidents.

Small on purpose: the states that the machines use, and nothing of the cloud. What a wait means,
which error goes where and what a task is given are read from the file itself.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.ports import RunState, TaskSettled

WORKFLOWS = Path(__file__).resolve().parents[2] / "workflows"
MOST_STEPS = 60
"""A run that goes further without waiting for anybody goes round in circles."""

ANY = "States.ALL"

Invoke = Callable[[str, dict[str, Any]], Any]


class MachineFailed(Exception):
    """An error that no state catches."""


class GoesInCircles(AssertionError):
    """A run goes on and on, and waits for nobody."""


@dataclass
class Run:
    """One execution."""

    name: str
    data: dict[str, Any]
    state: str | None
    token: str = ""
    told: dict[str, Any] | None = None
    tokens: int = field(default=0)

    def fail(self) -> None:
        """It fails for a reason of its own."""
        self.state, self.token = None, ""

    def time_out(self) -> None:
        """Its wait outlives its limit."""
        self.told = {"error": "States.Timeout"}


class Machine:
    """All executions of one process; `invoke` runs a function by its placeholder, such as `LookUpApplication`.

    The token of a waiting state begins with the name of the process.
    """

    def __init__(self, process: str, invoke: Invoke) -> None:
        self.name = process
        self.definition = json.loads((WORKFLOWS / f"{process}.asl.json").read_text())
        self.invoke = invoke
        self.runs: dict[str, Run] = {}
        self.restarts = 0

    def start(self, name: str, record_input: Mapping[str, Any]) -> None:
        """The port `Process`."""
        first = self.definition["StartAt"]
        self.runs.setdefault(name, Run(name, dict(record_input), first))

    def state(self, name: str) -> RunState:
        """The port `Process`."""
        run = self.runs.get(name)
        if run is None:
            return RunState.UNKNOWN
        return RunState.RUNNING if run.state else RunState.ENDED

    def succeed(self, task_token: str, output: Mapping[str, Any]) -> None:
        """The port `Resumer`."""
        self._tell(task_token, {"output": dict(output)})

    def fail(self, task_token: str, error: str, cause: str) -> None:
        """The port `Resumer`."""
        self._tell(task_token, {"error": error})

    def go_on(self) -> None:
        """Every run goes on until it waits for somebody, or ends."""
        for run in list(self.runs.values()):
            for _ in range(MOST_STEPS):
                if not self._step(run):
                    break
            else:
                raise GoesInCircles(f"{run.name} at {run.state}: {run.data}")

    def waiting(self) -> list[Run]:
        """The runs that wait for an answer."""
        return [run for run in self.runs.values() if run.token and not run.told]

    def kill(self, run: Run) -> None:
        """The run fails for a reason of its own."""
        run.fail()

    def forget_all(self) -> None:
        """The cloud starts again without its executions."""
        self.restarts += 1
        self.runs = {name: run for name, run in self.runs.items() if run.state is None}

    def time_out(self, run: Run) -> None:
        """The wait of a run outlives its limit."""
        run.time_out()

    def call_of(self, run: Run) -> tuple[str, dict[str, Any]]:
        """The function that the state of a run calls, by its placeholder, and what it is given."""
        return _called(self.definition["States"][run.state], run)

    def _tell(self, token: str, told: dict[str, Any]) -> None:
        run = next((run for run in self.runs.values() if run.token == token and run.told is None), None)
        if run is None:
            raise TaskSettled("Cette étape est déjà close.")
        run.told = told

    def _step(self, run: Run) -> bool:
        """One state further; False when the run waits or has ended."""
        if run.state is None or (run.token and not run.told):
            return False
        state = self.definition["States"][run.state]
        try:
            run.state = getattr(self, f"_{state['Type'].lower()}")(run, state)
        except MachineFailed:
            self.kill(run)
        return run.state is not None

    def _choice(self, run: Run, state: dict[str, Any]) -> str:
        for choice in state["Choices"]:
            if _read(choice["Variable"], run.data) == wanted(choice):
                return str(choice["Next"])
        return str(state["Default"])

    def _succeed(self, run: Run, state: dict[str, Any]) -> None:
        return None

    def _map(self, run: Run, state: dict[str, Any]) -> str:
        """What is done for each item, one after the other; nobody is waited for in it, and nothing comes of it."""
        processor, items = state["ItemProcessor"], _read(state["ItemsPath"], run.data)
        for item in items:
            inner = Run(run.name, _fill(state["ItemSelector"], run, item), processor["StartAt"])
            while inner.state:
                inner.state = self._task(inner, processor["States"][inner.state])
        assert state["ResultPath"] is None
        return str(state["Next"])

    def _task(self, run: Run, state: dict[str, Any]) -> str | None:
        waits = state["Resource"].endswith(".waitForTaskToken")
        told = run.told if run.token else self._call(run, state, waits)
        if waits and told is None:
            return run.state
        run.token, run.told = "", None
        if "error" in told:
            return self._caught(run, state, told["error"])
        self._keep(run, state, told["output"])
        return None if state.get("End") else str(state["Next"])

    def _call(self, run: Run, state: dict[str, Any], waits: bool) -> dict[str, Any] | None:
        """What the function answers; None while somebody else is to answer."""
        if waits:
            run.tokens += 1
            run.token = f"{self.name}/{run.name}/{self.restarts}/{run.tokens}"
        function, payload = _called(state, run)
        attempts = 1 + max(_retries(state, "ChangedMeanwhile"), 0)
        for attempt in range(attempts):
            try:
                output = self.invoke(function, payload)
            except ChangedMeanwhile:
                if attempt + 1 < attempts:
                    continue
                return {"error": "ChangedMeanwhile"}
            except Exception as error:
                return {"error": type(error).__name__}
            return run.told if waits else {"output": {"Payload": output}}
        raise AssertionError("unreachable")

    def _caught(self, run: Run, state: dict[str, Any], error: str) -> str:
        for catch in state.get("Catch", ()):
            if error in catch["ErrorEquals"] or ANY in catch["ErrorEquals"]:
                _write(catch["ResultPath"], run.data, {"Error": error})
                return str(catch["Next"])
        raise MachineFailed(error)

    def _keep(self, run: Run, state: dict[str, Any], output: Any) -> None:
        if "ResultSelector" in state:
            output = {
                key.removesuffix(".$"): _read(path, output) for key, path in state["ResultSelector"].items()
            }
        if state["ResultPath"] == "$":
            run.data = output
        elif state["ResultPath"] is not None:
            _write(state["ResultPath"], run.data, output)


def wanted(choice: Mapping[str, Any]) -> str | bool:
    """The text, or the yes or no, that a rule of a choice compares with."""
    found: str | bool = choice["BooleanEquals"] if "BooleanEquals" in choice else choice["StringEquals"]
    return found


def _retries(state: dict[str, Any], error: str) -> int:
    found = [retry["MaxAttempts"] for retry in state.get("Retry", ()) if error in retry["ErrorEquals"]]
    return int(found[0]) if found else 0


def _called(state: dict[str, Any], run: Run) -> tuple[str, dict[str, Any]]:
    asked = state["Parameters"]
    return asked["FunctionName"].removeprefix("${").removesuffix("Arn}"), _fill(asked["Payload"], run)


def _fill(template: dict[str, Any], run: Run, item: Any = None) -> dict[str, Any]:
    of_context = {"$$.Task.Token": run.token, "$$.Map.Item.Value": item}

    def value(key: str, given: Any) -> Any:
        if not key.endswith(".$"):
            return given
        return of_context[given] if given in of_context else _read(given, run.data)

    return {key.removesuffix(".$"): value(key, given) for key, given in template.items()}


def _read(path: str, data: Any) -> Any:
    for name in path.removeprefix("$").split(".")[1:]:
        data = data[name]
    return data


def _write(path: str, data: dict[str, Any], value: Any) -> None:
    data[path.removeprefix("$.")] = value
