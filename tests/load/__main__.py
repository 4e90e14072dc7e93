"""`make load`: files submitted and decided through the public pages of a cloud of its own; prints the figures."""

import os
import sys
import tempfile
from pathlib import Path

from infra.local.stack import LocalStack
from infra.package import build
from tests.cloud import Cloud, settings_for
from tests.load.counting import problems
from tests.load.load import Load, some_files


def main() -> None:
    """Run as many files with as many clients as `FILES` and `CLIENTS` say; status 1 when anything is not right."""
    number, clients = int(os.environ.get("FILES") or 1000), int(os.environ.get("CLIENTS") or 8)
    with tempfile.TemporaryDirectory(prefix="cordee-load-") as folder:
        stack = LocalStack(settings_for(Path(folder)))
        try:
            stack.start(build())
            load = Load(Cloud(stack), some_files(number), clients)
            load.run(_say)
            found = problems(load)
        finally:
            stack.stop()
    _print(load, found)
    sys.exit(bool(found))


def _say(progress: str) -> None:
    if sys.stdout.isatty():
        print(f"\r  {progress}", end="", flush=True)


def _print(load: Load, found: list[str]) -> None:
    per_second = len(load.files) / load.seconds
    print(f"\n\n{load.figures.table()}\n")
    print(f"{len(load.files)} files, {load.clients} clients, {len(load.figures.statuses)} requests,", end=" ")
    print(f"{len(load.mails)} mails, {load.seconds:.0f} s: {per_second:.2f} files a second.")
    print(f"{len(found)} problems." if found else "Nothing lost, nothing twice, no answer of 500 or more.")
    for problem in found[:40]:
        print(f"  {problem}")


if __name__ == "__main__":
    main()
