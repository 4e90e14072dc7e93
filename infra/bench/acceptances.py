"""How many acceptances a second one envelope takes, on an embedded cloud of its own."""

import importlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from infra.bench.rows import Row
from infra.local.stack import LocalStack
from infra.package import Package

FILES = 60
MOST_AT_ONCE = 6
CENTS = 10_000
PER_SECOND = " a second"


def rows(scratch: Path, made: Package) -> Iterator[Row]:
    """The table's part about the envelope; every process has several in flight."""
    stack = LocalStack(_tests("cloud").settings_for(scratch / "cloud"))
    try:
        stack.start(made)
        cloud = _tests("cloud").Cloud(stack)
        with _tests("harness.race").Racers(cloud, MOST_AT_ONCE) as racers:
            for at_once in (1, MOST_AT_ONCE):
                figure = _per_second(racers, at_once)
                yield Row(f"acceptances on one envelope, by {at_once} at once", figure, PER_SECOND, digits=1)
    finally:
        stack.stop()


def _per_second(racers: Any, at_once: int) -> float:
    files = _files(racers)
    work, accept = _tests("harness.starts").Work, _tests("e2e.aid_files").accept_in_turn
    before = time.perf_counter()
    told = racers.each([work(accept, (files[at::at_once],)) for at in range(at_once)])
    seconds = time.perf_counter() - before
    if {status for each in told for status in each} != {"granted"}:
        raise RuntimeError(f"not all were granted: {told}")
    return len(files) / seconds


def _files(racers: Any) -> list[str]:
    work, named = _tests("harness.starts").Work, _tests("people").named
    answers = [named("Hôtel mesuré", star_rating=0, classified_until=None) for _ in range(FILES)]
    made: list[str] = racers.each(
        [work(_tests("e2e.aid_files").file_to_accept, (each, CENTS)) for each in answers]
    )
    return made


def _tests(module: str) -> Any:
    """A module of the tests, which are not there in what is deployed."""
    return importlib.import_module(f"tests.{module}")
