"""A year of an office: how often what happens, and what of it is used. The assumptions are in `year.json`."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from infra.packaging.cloudformation import load
from infra.packaging.names import ROOT

YEAR = Path(__file__).parent / "year.json"
DAYS, WORKING_DAYS, MONTHS = 365, 261, 12
RUNS = {"rate(5 minutes)": DAYS * 24 * 12, "rate(1 hour)": DAYS * 24}
GB = 1_000_000_000
RAW = ("mail_bytes", "stored_bytes", "file_bytes", "attached")
"""What has no price by itself."""
Used = Mapping[str, float]


@dataclass(frozen=True)
class Happening:
    """Something that happens `times` a year for each partner, lodging or mail, or in the office."""

    what: str
    per: str
    times: float
    why: str
    steps: str = ""
    pages: Mapping[str, int] = field(default_factory=dict)
    usage: Used = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True)
class Year:
    """The assumptions, and the sizes of offices that they are worked out for."""

    partners: tuple[int, ...]
    shares: Mapping[str, Mapping[str, Any]]
    assumptions: Mapping[str, Mapping[str, Any]]
    happens: tuple[Happening, ...]
    always: Used

    def assumed(self, name: str) -> float:
        """One of the assumptions."""
        return float(self.assumptions[name]["value"])

    def count(self, per: str, partners: int) -> float:
        """How many there are of what something happens to, in an office of so many partners."""
        if per in self.shares:
            return partners * float(self.shares[per]["times"])
        return partners if per == "partner" else 1


@dataclass(frozen=True)
class Counted:
    """What is used by each scenario, by each page, and by each run of a function on a schedule."""

    scenarios: Mapping[str, Used]
    pages: Mapping[str, Used]
    rounds: Mapping[str, Used]


@lru_cache(maxsize=1)
def year() -> Year:
    """The year in the file."""
    stored = json.loads(YEAR.read_text())
    happens = tuple(Happening(**each) for each in stored["happens"])
    return Year(tuple(stored["partners"]), stored["shares"], stored["assumptions"], happens, stored["always"])


def runs_a_year(when: str) -> int:
    """How often a schedule of `infra/triggers.yaml` runs."""
    if when in RUNS:
        return RUNS[when]
    if not when.startswith("cron("):
        raise ValueError(f"{when} is of no kind that is known here")
    return WORKING_DAYS if "MON-FRI" in when else DAYS


def schedules() -> dict[str, int]:
    """The runs a year of each function on a schedule."""
    listed = load(ROOT / "infra" / "triggers.yaml")["schedules"]
    return {name: runs_a_year(each["when"]) for name, each in listed.items()}


def usage(of: Year, counted: Counted, partners: int, memory_gb: float) -> Counter[str]:
    """All that an office of so many partners uses in a year, by the keys of the price list."""
    found: Counter[str] = Counter()
    for one in of.happens:
        if one.per != "mail":
            _add(found, _once(one, counted), one.times * of.count(one.per, partners))
    for name, runs in schedules().items():
        _add(found, counted.rounds[name], runs)
        found["schedules"] += runs
    for one in of.happens:
        if one.per == "mail":
            _add(found, _once(one, counted), one.times * found["mails"])
    return _priced(of, found, memory_gb)


def _once(one: Happening, counted: Counted) -> Counter[str]:
    once: Counter[str] = Counter()
    _add(once, one.usage, 1)
    if one.steps:
        _add(once, counted.scenarios[one.steps], 1)
    for page, times in one.pages.items():
        _add(once, counted.pages[page], times)
    return once


def _priced(of: Year, found: Counter[str], memory_gb: float) -> Counter[str]:
    """What follows from the rest: cold starts, logs, bytes."""
    raw = {key: found.pop(key, 0) for key in RAW}
    cold = found["lambda_requests"] * of.assumed("cold_share")
    kept = raw["stored_bytes"] * (1 + of.assumed("index_share")) / GB * of.assumed("months_kept")
    _add(found, of.always, 1)
    _add(
        found,
        {
            "lambda_gb_seconds": cold * of.assumed("cold_seconds") * memory_gb,
            "log_gb": found["lambda_requests"] * of.assumed("log_bytes") / GB,
            "out_gb": found["api_requests"] * of.assumed("page_bytes") / GB,
            "dynamodb_gb_months": kept,
            "dynamodb_backup_gb_months": kept,
            "s3_gb_months": raw["file_bytes"] / GB * of.assumed("months_kept"),
            "mail_gb": raw["attached"] * of.assumed("attachment_bytes") / GB,
        },
        1,
    )
    return found


def _add(into: Counter[str], used: Used, times: float) -> None:
    for key, amount in used.items():
        into[key] += amount * times  # type: ignore[assignment]
