"""Lodgings with their monthly returns behind DynamoDB's wire: as many as wanted, the same ones each time."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from http.server import BaseHTTPRequestHandler
from typing import Any

from chalicelib.adapters import school_holidays
from chalicelib.observatory.figures import Guests
from chalicelib.observatory.mapping import return_item
from chalicelib.observatory.model import Establishment, MonthlyReturn, Sold, Status
from infra import serving
from infra.bench.season import NOW, season_office
from infra.costs.capacity import item_size, read_units
from infra.demo.lodgings import Lodging, lodgings
from infra.demo.nights import told

PAGE_BYTES = 1024 * 1024
"""What a query answers at most at once."""
NEVER = 4_000_000_000
Item = dict[str, Any]


class Territory:
    """So many lodgings over the communes of the office; `asked` counts queries, items and units."""

    def __init__(self, size: int) -> None:
        communes = [commune for sector in season_office().sectors for commune in sector.communes]
        self.asked: Counter[str] = Counter()
        self._by_commune: dict[str, list[Lodging]] = defaultdict(list)
        for lodging in lodgings(size, communes):
            self._by_commune[lodging.commune].append(lodging)

    def returns(self, month: str, commune: str) -> Iterator[MonthlyReturn]:
        """What was asked of a commune for a month, given or not."""
        for lodging in self._by_commune[commune]:
            yield _return(lodging, month)

    @lru_cache(maxsize=2)  # noqa: B019
    def items(self, key: str) -> list[Item]:
        """The items of a partition, such as `MONTH#2027-03#01173`."""
        _, month, commune = key.split("#")
        found = (return_item(one, NEVER).to_dynamodb_dict() for one in self.returns(month, commune))
        return sorted(found, key=lambda item: str(item["sk"]["S"]))

    def page(self, key: str, after: str | None, is_consistent: bool) -> Item:
        """One answer to a query of a partition: up to a megabyte, and where to go on."""
        left = [item for item in self.items(key) if after is None or item["sk"]["S"] > after]
        taken, size = _first_page(left)
        self.asked.update(queries=1, items=len(taken), halves=round(2 * read_units(size, is_consistent)))
        answer: Item = {"Items": taken, "Count": len(taken), "ScannedCount": len(taken)}
        if len(taken) < len(left):
            answer["LastEvaluatedKey"] = {"pk": taken[-1]["pk"], "sk": taken[-1]["sk"]}
        return answer

    @contextmanager
    def served(self) -> Iterator[str]:
        """The endpoint that answers queries."""
        with serving.served(_handler(self)) as endpoint:
            yield endpoint


def _first_page(items: list[Item]) -> tuple[list[Item], int]:
    size = 0
    for number, item in enumerate(items):
        size += item_size(item)
        if size > PAGE_BYTES:
            return items[: number + 1], size
    return items, size


def _return(lodging: Lodging, month: str) -> MonthlyReturn:
    establishment = Establishment(
        f"{lodging.number:032x}", lodging.name, lodging.email, lodging.category, lodging.commune, lodging.units,
        lodging.persons, lodging.stars,
    )  # fmt: skip
    figures = told(lodging, month, school_holidays)
    if figures is None:
        return MonthlyReturn(establishment, month, Status.ASKED, NOW)
    sold = {
        key: Sold(offered, occupied, Guests(nights, arrivals))
        for key, (offered, occupied, nights, arrivals) in figures.slices.items()
    }
    return MonthlyReturn(
        establishment, month, Status.GIVEN, NOW, sold, figures.origins, given_at=NOW, given_by=lodging.name
    )


def _handler(territory: Territory) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # as in tables.py: head and body leave together

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            body = json.dumps(_answer(territory, asked)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/x-amz-json-1.0")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Stay quiet: the table is what is printed."""

    return Handler


def _answer(territory: Territory, asked: Item) -> Item:
    """Only the partition is looked for: what the returns' prefix leaves out, their history, is not there."""
    [key] = [value["S"] for value in asked["ExpressionAttributeValues"].values() if "MONTH#" in value["S"]]
    after = asked.get("ExclusiveStartKey", {}).get("sk", {}).get("S")
    return territory.page(key, after, bool(asked.get("ConsistentRead")))
