"""The whole application on tables in memory, with a process that is walked step by step and may die anywhere."""

import copy
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import SimpleNamespace
from typing import Any
from unittest import mock
from urllib.parse import urlencode

from botocore.exceptions import ClientError
from chalice.test import Client
from moto import mock_aws
from moto.backends import get_backend

from chalicelib.adapters import aws
from chalicelib.kernel.ports import RunState, TaskSettled
from infra.packaging.names import functions
from tests.fakes import FakeClock
from tests.harness.clock import clock_set
from tests.harness.crash import Gate, Killed, gated
from tests.inprocess import (
    ACCOUNT,
    BASE_URL,
    ENVIRONMENT,
    REGION,
    client,
    create_tables,
    forget_caches,
    handler,
)
from tests.stateful.driver import Machine

FORM = "application/x-www-form-urlencoded"
FUNCTIONS = {each.logical_id: each.id for each in functions().values()}
SWEEPS = ("reconcile_onboarding", "sweep_decisions", "sweep_outbox", "sweep_drafts")
MOST_ROUNDS = 20


class StepFunctions:
    """The client of Step Functions, with executions that are walked in this process."""

    exceptions = SimpleNamespace(ClientError=ClientError)

    def __init__(self, machine: Machine, gate: Gate) -> None:
        self.machine = machine
        self.gate = gate

    def start_execution(self, *, name: str, input: str, **_: Any) -> None:  # noqa: A002
        self.gate.call("StartExecution", lambda: self.machine.start(name, json.loads(input)))

    def describe_execution(self, *, executionArn: str) -> dict[str, str]:  # noqa: N803
        state = self.gate.call(
            "DescribeExecution", lambda: self.machine.state(executionArn.rpartition(":")[2])
        )
        if state is RunState.UNKNOWN:
            raise _refusal("ExecutionDoesNotExist")
        return {"status": "RUNNING" if state is RunState.RUNNING else "FAILED"}

    def send_task_success(self, *, taskToken: str, output: str) -> None:  # noqa: N803
        self._tell("SendTaskSuccess", lambda: self.machine.succeed(taskToken, json.loads(output)))

    def send_task_failure(self, *, taskToken: str, error: str, cause: str) -> None:  # noqa: N803
        self._tell("SendTaskFailure", lambda: self.machine.fail(taskToken, error, cause))

    def _tell(self, name: str, tell: Any) -> None:
        try:
            self.gate.call(name, tell)
        except TaskSettled as settled:
            raise _refusal("TaskDoesNotExist") from settled


class FaultyWorld:
    """One application with one browser. `retries` says whether what died is tried once more."""

    def __init__(self, clock: FakeClock, gate: Gate, process: str) -> None:
        self.clock = clock
        self.gate = gate
        self.machine = Machine(process, self._invoke_by_placeholder)
        self.cookies: dict[str, str] = {}
        self.retries = True

    def press(self, path: str, **form: Any) -> int:
        """A person sends a form, and again if no answer came; the status they see, 0 for none."""
        for _ in range(1 + self.retries):
            with suppress(Killed):
                return self._post(path, form)
        return 0

    def invoke(self, function_id: str, event: dict[str, Any] | None = None) -> Any:
        """The cloud runs a function, and again if it died."""
        for attempt in range(1 + self.retries):
            try:
                return handler(function_id)(event or {}, None)
            except Killed:
                if attempt == self.retries:
                    raise RuntimeError(function_id) from None
        raise AssertionError("unreachable")

    def go_on(self) -> None:
        """Processes run and mails leave until everything waits for a person."""
        for _ in range(MOST_ROUNDS):
            self.machine.go_on()
            waiting = [row["pk"]["S"] for row in self.rows("mail") if row["state"]["S"] == "new"]
            if not waiting:
                return
            for key in waiting:
                with suppress(RuntimeError):
                    self.invoke("send_mail", _stream_of(key))
        raise AssertionError("it never comes to rest")

    def settle(self) -> None:
        """Time passes, and all that repairs runs, twice."""
        self.gate.disarm()
        self.retries = True
        for minutes in (20, 180):
            self.clock.wait(minutes=minutes)
            for sweep in SWEEPS:
                self.invoke(sweep)
            self.go_on()

    def link(self, to: str, page: str) -> str:
        """The path of the newest link to a page that was mailed to somebody."""
        links = [link for letter in self.gate.letters if letter.to == to for link in letter.links]
        return [link.removeprefix(BASE_URL) for link in links if f"{page}/" in link][-1]

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Every item of a table."""
        items = _tables()[f"{ENVIRONMENT['TABLE_PREFIX']}-{table}"].all_items()
        return [item.to_json()["Attributes"] for item in items]

    def checkpoint(self) -> Any:
        """All that may change, to come back to."""
        letters, runs = list(self.gate.letters), self.machine.runs
        return copy.deepcopy((_tables(), runs, self.clock.at, self.cookies, letters))

    def restore(self, checkpoint: Any) -> None:
        """Everything as it was then."""
        tables, runs, at, self.cookies, letters = copy.deepcopy(checkpoint)
        _tables().clear()
        _tables().update(tables)
        self.machine.runs, self.clock.at, self.gate.letters = runs, at, letters
        self.retries = True
        self.gate.disarm()

    def _post(self, path: str, form: dict[str, Any]) -> int:
        import app

        headers = {"Content-Type": FORM, "Sec-Fetch-Site": "same-origin"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        with Client(app.app) as browser:
            answer = browser.http.post(path, headers=headers, body=urlencode(form, doseq=True).encode())
        self._keep_cookies(answer.headers.get("Set-Cookie", []))
        return int(answer.status_code)

    def _keep_cookies(self, lines: str | list[str]) -> None:
        for line in [lines] if isinstance(lines, str) else lines:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value

    def _invoke_by_placeholder(self, placeholder: str, payload: dict[str, Any]) -> Any:
        return self.invoke(FUNCTIONS[placeholder], payload)


@contextmanager
def faulty_world(process: str) -> Iterator[FaultyWorld]:
    """A new application whose every AWS call passes a gate."""
    gate = Gate()
    with mock.patch.dict("os.environ", ENVIRONMENT), mock_aws(), clock_set() as clock:
        forget_caches()
        create_tables()
        client("ses").verify_email_identity(EmailAddress=ENVIRONMENT["MAIL_SENDER"])
        world = FaultyWorld(clock, gate, process)
        real = aws.client
        process_client = StepFunctions(world.machine, gate)
        chosen = lambda service: process_client if service == "stepfunctions" else real(service)  # noqa: E731
        with mock.patch.object(aws, "client", chosen), gated(gate):
            yield world
    forget_caches()


def _stream_of(key: str) -> dict[str, Any]:
    return {"Records": [{"dynamodb": {"Keys": {"pk": {"S": key}}, "SequenceNumber": "1"}}]}


def _tables() -> dict[str, Any]:
    found: dict[str, Any] = get_backend("dynamodb")[ACCOUNT][REGION].tables
    return found


def _refusal(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": code}}, code)
