"""`make costs`: what a year costs an office of 150, 1 500 and 150 000 partners, from counted calls and dated prices."""

import contextlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from infra.costs import bill, scenarios, year
from infra.costs.scenarios import Machine
from infra.packaging.cloudformation import load
from infra.packaging.names import ROOT

FULL_CORE_MB = 1769
"""Lambda gives one core for so much memory, and its share for less."""
COUNTED_METRIC = re.compile(r'\bcount\("(\w+)"')
TRIGGERS = ("schedules", "streams", "topics", "events")


def main() -> None:
    """Count, multiply, print."""
    of, machine, prices = year.year(), machine_of_functions(), bill.price_list()
    with _quiet():
        counted = year.Counted(
            scenarios.measured(machine),
            {name: meter.usage for name, meter in scenarios.pages(machine).items()},
            scenarios.rounds(list(year.schedules()), machine),
        )
    bills = {}
    for partners in of.partners:
        used = year.usage(of, counted, partners, machine.memory_gb)
        used.update(standing())
        bills[partners] = bill.bill(used, prices.prices)
    print("\n".join(_told(of, prices, bills)))


def machine_of_functions() -> Machine:
    """The memory of all functions, from the configuration that the template is made of."""
    stages = json.loads((ROOT / ".chalice" / "config.json").read_text())["stages"]
    memory = int(stages["cloud"]["lambda_memory_size"])
    return Machine(min(1.0, memory / FULL_CORE_MB), memory / 1024)


def standing() -> dict[str, float]:
    """What is there all year: metrics; alarms of the template, of machines, of functions that something calls."""
    triggers = load(ROOT / "infra" / "triggers.yaml")
    called = sum(len(triggers[kind]) for kind in TRIGGERS)
    resources = load(ROOT / "infra" / "resources.yaml")["Resources"].values()
    own = sum(each.get("Type") == "AWS::CloudWatch::Alarm" for each in resources)
    machines = len(list((ROOT / "workflows").glob("*.asl.json")))
    alarms = own + machines + 2 * called
    return {"alarm_months": 12 * alarms, "metric_months": 12 * len(metrics())}


def metrics() -> set[str]:
    """The names of the metrics that functions count."""
    sources = (ROOT / "chalicelib").rglob("*.py")
    return {name for source in sources for name in COUNTED_METRIC.findall(source.read_text())}


def _told(of: year.Year, prices: bill.PriceList, bills: dict[int, list[bill.Line]]) -> Iterator[str]:
    dated = sum(1 for one in prices.prices if one.seen_on)
    yield f"{prices.currency}, list prices of {prices.region} as of {prices.as_of}, no free tier counted, no taxes;"
    yield f"{dated} of {len(prices.prices)} were read on a known day, the others say how they are known\n"
    yield from bill.table(bills)
    yield "\nUsed, and what that costs:\n"
    yield from bill.amounts(bills)
    yield "\nAssumed (infra/costs/year.json):\n"
    yield from (f"- {one.times:g} a year for each {one.per}: {one.what} ({one.why})" for one in of.happens)
    yield from (f"- {name}: {each['value']:g}, {each['why']}" for name, each in of.assumptions.items())
    yield "\nFree of charge where an account has it, and not counted here:\n"
    yield from (f"- {one.service}, {one.what}: {one.free}" for one in prices.prices if one.free)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Without the log lines of functions: the table is what is printed."""
    from chalicelib.runtime.observability import logger

    with (
        Path(os.devnull).open("w") as nowhere,
        contextlib.redirect_stdout(nowhere),
        mock.patch.object(logger.registered_handler, "stream", nowhere),
    ):
        yield


if __name__ == "__main__":
    main()
