"""Steps on the console, one line each, with how long it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn


class Step:
    """A step under way; `note` may be set to what is worth knowing about its outcome."""

    note = ""


@contextmanager
def step(title: str) -> Iterator[Step]:
    """Print `title` at once, and its duration (with the note) once it is done."""
    started = time.monotonic()
    under_way = Step()
    print(f"  {title:<44}", end="", flush=True)
    try:
        yield under_way
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - started:5.1f} s  {under_way.note}".rstrip(), flush=True)


def stop(message: str) -> NoReturn:
    """End the program with a message for a person, without a traceback."""
    print(f"\n{message}\n", file=sys.stderr, flush=True)
    raise SystemExit(1)
