"""`make bench`: where the time goes, as one table in Markdown. Figures inform here; limits are kept by tests."""

import platform
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from infra import package
from infra.bench import acceptances, cold, printing, reports, seats, telling, totals, warm
from infra.bench.bare import copied
from infra.bench.rows import Row, table

MB = 1_000_000


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as scratch:
        print(table(_rows(Path(scratch))))
    print(f"\nPython {platform.python_version()}, {platform.machine()}, {_processor()}")


def _rows(scratch: Path) -> Iterator[Row]:
    made, again = package.build(scratch / "one"), package.build(scratch / "two")
    full, bare = scratch / "full", scratch / "bare"
    zipfile.ZipFile(made.archive).extractall(full)
    copied(full, bare)
    yield from cold.rows(full, bare)
    yield from warm.rows()
    yield from printing.rows(full)
    yield from acceptances.rows(scratch / "aid", made)
    yield from seats.rows(scratch / "seats", made)
    yield from reports.rows(scratch / "reports")
    yield from totals.rows()
    yield from telling.rows()
    yield Row("size of the zip", made.archive.stat().st_size / MB, " MB", 6)
    differing = made.archive.read_bytes() != again.archive.read_bytes()
    yield Row("bytes of the zip that a second packaging makes otherwise", float(differing), "", 0, digits=0)


def _processor() -> str:
    found = subprocess.run(["nproc"], capture_output=True, text=True, check=False).stdout.strip()
    return f"{found} cores" if found else ""


if __name__ == "__main__":
    main()
