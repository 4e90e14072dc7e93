"""`make run` as a process of its own, with its state in a folder of its own: to be stopped, killed and started again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

from infra.local.settings import DEFAULT_OFFICE, Settings
from infra.local.stack import LocalStack
from infra.mailbox.store import MailStore
from infra.packaging.names import ROOT
from tests.cloud import Cloud

SECONDS = 90
PROGRAM = """
import infra.local.settings as s, pathlib, sys
s.LOCAL = pathlib.Path(sys.argv[1])
s.STACK_FILE = s.LOCAL / "stack.json"
from infra.local import run
run.main()
"""


class Run:
    """One `infra.local.run` on `folder` and `port`."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.stack_file = folder / "stack.json"
        self.output = folder / f"output-{time.time_ns()}.txt"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", PROGRAM, str(folder)],
                cwd=ROOT, stdout=output, stderr=output, stdin=subprocess.DEVNULL, start_new_session=True,
                env={**os.environ, "PORT": str(port), "OFFICE": "", "AUTH": ""},
            )  # fmt: skip

    @property
    def said(self) -> str:
        """Everything that it printed."""
        return self.output.read_text()

    @property
    def cloud(self) -> Cloud:
        """The running application, looked at from this process."""
        folder = self.folder / DEFAULT_OFFICE
        stack = LocalStack(Settings(DEFAULT_OFFICE, self.port, False, folder))
        mailbox = SimpleNamespace(store=MailStore(folder / "mail"), url=f"http://127.0.0.1:{self.port + 1}")
        stack.__dict__["mailbox"] = mailbox  # the real one listens in the other process
        return Cloud(stack)

    def until_ready(self) -> "Run":
        """Wait for the addresses."""
        deadline = time.monotonic() + SECONDS
        while "Ready." not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.1)
        return self

    def stop(self, number: signal.Signals) -> int:
        """Send the signal; the exit status."""
        self.process.send_signal(number)
        return self.ended()

    def kill(self) -> None:
        """A power cut: everything of it dies at once."""
        for pid in [*self.children(), self.process.pid]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.ended()

    def ended(self) -> int:
        """The exit status, once it has ended."""
        return self.process.wait(SECONDS)

    def children(self) -> list[int]:
        """The processes that it started."""
        found = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        return [int(pid) for pid in found.stdout.split()]


@contextmanager
def stopped_at_the_end() -> Iterator[list[Run]]:
    """Whatever of the runs in the list still runs is stopped."""
    runs: list[Run] = []
    try:
        yield runs
    finally:
        for each in runs:
            each.process.terminate()
            each.ended()


def alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"
