"""`make run` leaves nothing behind, however it is stopped, and remembers what it should."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from infra.packaging.names import ROOT
from tests.cloud import settings_for

pytestmark = pytest.mark.cloud
SECONDS = 60
Start = Callable[..., "Run"]


class Run:
    """One `infra.local.run` with its state in a folder of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.stack_file = folder / "stack.json"
        self.output = folder / f"output-{time.time_ns()}.txt"
        program = "import infra.local.settings as s, pathlib, sys; s.LOCAL = pathlib.Path(sys.argv[1]); "
        program += "s.STACK_FILE = s.LOCAL / 'stack.json'; from infra.local import run; run.main()"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", program, str(folder)],
                cwd=ROOT, stdout=output, stderr=output, stdin=subprocess.DEVNULL, start_new_session=True,
                env={**os.environ, "PORT": str(port), "OFFICE": ""},
            )  # fmt: skip

    def until_ready(self) -> "Run":
        deadline = time.monotonic() + SECONDS
        while "Ready." not in self.output.read_text():
            assert self.process.poll() is None, self.output.read_text()
            assert time.monotonic() < deadline, self.output.read_text()
            time.sleep(0.1)
        return self

    def ended(self) -> int:
        return self.process.wait(SECONDS)

    def children(self) -> list[int]:
        found = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        return [int(pid) for pid in found.stdout.split()]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start runs on one state folder and one port; whatever still runs at the end is stopped."""
    port = settings_for(tmp_path).port
    runs: list[Run] = []

    def run(offset: int = 0) -> Run:
        runs.append(Run(tmp_path, port + offset))
        return runs[-1]

    yield run
    for each in runs:
        each.process.terminate()
        each.ended()


def alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_everything_with_status_zero(start: Start, number: signal.Signals) -> None:
    run = start().until_ready()
    children = run.children()
    assert children
    run.process.send_signal(number)
    assert run.ended() == 0
    assert not run.stack_file.exists()
    assert not any(map(alive, children))


def test_a_second_start_finds_the_stack_and_its_data(start: Start) -> None:
    first = start().until_ready()
    described = json.loads(first.stack_file.read_text())
    assert described == {
        "url": f"http://127.0.0.1:{first.port}",
        "mailbox_url": f"http://127.0.0.1:{first.port + 1}",
        "endpoint_url": f"http://localhost:{first.port}",
        "stage": "local",
    }
    first.process.terminate()
    first.ended()
    second = start().until_ready()
    assert "nothing has changed" in second.output.read_text()
    assert "was killed" not in second.output.read_text()
    with urllib.request.urlopen(f"{described['url']}/api/v1/health") as answer:
        assert answer.status == 200


def test_a_kill_is_told_at_the_next_start(start: Start) -> None:
    run = start().until_ready()
    for pid in [*run.children(), run.process.pid]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    run.ended()
    assert "the last run was killed" in start().until_ready().output.read_text()


def test_a_second_cloud_on_the_same_state_is_refused(start: Start) -> None:
    start().until_ready()
    intruder = start(30)
    assert intruder.ended() == 1
    assert "already running" in intruder.output.read_text()
