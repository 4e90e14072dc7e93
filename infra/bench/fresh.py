"""Code timed in fresh interpreters that see what Lambda sees: the unpacked zip, and boto3 beside it.

What is counted is processor time: the clock on the wall also measures whoever else uses the machine.
"""

import statistics
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

BEGIN = "import sys, time; _began = time.process_time()\n"
END = "\nprint(time.process_time() - _began, file=sys.stderr)"
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "AWS_REGION": "eu-west-3",
    "AWS_DEFAULT_REGION": "eu-west-3",
    "AWS_ACCESS_KEY_ID": "bench",
    "AWS_SECRET_ACCESS_KEY": "bench",
    "STAGE": "bench",
    "BASE_URL": "https://pro.example.org",
    "TABLE_PREFIX": "cordee-bench",
    "MACHINE_ARN_PREFIX": "arn:aws:states:eu-west-3:123456789012:stateMachine:cordee-bench",
    "MAIL_SENDER": "bonjour@office.example.org",
    "FILES_BUCKET": "cordee-bench-files",
    "FILES_ORIGIN": "https://files.example.org",
    "FILE_SCANNER": "off",
    "POWERTOOLS_TRACE_DISABLED": "true",
    "PYTHONDONTWRITEBYTECODE": "1",
}


@dataclass(frozen=True)
class Case:
    """Code to time, with the unpacked zip that it finds."""

    code: str
    folder: Path


def ratios(cases: Mapping[str, Case], reference: Case, repeats: int, endpoint: str) -> dict[str, float]:
    """The time of each case as a multiple of the reference, the median of as many rounds.

    In each round every case runs once, and its time is divided by that of the reference in that round.
    """
    taken: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(repeats):
        of_reference = seconds(reference, endpoint)
        for name, case in cases.items():
            taken[name].append(seconds(case, endpoint) / of_reference)
    return {name: statistics.median(each) for name, each in taken.items()}


def seconds(case: Case, endpoint: str) -> float:
    """How long the processor takes for the code in one new interpreter, its own start left out."""
    environment = {**ENVIRONMENT, "PYTHONPATH": str(case.folder), "AWS_ENDPOINT_URL": endpoint}
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + case.code + END],
        cwd=case.folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{case.code}\n{done.stderr}")
    return float(done.stderr.split()[-1])
