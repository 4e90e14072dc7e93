"""A season's report for 150, 1 500 and 15 000 lodgings: how long each step takes and how much memory.

Each step runs in a process of its own, and reads returns by DynamoDB's wire as they are in the table.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.bench.fresh import ENVIRONMENT
from infra.bench.rows import Row, spaced
from infra.bench.season import season_office
from infra.bench.territory import Territory
from infra.packaging.names import ROOT

SIZES = (150, 1_500, 15_000)
SECONDS, MB = " s", " MB"
MOST_SECONDS, MOST_MB = 300 * 0.58, 1_024.0
"""Of a step: what its function may take, of which 1 GB of memory gives 0.58 of a core; and its memory."""


@dataclass(frozen=True)
class Measured:
    """What the steps for one size took: seconds of processor time, the most memory, and what was asked."""

    reading: float
    longest_part: float
    reading_mb: float
    drafting: float
    drafting_mb: float
    handed_over_mb: float
    asked: Mapping[str, int]


def rows(scratch: Path) -> Iterator[Row]:
    """The table's part about reports."""
    found = {size: measured(size, scratch / str(size)) for size in SIZES}
    smallest = found[SIZES[0]]
    for size, one in found.items():
        yield from _rows(spaced(size), one, smallest, size / SIZES[0])


def measured(size: int, folder: Path) -> Measured:
    """One report of that size."""
    folder.mkdir(parents=True)
    territory = Territory(size)
    with territory.served() as endpoint:
        parts = [
            _step(endpoint, folder, "read", str(number)) for number in range(len(season_office().sectors))
        ]
        handed_over = sum(file.stat().st_size for file in folder.iterdir())
        draft = _step(endpoint, folder, "draft")
    if not territory.asked["items"]:
        raise RuntimeError("nothing was read")
    seconds = [part["seconds"] for part in parts]
    memory = max(part["mb"] for part in parts)
    return Measured(
        sum(seconds),
        max(seconds),
        memory,
        draft["seconds"],
        draft["mb"],
        handed_over / 1e6,
        Counter(territory.asked),
    )


def _rows(size: str, one: Measured, smallest: Measured, times: float) -> Iterator[Row]:
    what = f"a season's report of {size} lodgings"
    yield Row(f"{what}: its parts read", one.reading, SECONDS)
    if one is not smallest:
        yield Row("the same, of that of 150", one.reading / smallest.reading, " x", times, 1)
    yield Row("the largest of its parts", one.longest_part, SECONDS, MOST_SECONDS)
    yield Row("the most memory of a part", one.reading_mb, MB, MOST_MB, 0)
    yield Row("calls of DynamoDB", one.asked["queries"], "", digits=0)
    yield Row("read units of DynamoDB", one.asked["halves"] / 2, "", digits=0)
    yield Row("sums handed over", one.handed_over_mb, MB)
    yield Row(f"{what}: its draft", one.drafting, SECONDS, MOST_SECONDS)
    yield Row("the most memory of the draft", one.drafting_mb, MB, MOST_MB, 0)


def _step(endpoint: str, folder: Path, *step: str) -> dict[str, float]:
    environment = {
        **ENVIRONMENT,
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "AWS_ENDPOINT_URL": endpoint,
    }
    done = subprocess.run(
        [sys.executable, "-m", "infra.bench.season", *step, str(folder)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    took: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return took
