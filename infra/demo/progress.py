"""How far a demonstration is: a bar on a terminal, a line for each finished step elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

WIDTH = 44
Tick = Callable[[], None]


@contextmanager
def bar(title: str, total: int) -> Iterator[Tick]:
    """A step of so many parts; call what is given after each of them."""
    shown = _drawn if sys.stdout.isatty() else _told
    with shown(title, total) as tick:
        yield tick


@contextmanager
def _drawn(title: str, total: int) -> Iterator[Tick]:
    columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns) as progress:
        task = progress.add_task(f"{title:<{WIDTH}}", total=total)
        yield lambda: progress.advance(task)


@contextmanager
def _told(title: str, total: int) -> Iterator[Tick]:
    begun = time.monotonic()
    done: list[None] = []
    try:
        yield lambda: done.append(None)
    finally:
        count = f"{len(done)} of {total}"
        print(f"  {title:<{WIDTH}} {count:>10} {time.monotonic() - begun:6.1f} s", flush=True)
