"""Printing: two PDFs, a receipt and an award letter, in a fresh interpreter and once more in a warm one."""

import importlib
import json
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chalicelib.documents.bootstrap import printer
from infra.bench.cold import REFERENCE, REPEATS
from infra.bench.fresh import Case, ratios, seconds
from infra.bench.rows import Row

NOWHERE = "http://127.0.0.1:9"
MADE_AT = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
FRESH = """import json
from datetime import UTC, datetime
from chalicelib.documents.bootstrap import printer
for template, data in json.loads({documents!r}).items():
    assert printer().pdf(template, data, datetime(2027, 3, 3, tzinfo=UTC)).startswith(b"%PDF")"""


def rows(full: Path) -> Iterator[Row]:
    """The table's third part; `full` is the unpacked zip."""
    documents = _documents()
    reference = Case(REFERENCE, full)
    fresh = Case(FRESH.format(documents=json.dumps(documents)), full)
    found = ratios({"two": fresh}, reference, REPEATS, NOWHERE)["two"]
    yield Row(
        "two PDFs, a receipt and an award letter, of `boto3.client` in a fresh interpreter", found, aim=0.5
    )
    yield Row("the same two once more", _warm(documents) / seconds(reference, NOWHERE), aim=0.15)


def _documents() -> dict[str, Any]:
    """The data of the tests, by template."""
    samples = importlib.import_module("tests.unit.documents.samples")
    return {"subsidies/receipt.typ": samples.a_receipt(), "subsidies/award.typ": samples.an_award()}


def _warm(documents: dict[str, Any]) -> float:
    """Seconds of processor time for all of them, the median of as many rounds; each round is about another file."""
    taken = []
    for number in range(REPEATS + 1):
        began = time.process_time()
        for template, data in documents.items():
            printer().pdf(template, {**data, "reference": f"SUB-{number}"}, MADE_AT)
        taken.append(time.process_time() - began)
    return statistics.median(taken[1:])
