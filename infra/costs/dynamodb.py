"""The read and write units of one call of DynamoDB, by the items in it before and after."""

import importlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from infra.costs.capacity import item_size, read_units, write_units
from infra.packaging.cloudformation import load
from infra.packaging.names import ROOT

Item = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """The attributes of a table's key, and those of each of its indexes."""

    key: tuple[str, ...]
    indexes: tuple[tuple[str, ...], ...]


def _tables() -> Mapping[str, Table]:
    resources = load(ROOT / "infra" / "resources.yaml")["Resources"].values()
    found = [each["Properties"] for each in resources if each.get("Type") == "AWS::DynamoDB::Table"]
    return {_name(table["TableName"]): Table(_key(table), _indexes(table)) for table in found}


def _name(name: Any) -> str:
    """`partners`, of a name of the template or of a deployment."""
    text = name if isinstance(name, str) else next(iter(name.values()))
    return str(text).rpartition("-")[2]


def _key(described: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(each["AttributeName"] for each in described["KeySchema"])


def _indexes(table: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    return tuple(_key(index) for index in table.get("GlobalSecondaryIndexes", ()))


TABLES = _tables()
"""By the names that features have for them."""


@dataclass
class Counted:
    """The units of a call: `read` takes the answer; what it wrote is asked of the tables themselves."""

    operation: str
    arguments: Mapping[str, Any]
    reads: float = 0
    writes: int = 0

    def read(self, answer: Mapping[str, Any]) -> None:
        """Count what was read."""
        is_consistent = bool(self.arguments.get("ConsistentRead"))
        if self.operation in ("Query", "Scan"):
            size = sum(map(item_size, answer.get("Items", ())))
            self.reads += read_units(size, is_consistent)
        elif self.operation == "GetItem":
            self.reads += read_units(item_size(answer.get("Item", {})), is_consistent)
        elif self.operation == "BatchGetItem":
            self._read_batch(answer)

    def _read_batch(self, answer: Mapping[str, Any]) -> None:
        for table, asked in self.arguments["RequestItems"].items():
            is_consistent, found = bool(asked.get("ConsistentRead")), answer["Responses"].get(table, [])
            sizes = [*map(item_size, found), *[0] * (len(asked["Keys"]) - len(found))]
            self.reads += sum(read_units(size, is_consistent) for size in sizes)


class Units:
    """Counts calls."""

    @contextmanager
    def of(self, operation: str, arguments: Mapping[str, Any]) -> Iterator[Counted]:
        """Stands around one call; where that fails, nothing more is counted than that it was tried."""
        counted = Counted(operation, arguments)
        written = _written(operation, arguments)
        before = [_item(key) for key in written]
        yield counted
        is_in_transaction = operation == "TransactWriteItems"
        for key, old in zip(written, before, strict=True):
            counted.writes += written_units(_table_of(key), old, _item(key), is_in_transaction)


def written_units(table: Table, old: Item, new: Item, is_in_transaction: bool) -> int:
    """Of an item that was written or checked: the larger of the two, and what each index has to change."""
    size = max(item_size(old), item_size(new))
    units = write_units(size, is_in_transaction)
    return units + sum(_index_units(index, old, new) for index in table.indexes if old != new)


def _index_units(index: Sequence[str], old: Item, new: Item) -> int:
    """An item whose key in the index changed is taken out and put in again."""
    was, here = (tuple(str(item.get(name)) for name in index) for item in (old, new))
    is_in = [all(name in item for name in index) for item in (old, new)]
    if all(is_in) and was == here:
        return write_units(item_size(new))
    return sum(write_units(item_size(item)) for item, there in zip((old, new), is_in, strict=True) if there)


def _written(operation: str, arguments: Mapping[str, Any]) -> list[tuple[str, Item]]:
    """The table and the key of each item that a call writes or checks."""
    if operation == "TransactWriteItems":
        acts = [act for each in arguments["TransactItems"] for act in each.values()]
    elif operation in ("PutItem", "UpdateItem", "DeleteItem"):
        acts = [arguments]
    else:
        return []
    return [(act["TableName"], _key_in(act)) for act in acts]


def _key_in(act: Mapping[str, Any]) -> Item:
    if "Key" in act:
        return dict(act["Key"])
    return {name: act["Item"][name] for name in TABLES[_name(act["TableName"])].key}


def _table_of(key: tuple[str, Item]) -> Table:
    return TABLES[_name(key[0])]


def _item(key: tuple[str, Item]) -> Item:
    answer = importlib.import_module("tests.harness.tables").answer
    item: Item = answer("GetItem", {"TableName": key[0], "Key": key[1], "ConsistentRead": True}).get(
        "Item", {}
    )
    return item
