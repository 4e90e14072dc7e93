"""One step of a season's report in a process of its own, as Lambda runs it: `read <part>`, then `draft`.

`python -m infra.bench.season read 0 <folder>` asks DynamoDB at `AWS_ENDPOINT_URL`, keeps what the bucket would keep in
the folder, and prints how long the step took and how much memory the process ever had.
"""

import json
import resource
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from chalicelib.adapters import school_holidays
from chalicelib.kernel.files import StoredFile
from chalicelib.mail.repository import OutboxRepository
from chalicelib.observatory.frames import Frames, frames_of_season
from chalicelib.observatory.making import Making
from chalicelib.observatory.report_files import ReportFiles
from chalicelib.observatory.reports import Report, ReportKind, ReportStatus
from chalicelib.observatory.repository import ReturnRepository
from chalicelib.office.building import build
from chalicelib.office.loading import checked_document, read_file
from chalicelib.office.model import Office
from infra.packaging.names import ROOT

OFFICE = ROOT / "offices" / "pays-de-gex.json"
NOW = datetime(2027, 6, 1, 5, 0, tzinfo=UTC)
REPORT = Report(
    "r1", "bilan-hiver-2026-2027", ReportKind.CLOSING, "hiver-2026-2027", "Hiver 2026-2027", ReportStatus.GATHERING,
    NOW, NOW, 1, compared="Hiver 2025-2026",
)  # fmt: skip
PEAK = "VmHWM:"


@dataclass(frozen=True)
class Folder:
    """Files as the bucket keeps them."""

    place: Path

    def get(self, key: str) -> bytes:
        """The content of a file."""
        return self._path(key).read_bytes()

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """Keep a file."""
        self._path(key).write_bytes(content)

    def delete(self, *keys: str) -> None:
        """No step that is measured forgets anything."""

    def list_under(self, prefix: str) -> list[StoredFile]:
        """No step that is measured looks around."""
        return []

    def _path(self, key: str) -> Path:
        return self.place / key.replace("/", "-")


class NoReports:
    """There is no other report."""

    def list_all(self) -> list[Report]:
        """None."""
        return []


@lru_cache(maxsize=1)
def season_office() -> Office:
    """The office whose winter is told."""
    return build(checked_document(read_file(OFFICE)), 1)


def season_frames() -> Frames:
    """What the report covers, in both years."""
    rules = season_office().observatory_rules
    season = rules.season(REPORT.about)
    if season is None:
        raise LookupError(REPORT.about)
    return frames_of_season(season, rules.previous(season), school_holidays)


def covering() -> Report:
    """The report, with the months that it is made of."""
    frames = season_frames()
    return replace(REPORT, covered=tuple({*frames.before.months, *frames.now.months}))


def making(folder: Path) -> Making:
    """What makes the report, as it is wired in the cloud but for the bucket and the other reports."""
    return Making(
        returns=ReturnRepository(OutboxRepository()),
        reports=NoReports(),
        files=ReportFiles(Folder(folder)),
        calendar=school_holidays,
        abroad=lambda day: frozenset(),
        events=list,
        office=season_office,
        clock=lambda: NOW,
    )


def main(step: str, *arguments: str) -> None:
    """Do one step, and print what it took as JSON."""
    made = making(Path(arguments[-1]))
    began, on_the_wall = time.process_time(), time.perf_counter()
    if step == "read":
        made.read_part(covering(), int(arguments[0]))
    else:
        made.draft(covering())
    took = {
        "seconds": time.process_time() - began,
        "wall": time.perf_counter() - on_the_wall,
        "mb": peak_mb(),
    }
    print(json.dumps(took))


def peak_mb() -> float:
    """The most memory that this process ever had; where the system says it, without that of who started it."""
    try:
        lines: Iterable[str] = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000_000
    return next(int(line.split()[1]) for line in lines if line.startswith(PEAK)) * 1024 / 1_000_000


if __name__ == "__main__":
    main(*sys.argv[1:])
