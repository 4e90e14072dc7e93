"""The processes of the runners: the application as a function of the deployment has it."""

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from unittest import mock

from tests.harness.starts import Request

READY, HELD, GO = "ready", "held", "go"


def lead(lines: Sequence[Connection], environment: dict[str, str]) -> None:
    """Have the application once, then a runner for each line: a copy of this process."""
    os.environ.clear()
    os.environ.update(environment)
    sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 - what a function logs
    _warm_up()
    for line in lines:
        if os.fork() == 0:
            _run(line)
            os._exit(0)
    for _ in lines:
        os.wait()


def _warm_up() -> None:
    """Import, read and compile once what every runner would else do for itself, then hang up.

    Copies of this process must not speak on one connection.
    """
    from botocore.httpsession import URLLib3Session
    from pynamodb.models import Model

    from chalicelib.adapters import aws

    Request("/adhesion").here()
    _ = aws.client("stepfunctions"), aws.client("sesv2")
    for item in _subclasses(Model):
        _ = item._get_connection().connection.client if hasattr(item, "Meta") else None
    for one in gc.get_objects():
        if isinstance(one, URLLib3Session):
            one.close()


def _subclasses(base: type) -> Iterator[type]:
    for each in base.__subclasses__():
        yield each
        yield from _subclasses(each)


def _run(line: Connection) -> None:
    """Do what comes on the line until it is closed."""
    line.send(READY)
    while True:
        try:
            start, hold, twin = line.recv()
        except EOFError:
            return
        line.send(_done(line, start, hold, twin))


def _done(line: Connection, start: Any, hold: str, twin: Callable[[], Any] | None) -> Any:
    try:
        with twin() if twin else nullcontext(), _held(line, hold):
            return start.here()
    except Exception as error:
        return RuntimeError(f"{type(error).__name__}: {error}")


@contextmanager
def _held(line: Connection, hold: str) -> Iterator[None]:
    """Wait for the other runners, before the first AWS call of that name, or at once."""
    from botocore.client import BaseClient

    def wait() -> None:
        line.send(HELD)
        line.recv()

    if not hold:
        wait()
        yield
        return
    make_call, waits = BaseClient._make_api_call, [True]

    def through(client: BaseClient, operation: str, arguments: dict[str, Any]) -> Any:
        if operation == hold and waits:
            waits.clear()
            wait()
        return make_call(client, operation, arguments)

    with mock.patch.object(BaseClient, "_make_api_call", through):
        yield
