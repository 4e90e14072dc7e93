"""What DynamoDB charges for, as its guide says: the sizes of items, and the units of on-demand tables.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
"""

from collections.abc import Mapping
from math import ceil
from typing import Any

READ_BYTES, WRITE_BYTES = 4096, 1024
OF_A_LIST, OF_A_MEMBER = 3, 1
"""Bytes that a list or a map takes by itself, and for each of its members."""

Wire = Mapping[str, Any]
"""A value as it goes over the wire, such as `{"S": "x"}`; an item is one of these for each attribute's name."""


def item_size(item: Mapping[str, Wire]) -> int:
    """Bytes of an item: names and values of its attributes."""
    return sum(len(name.encode()) + value_size(value) for name, value in item.items())


def value_size(value: Wire) -> int:
    """Bytes of one value."""
    [(kind, held)] = value.items()
    if kind == "N":
        return ceil(len(str(held).lstrip("-").replace(".", "")) / 2) + 1
    if kind == "M":
        return OF_A_LIST + item_size(held) + OF_A_MEMBER * len(held)
    if kind == "L":
        return OF_A_LIST + sum(value_size(each) + OF_A_MEMBER for each in held)
    return _plain_size(kind, held)


def read_units(size: int, is_consistent: bool) -> float:
    """Read request units for as many bytes read at once; those of a query are added up before."""
    units = max(1, ceil(size / READ_BYTES))
    return units if is_consistent else units / 2


def write_units(size: int, is_in_transaction: bool = False) -> int:
    """Write request units of one item; a transaction writes each twice."""
    units = max(1, ceil(size / WRITE_BYTES))
    return 2 * units if is_in_transaction else units


def _plain_size(kind: str, held: Any) -> int:
    if kind in ("BOOL", "NULL"):
        return 1
    members = held if kind in ("SS", "NS", "BS") else [held]
    return sum(len(each.encode() if isinstance(each, str) else each) for each in members)
