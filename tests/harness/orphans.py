"""Rows taken away or changed behind the application's back, as a restored backup or a hand in the tables would."""

from collections.abc import Callable
from typing import Any

from tests.harness import tables
from tests.harness.world import FaultyWorld
from tests.inprocess import ENVIRONMENT

Row = dict[str, Any]
KEYS = ("pk", "sk")


def remove(world: FaultyWorld, table: str, which: Callable[[Row], bool]) -> None:
    """Take these rows out of a table; there has to be one."""
    found = [row for row in world.rows(table) if which(row)]
    assert found
    for row in found:
        key = {name: row[name] for name in KEYS if name in row}
        tables.answer("DeleteItem", {"TableName": name_of(table), "Key": key})


def change(world: FaultyWorld, table: str, which: Callable[[Row], bool], **attributes: Any) -> None:
    """Set attributes of these rows, in DynamoDB's own JSON; there has to be one."""
    found = [row for row in world.rows(table) if which(row)]
    put(table, [{**row, **attributes} for row in found])


def put(table: str, rows: list[Row]) -> None:
    """Write these rows; there has to be one."""
    assert rows
    for row in rows:
        tables.answer("PutItem", {"TableName": name_of(table), "Item": row})


def name_of(table: str) -> str:
    """The name of a table with the deployment's prefix."""
    return f"{ENVIRONMENT['TABLE_PREFIX']}-{table}"
