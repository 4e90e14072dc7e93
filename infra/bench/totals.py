"""What was not built: sums of each kind in each slice, kept up to date from the table's stream.

A prototype of decision 0040, measured beside reading: it adds what changed in one transaction with a mark of the
version that it heard of, since a stream may bring a record twice. How many there are in longer periods, and the
largest of them, no addition gives.
"""

import importlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.observatory.counting import Kind, kind_of
from chalicelib.observatory.model import MonthlyReturn
from chalicelib.observatory.slices import slices_of_month
from infra.bench.rows import Row
from infra.bench.season import season_frames, season_office
from infra.bench.territory import Territory

SIZE = 150
"""Lodgings; each return more takes as much again."""
PREFIX, HEARD = "KIND#", "HEARD#"
PARTS = ("stock", "offered", "occupied", "count")
Sums = Counter[str]
"""By slice and part, such as `2027-03-01 occupied`."""


@dataclass(frozen=True)
class Totals:
    """The sums in a table; `sectors` are the names of sectors by commune."""

    client: Any
    table: str
    sectors: Mapping[str, str]

    def hear(self, old: MonthlyReturn | None, new: MonthlyReturn) -> bool:
        """Add what changed from one version of a return to the next; False for what was heard before."""
        changes: dict[Kind, Sums] = {}
        for one, sign in ((old, -1), (new, 1)):
            if one is not None and one.is_given:
                _add(changes.setdefault(kind_of(one.establishment, self.sectors), Counter()), one, sign)
        acts = [
            {"Update": self._update(new.month, kind, sums)}
            for kind, sums in changes.items()
            if any(sums.values())
        ]
        return self._write([*acts, {"Put": self._mark(new)}])

    def of_month(self, month: str) -> dict[str, Sums]:
        """The sums of a month by kind, as a report would read them."""
        names = {":pk": {"S": _partition(month)}, ":sk": {"S": PREFIX}}
        found = self.client.query(
            TableName=self.table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
            ExpressionAttributeValues=names,
        )
        return {item["sk"]["S"].removeprefix(PREFIX): _sums(item) for item in found["Items"]}

    def _update(self, month: str, kind: Kind, sums: Sums) -> dict[str, Any]:
        listed = [(name, amount) for name, amount in sums.items() if amount]
        added = ", ".join(f"#n{number} :v{number}" for number in range(len(listed)))
        return {
            "TableName": self.table,
            "Key": {"pk": {"S": _partition(month)}, "sk": {"S": f"{PREFIX}{'#'.join(map(str, kind))}"}},
            "UpdateExpression": f"ADD {added}",
            "ExpressionAttributeNames": {f"#n{number}": name for number, (name, _) in enumerate(listed)},
            "ExpressionAttributeValues": {
                f":v{number}": {"N": str(each)} for number, (_, each) in enumerate(listed)
            },
        }

    def _mark(self, new: MonthlyReturn) -> dict[str, Any]:
        sort_key = f"{HEARD}{new.establishment.id}#{new.version:06d}"
        return {
            "TableName": self.table,
            "Item": {"pk": {"S": _partition(new.month)}, "sk": {"S": sort_key}},
            "ConditionExpression": "attribute_not_exists(pk)",
        }

    def _write(self, acts: list[dict[str, Any]]) -> bool:
        try:
            self.client.transact_write_items(TransactItems=acts)
        except ClientError as error:
            if error.response["Error"]["Code"] != "TransactionCanceledException":
                raise
            return False
        return True


def rows() -> Iterator[Row]:
    """The table's part about totals that are kept up to date."""
    writing, reading, returns = measured()
    yield Row(
        "totals kept from the stream: write units for each return", writing["dynamodb_writes"] / returns, ""
    )
    seconds = 1000 * writing["lambda_gb_seconds"] / returns
    yield Row("seconds of their function for a thousand returns, with 6 ms a call", seconds, " s")
    units = reading["dynamodb_reads"] * len(months())
    yield Row("read units of a season and the one before, from totals", units, "", digits=0)


def measured() -> tuple[Counter[str], Counter[str], int]:
    """What keeping the sums of a month takes, what reading them takes, of how many returns that were given."""
    metered, month = importlib.import_module("infra.costs.metering").metered, months()[-1]
    with importlib.import_module("tests.harness.world").faulty_world() as world:
        totals, given = in_the_world(), list(_given(month))
        with metered(world, 1.0, 1.0) as writing:
            for one in given:
                totals.hear(None, one)
        with metered(world, 1.0, 1.0) as reading:
            totals.of_month(month)
        return writing.usage, reading.usage, len(given)


def in_the_world() -> Totals:
    """Totals in the observatory's table of the tests."""
    from chalicelib.adapters import aws
    from chalicelib.runtime import config

    sectors = {commune: sector.name for sector in season_office().sectors for commune in sector.communes}
    return Totals(aws.client("dynamodb"), config.table_name("observatory"), sectors)


def months() -> list[str]:
    """Those that the season's report reads, in both years."""
    frames = season_frames()
    return [*frames.before.months, *frames.now.months]


def _given(month: str) -> Iterator[MonthlyReturn]:
    territory = Territory(SIZE)
    communes = (commune for sector in season_office().sectors for commune in sector.communes)
    found = (one for commune in communes for one in territory.returns(month, commune))
    return (one for one in found if one.is_given)


def _add(sums: Sums, one: MonthlyReturn, sign: int) -> None:
    days = {each.id: each.length_days for each in slices_of_month(one.month)}
    for key, sold in one.sold.items():
        stock = one.establishment.units * days[key]
        for part, amount in zip(PARTS, (stock, sold.offered, sold.occupied, 1), strict=True):
            sums[f"{key} {part}"] += sign * amount


def _sums(item: Mapping[str, Mapping[str, str]]) -> Sums:
    return Counter({name: int(value["N"]) for name, value in item.items() if "N" in value})


def _partition(month: str) -> str:
    return f"TOTALS#{month}"
