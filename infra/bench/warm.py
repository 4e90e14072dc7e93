"""A warm function: its own time for an event, without the waiting for DynamoDB, and its calls of it."""

import importlib
import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from botocore.client import BaseClient
from chalice import Chalice

from chalicelib.runtime.observability import logger
from chalicelib.web import middleware
from infra.bench import use_cases
from infra.bench.rows import Row

ROUNDS = 40
PAGE = "/adhesion/demande/vous"
ANSWERS = {
    "first_name": "Maëlle", "last_name": "Durand", "email": "maelle@hotel.example.fr", "phone": "04 65 71 00 12",
}  # fmt: skip


def rows() -> Iterator[Row]:
    """The table's second part."""
    with (
        Path(os.devnull).open("w") as nowhere,
        mock.patch.object(logger.registered_handler, "stream", nowhere),
    ):
        found, calls = _ratios(), _tests("speed.calls").calls_by_use_case()
    yield Row("a bare route of Chalice, warm, the reference of what follows", 1)
    yield Row("the same route behind the middleware, with its log line", found["wrapped"], aim=5)
    yield Row("the form's first page, with middleware and log line", found["page"], aim=5)
    yield Row("an invalid submission of that page", found["invalid"])
    yield Row("a valid submission of that page", found["valid"])
    for name, made in calls.items():
        aim = 3 if name.startswith("GET") else 4
        yield Row(f"calls of DynamoDB: `{name}`", len(made), "", aim, digits=0)
    yield from use_cases.rows(calls)


def _ratios() -> dict[str, float]:
    with _tests("harness.world").faulty_world(), without_waiting() as waited:
        _tests("faults.house").open_office()
        cases = _cases()
        taken: dict[str, list[float]] = {name: [] for name in cases}
        for _ in range(ROUNDS):
            for name, ask in cases.items():
                before, began = waited[0], time.process_time()
                ask()
                taken[name].append(time.process_time() - began - (waited[0] - before))
    reference = statistics.median(taken["bare"])
    return {name: statistics.median(each) / reference for name, each in taken.items()}


def _cases() -> dict[str, Callable[[], Any]]:
    import app

    bare, wrapped = _site(), _site()
    middleware.register(wrapped)
    browser_of = _tests("integration.access.browser").Browser
    browser = browser_of(app.app)
    hidden = dict(_tests("faults.house").HIDDEN.findall(browser.get(PAGE).body))
    browser.post(PAGE, **ANSWERS, **hidden)
    return {
        "bare": lambda: browser_of(bare).get("/bare"),
        "wrapped": lambda: browser_of(wrapped).get("/bare"),
        "page": lambda: browser_of(app.app).get(PAGE),
        "invalid": lambda: browser.post(PAGE, **{**ANSWERS, "email": "maelle"}),
        "valid": lambda: browser.post(PAGE, **ANSWERS),
    }


def _tests(name: str) -> Any:
    """A module of the tests: they know how to run the application in one process."""
    return importlib.import_module(f"tests.{name}")


def _site() -> Chalice:
    site = Chalice("bench", configure_logs=False)
    site.route("/bare")(lambda: {"status": "ok"})
    return site


@contextmanager
def without_waiting() -> Iterator[list[float]]:
    """The seconds of processor time spent in calls of AWS so far."""
    waited, make_call = [0.0], BaseClient._make_api_call

    def through(client: BaseClient, operation: str, arguments: dict[str, Any]) -> Any:
        began = time.process_time()
        try:
            return make_call(client, operation, arguments)
        finally:
            waited[0] += time.process_time() - began

    with mock.patch.object(BaseClient, "_make_api_call", through):
        yield waited
