"""Everything that the tables hold, to prove that a visit wrote nothing."""

import json
import re
from typing import Any

from tests.cloud import Cloud
from tests.harness.waiting import until

TOKEN = re.compile(r"[\w+/=:.-]{16,}")
Tables = dict[str, list[str]]


def tables(cloud: Cloud) -> Tables:
    """Every item of every table of the deployment, by table, in an order that does not depend on chance."""
    dynamodb = cloud.client("dynamodb")
    return {name: sorted(_line(item) for item in _items(dynamodb, name)) for name in _names(cloud, dynamodb)}


def items(cloud: Cloud, table: str) -> list[dict[str, Any]]:
    """The raw items of one table, named without the deployment's prefix."""
    return _items(cloud.client("dynamodb"), f"{cloud.prefix}-{table}")


def mail_rows(cloud: Cloud) -> list[dict[str, Any]]:
    """The rows of mails; beside them the table has a row for each address that refused one."""
    return [row for row in items(cloud, "mail") if "message" in row]


def item(cloud: Cloud, table: str, pk: str, sk: str = "") -> dict[str, Any]:
    """One raw item, empty when it is not there."""
    found = cloud.client("dynamodb").get_item(**_place(cloud, table, pk, sk), ConsistentRead=True)
    return dict(found.get("Item", {}))


def forget(cloud: Cloud, table: str, pk: str, sk: str = "") -> None:
    """Remove one item."""
    cloud.client("dynamodb").delete_item(**_place(cloud, table, pk, sk))


def differences(before: Tables, after: Tables) -> list[str]:
    """One line for each item that came, went or changed."""
    names = sorted(set(before) | set(after))
    return [
        f"{sign} {name}: {line}"
        for name in names
        for sign, one, other in (("-", before, after), ("+", after, before))
        for line in one.get(name, [])
        if line not in other.get(name, [])
    ]


def settled(cloud: Cloud) -> Tables:
    """The tables once no mail waits to be sent: nothing of what was asked before is still going on."""
    until(lambda: not waiting_mails(cloud), lambda: f"the sending of {waiting_mails(cloud)}")
    return tables(cloud)


def waiting_mails(cloud: Cloud) -> list[dict[str, Any]]:
    """The rows of the mails that wait to be sent, or that somebody is sending; quicker than reading all."""
    query = cloud.client("dynamodb").get_paginator("query").paginate
    return [
        item
        for state in ("new", "claimed")
        for page in query(
            TableName=f"{cloud.prefix}-mail",
            IndexName="by_open",
            KeyConditionExpression="open_key = :state",
            ExpressionAttributeValues={":state": {"S": state}},
        )
        for item in page["Items"]
    ]


def task_tokens(cloud: Cloud) -> set[str]:
    """Every token by which a waiting process could be answered."""
    kept = [value for item in items(cloud, "decisions") for name, value in item.items() if "token" in name]
    return {token for value in kept for token in TOKEN.findall(json.dumps(value))}


def _names(cloud: Cloud, dynamodb: Any) -> list[str]:
    return [name for name in dynamodb.list_tables()["TableNames"] if name.startswith(cloud.prefix)]


def _items(dynamodb: Any, table: str) -> list[dict[str, Any]]:
    found = dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
    return [item for page in found for item in page["Items"]]


def _line(item: dict[str, Any]) -> str:
    return json.dumps(item, sort_keys=True, ensure_ascii=False, default=str)


def _place(cloud: Cloud, table: str, pk: str, sk: str) -> dict[str, Any]:
    key = {"pk": {"S": pk}} | ({"sk": {"S": sk}} if sk else {})
    return {"TableName": f"{cloud.prefix}-{table}", "Key": key}
