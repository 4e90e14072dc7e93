"""`make run`: the whole application on this machine, until Ctrl-C."""

import fcntl
import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType

from infra.cloud.deployment import DeploymentFailed
from infra.cloud.progress import step, stop
from infra.local import settings
from infra.local.ministack import CloudDidNotStart
from infra.local.settings import STACK_FILE, CannotRun, Settings
from infra.local.stack import LocalStack
from infra.package import Package, PackagingFailed, build
from infra.packaging.layers import LayerNotMade
from infra.packaging.machines import UnknownPlaceholder
from infra.packaging.triggers import TriggerWithoutFunction

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
FORESEEN = (
    CannotRun,
    CloudDidNotStart,
    DeploymentFailed,
    PackagingFailed,
    LayerNotMade,
    UnknownPlaceholder,
    TriggerWithoutFunction,
)


def main() -> None:
    """Run until a signal stops it (status 0) or something is in the way (status 1, with a message)."""
    for number in STOPPING:  # SIGINT too: a shell starts its background jobs with it ignored
        signal.signal(number, _interrupt)
    try:
        _run(settings.read(os.environ))
    except KeyboardInterrupt:
        print("  Stopped.", flush=True)
    except FORESEEN as error:
        stop(str(error))


def _run(chosen: Settings) -> None:
    settings.check_ports(chosen)
    STACK_FILE.unlink(missing_ok=True)  # of a run that was killed
    print(f"\nCordée for {chosen.office}\n", flush=True)
    with _alone(chosen.folder):
        with step("Packaging") as packaging:
            package = build()
            packaging.note = f"{package.archive.stat().st_size / 1e6:.1f} MB of code"
        print(package.notes, end="", flush=True)
        _serve(LocalStack(chosen), package)


def _serve(stack: LocalStack, package: Package) -> None:
    _mark_start(stack.settings.folder)
    try:
        stack.start(package)
        _announce(stack)
        _wait(stack)
    finally:
        _stop(stack)


def _announce(stack: LocalStack) -> None:
    STACK_FILE.write_text(json.dumps(stack.description(), indent=2) + "\n")
    site = stack.settings.url
    print(
        f"""
  Ready.

    Site          {site}/adhesion
    Staff desk    {site}/bureau
    Mailbox       {stack.mailbox.url}/

  Every mail that is sent arrives in the mailbox, and nowhere else. Ctrl-C stops everything.
""",
        flush=True,
    )


def _wait(stack: LocalStack) -> None:
    """Until a signal, the end of the process that started us, or the end of the cloud."""
    parent = os.getppid()
    while stack.cloud.running:
        if os.getppid() != parent:
            raise KeyboardInterrupt
        time.sleep(0.5)
    raise CannotRun(
        f"The embedded cloud ended unexpectedly. End of {stack.cloud.log}:\n{stack.cloud.last_words()}"
    )


def _stop(stack: LocalStack) -> None:
    """Take away the sign that we are up, then stop; a second Ctrl-C must not cost the state."""
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
    if STACK_FILE.exists() and json.loads(STACK_FILE.read_text()) == stack.description():
        STACK_FILE.unlink()
    print(flush=True)
    with step("Stopping, and keeping the state"):
        stack.stop()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the state folder: two clouds on one state would overwrite each other's."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CannotRun(
                f"{folder.name} is already running: stop that `make run`, or choose another OFFICE=."
            ) from None
        yield


def _mark_start(folder: Path) -> None:
    """Say what a kill has cost: a start that no written state followed has ended by one."""
    mark = folder / "started"
    if mark.exists() and not _state_written_since(mark):
        (folder / "office.sha256").unlink(missing_ok=True)
        print(_lost(folder), flush=True)
    mark.touch()


def _lost(folder: Path) -> str:
    """What is gone, and what there is to do."""
    written = [path.stat().st_mtime for path in (folder / "state").glob("*.json")]
    kept = "nothing had been kept before, so everything starts anew"
    if written:
        at = datetime.fromtimestamp(max(written)).astimezone()
        kept = f"everything is as it was at the clean stop of {at:%d %B %Y at %H:%M:%S}"
    return (
        f"  note: the last run was killed: {kept}.\n"
        "        What was entered since then is lost: enter it again. Mails of that time are still in the mailbox,\n"
        "        but their links open nothing. Ctrl-C keeps everything; a kill or a power cut does not."
    )


def _state_written_since(mark: Path) -> bool:
    started = mark.stat().st_mtime
    return any(path.stat().st_mtime > started for path in (mark.parent / "state").glob("*.json"))


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
