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
    until(lambda: not _waiting_mails(cloud), lambda: f"the sending of {_waiting_mails(cloud)}")
    return tables(cloud)


def task_tokens(cloud: Cloud) -> set[str]:
    """Every token by which a waiting process could be answered."""
    kept = [value for item in items(cloud, "decisions") for name, value in item.items() if "token" in name]
    return {token for value in kept for token in TOKEN.findall(json.dumps(value))}


def _waiting_mails(cloud: Cloud) -> list[dict[str, Any]]:
    return [item for item in items(cloud, "mail") if item.get("state", {}).get("S") in ("new", "claimed")]


def _names(cloud: Cloud, dynamodb: Any) -> list[str]:
    return [name for name in dynamodb.list_tables()["TableNames"] if name.startswith(cloud.prefix)]


def _items(dynamodb: Any, table: str) -> list[dict[str, Any]]:
    found = dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
    return [item for page in found for item in page["Items"]]


def _line(item: dict[str, Any]) -> str:
    return json.dumps(item, sort_keys=True, ensure_ascii=False, default=str)
