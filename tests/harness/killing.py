"""Functions of the embedded cloud that are killed: by themselves after a call, or from outside while they run."""

import io
import os
import signal
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from infra.package import build
from tests.cloud import Cloud
from tests.harness.waiting import until

HERE = Path(__file__).parent
NAME = "dying"


@contextmanager
def dying(cloud: Cloud, function: str, after: str, *, unguarded: bool = False) -> Iterator[str]:
    """A copy of a function of the deployment that is killed after each AWS call named `after`; its name."""
    functions = cloud.client("lambda")
    real = functions.get_function_configuration(FunctionName=f"{cloud.prefix}-{function}")
    fate = {"DIES_AFTER": after, "REAL_HANDLER": real["Handler"], **({"UNGUARDED": "1"} if unguarded else {})}
    name = f"{NAME}-{function}-{time.time_ns()}"
    functions.create_function(
        FunctionName=name,
        Runtime=real["Runtime"],
        Role=real["Role"],
        Handler="dying.handler",
        Timeout=real["Timeout"],
        Environment={"Variables": {**real["Environment"]["Variables"], **fate}},
        Code={"ZipFile": _code()},
    )
    try:
        yield name
    finally:
        functions.delete_function(FunctionName=name)


def _code() -> bytes:
    packed = io.BytesIO(build().archive.read_bytes())
    with zipfile.ZipFile(packed, "a") as archive:
        for module in ("dying", "unguarded"):
            archive.write(HERE / f"{module}.py", f"{module}.py")
    return packed.getvalue()


@contextmanager
def stopped(cloud: Cloud, function: str) -> Iterator[list[int]]:
    """The warm processes of a function, stopped as by a debugger; what is asked of them waits. Kill them, or they go on."""
    pids = until(lambda: processes(cloud, function), f"a process of {function}")
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield pids
    finally:
        for pid in set(pids) & set(processes(cloud, function)):
            os.kill(pid, signal.SIGCONT)


def processes(cloud: Cloud, function: str) -> list[int]:
    """The processes in which the embedded cloud runs a function."""
    mark = f"{cloud.stack.settings.folder}/tmp/ministack-lambda-{cloud.prefix}-{function}-"
    return [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/cmdline") if mark in _command(path)]


def _command(path: Path) -> str:
    try:
        return path.read_bytes().decode(errors="replace")
    except OSError:
        return ""


def logged(cloud: Cloud, name: str) -> list[Any]:
    """What a function logged."""
    logs = cloud.client("logs")
    try:
        pages = logs.get_paginator("filter_log_events").paginate(logGroupName=f"/aws/lambda/{name}")
        return [event["message"] for page in pages for event in page["events"]]
    except logs.exceptions.ResourceNotFoundException:
        return []
