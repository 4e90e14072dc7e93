"""Races: many callers at the same instant, each in a process of its own, as each Lambda is one.

    with Racers(cloud, 10) as racers:
        answers = racers.race([press(path, form)] * 10, hold="TransactWriteItems")
        broken = racers.race([press(path, form)] * 10, hold="TransactWriteItems", twin=unconditional)

Every runner holds the real application on the embedded cloud. They are stopped where it hurts most, before their first
AWS call of the name `hold` (before everything without it), until all are there. A `twin` makes the context manager
within which they run: it switches the guard off, and the race must then be lost.
"""

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from multiprocessing.connection import Connection
from threading import Barrier
from typing import Any

from tests.cloud import Cloud
from tests.harness import lane
from tests.harness.starts import Start

SECONDS = 60
Twin = Callable[[], AbstractContextManager[Any]]


class Racers:
    """Runners that wait for races; they start once, which takes some seconds, and serve for many."""

    def __init__(self, cloud: Cloud, number: int) -> None:
        self.number = number
        context = multiprocessing.get_context(
            "spawn"
        )  # a copy of the tests' own process would hold its threads' locks
        ends = [context.Pipe() for _ in range(number)]
        self._lines = [ours for ours, _ in ends]
        self._leader = context.Process(
            target=lane.lead, args=([theirs for _, theirs in ends], environment_of(cloud))
        )
        self._leader.start()
        for _, theirs in ends:
            theirs.close()

    def __enter__(self) -> "Racers":
        for line in self._lines:
            _hear(line)
        return self

    def __exit__(self, *_: object) -> None:
        for line in self._lines:
            line.close()
        self._leader.join()

    def race(self, starts: Sequence[Start], *, hold: str = "", twin: Twin | None = None) -> list[Any]:
        """Do all these at the same instant; their results in order, an exception as an object.

        More starts than runners go in waves.
        """
        results: list[Any] = []
        for first in range(0, len(starts), self.number):
            results += self._wave(starts[first : first + self.number], hold, twin)
        return results

    def each(self, starts: Sequence[Start]) -> list[Any]:
        """Do all these, as fast as may be, in no race; the first exception is raised."""
        results = self.race(starts)
        for failure in results:
            if isinstance(failure, Exception):
                raise failure
        return results

    def _wave(self, starts: Sequence[Start], hold: str, twin: Twin | None) -> list[Any]:
        lines = self._lines[: len(starts)]
        for line, start in zip(lines, starts, strict=True):
            line.send((start, hold, twin))
        told = [_hear(line) for line in lines]
        for line, word in zip(lines, told, strict=True):
            if word == lane.HELD:
                line.send(lane.GO)
        return [_hear(line) if word == lane.HELD else word for line, word in zip(lines, told, strict=True)]


def race_in_the_cloud(cloud: Cloud, starts: Sequence[Start]) -> list[Any]:
    """The same through the gateway, with the functions of the deployment: as near as threads can."""
    together = Barrier(len(starts))

    def run(start: Start) -> Any:
        together.wait()
        return start.there(cloud)

    with ThreadPoolExecutor(len(starts)) as threads:
        return list(threads.map(run, starts))


def environment_of(cloud: Cloud) -> dict[str, str]:
    """The variables that a function of the deployment runs with."""
    functions = cloud.client("lambda")
    name = f"{cloud.prefix}-api_handler"
    own = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    here = cloud.stack.cloud.environment()
    return {**here, **own, "AWS_REGION": here["AWS_DEFAULT_REGION"], "AWS_LAMBDA_FUNCTION_NAME": name}


def _hear(line: Connection) -> Any:
    if not line.poll(SECONDS):
        raise AssertionError("a runner has fallen silent")
    return line.recv()
