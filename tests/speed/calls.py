"""What each use case asks of DynamoDB, counted where botocore makes the call."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from botocore.client import BaseClient

from tests.faults import house
from tests.harness.world import faulty_world
from tests.speed import aid_walk as aid
from tests.speed import observatory_walk as observatory
from tests.speed import training_walk as trainings
from tests.speed import walk as membership

WALKS = (membership.walk, aid.walk, trainings.walk, observatory.walk)
"""The use cases of each feature, request by request: a new one adds its walk. They share an office, in this order."""

Calls = dict[str, list[str]]


def calls_by_use_case() -> Calls:
    """The operations of DynamoDB that each request of the walks made, the longest list where it was made twice."""
    found: Calls = {}

    @contextmanager
    def around(name: str) -> Iterator[None]:
        with counted() as made:
            yield
        found[name] = max(found.get(name, []), made, key=len)

    with faulty_world() as world:
        house.open_office()
        for walk in WALKS:
            walk(world, around)
    return found


@contextmanager
def counted() -> Iterator[list[str]]:
    """The operations of DynamoDB while it lasts, each with its tables."""
    made: list[str] = []
    make_call = BaseClient._make_api_call

    def through(client: BaseClient, operation: str, arguments: dict[str, Any]) -> Any:
        if client.meta.service_model.service_name == "dynamodb":
            made.append(f"{operation} {_tables(arguments)}")
        return make_call(client, operation, arguments)

    with mock.patch.object(BaseClient, "_make_api_call", through):
        yield made


def _tables(arguments: dict[str, Any]) -> str:
    """The tables that a call names, such as `access+mail`."""
    acts = [act for item in arguments.get("TransactItems", ()) for act in item.values()]
    named = [each["TableName"] for each in acts or [arguments] if "TableName" in each]
    return "+".join(
        sorted({name.rpartition("-")[2] for name in (*named, *arguments.get("RequestItems", ()))})
    )
