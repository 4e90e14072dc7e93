"""What a function asks of DynamoDB, compared with what its hand-written policy grants."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from botocore.client import BaseClient

from chalicelib.runtime import config

POLICIES = Path(__file__).resolve().parents[3] / ".chalice"
IN_TRANSACTION = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}

Asked = tuple[str, str]
"""An action of DynamoDB, and the table or `table/index/name` that it is for."""


def granted(function_id: str) -> set[Asked]:
    """The grants of the function's policy."""
    policy = json.loads((POLICIES / f"policy-{function_id}.json").read_text())
    return {
        (action.removeprefix("dynamodb:"), place)
        for statement in policy["Statement"]
        for action in statement["Action"]
        if action.startswith("dynamodb:")
        for place in _places(statement["Resource"])
    }


@contextmanager
def recorded() -> Iterator[set[Asked]]:
    """Everything that is asked of DynamoDB meanwhile."""
    asked: set[Asked] = set()
    call = BaseClient._make_api_call

    def record(client: BaseClient, operation: str, arguments: dict[str, Any]) -> Any:
        if client.meta.service_model.service_name == "dynamodb" and operation != "DescribeTable":
            asked.update(_asked(operation, arguments))
        return call(client, operation, arguments)

    with mock.patch.object(BaseClient, "_make_api_call", record):
        yield asked


def _asked(operation: str, arguments: dict[str, Any]) -> Iterator[Asked]:
    if operation == "TransactWriteItems":
        for item in arguments["TransactItems"]:
            for kind, about in item.items():
                yield IN_TRANSACTION[kind], _place(about)
    else:
        yield operation, _place(arguments)


def _place(arguments: dict[str, Any]) -> str:
    name = str(arguments["TableName"]).removeprefix(config.table_name(""))
    return f"{name}/index/{arguments['IndexName']}" if "IndexName" in arguments else name


def _places(resource: Any) -> list[str]:
    resources = resource if isinstance(resource, list) else [resource]
    return [place for each in resources for place in [_granted_place(each)] if place]


def _granted_place(resource: Any) -> str:
    """`{"Fn::GetAtt": ["MailTable", "Arn"]}` is `mail`; an index is `mail/index/by_open`."""
    if "Fn::GetAtt" in resource:
        return str(resource["Fn::GetAtt"][0]).removesuffix("Table").lower()
    table, _, index = str(resource["Fn::Sub"]).removeprefix("${").partition("Table.Arn}")
    return table.lower() + index
