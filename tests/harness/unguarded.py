"""Twins of races: the same application with one guard switched off, which must then lose.

Each is a context manager that a runner enters (`tests/harness/race.py`).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

NAME_OR_VALUE = re.compile(r"[#:]\w+")


@contextmanager
def without_conditions() -> Iterator[None]:
    """No write to a table asks whether things still are as they were read."""
    from botocore.client import BaseClient

    make_call = BaseClient._make_api_call

    def through(client: BaseClient, operation: str, arguments: dict[str, Any]) -> Any:
        return make_call(client, operation, _unconditional(arguments))

    with mock.patch.object(BaseClient, "_make_api_call", through):
        yield


@contextmanager
def without_key() -> Iterator[None]:
    """Each sending of an application has a key of its own."""
    from chalicelib.kernel import ids
    from chalicelib.partners.routes import api, sending

    submission = sending.Submission

    def fresh(_: str, *rest: Any) -> Any:
        return submission(ids.new_id(), *rest)

    with (
        mock.patch.object(api, "_key", side_effect=lambda _: ids.new_id()),
        mock.patch.object(sending, "Submission", fresh),
    ):
        yield


@contextmanager
def reading_counters() -> Iterator[None]:
    """A counter is read, then written one higher."""
    from chalicelib.access.counter_repository import CounterRepository
    from chalicelib.access.items import CounterItem

    def count(_: CounterRepository, key: str, now: datetime, window: timedelta, what: str = "") -> int:
        name = f"counter#{key}"
        try:
            counted = int(CounterItem.get(name, "counter", consistent_read=True).counted)
        except CounterItem.DoesNotExist:
            counted = 0
        epoch = int((now + window).timestamp())
        CounterItem(name, "counter", counted=counted + 1, expires_epoch=epoch).save()
        return counted + 1

    with mock.patch.object(CounterRepository, "count", count):
        yield


def _unconditional(arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a DynamoDB call, with no condition and nothing that only a condition used."""
    if "TransactItems" in arguments:
        kept = [each for each in arguments["TransactItems"] if "ConditionCheck" not in each]
        items = [{kind: _unconditional(write) for kind, write in each.items()} for each in kept]
        return {**arguments, "TransactItems": items}
    if "ConditionExpression" not in arguments:
        return arguments
    freed = {name: value for name, value in arguments.items() if name != "ConditionExpression"}
    used = set(NAME_OR_VALUE.findall(str(freed.get("UpdateExpression", ""))))
    for group in ("ExpressionAttributeNames", "ExpressionAttributeValues"):
        left = {name: value for name, value in freed.pop(group, {}).items() if name in used}
        freed |= {group: left} if left else {}
    return freed
