"""moto's tables without the wire: a call goes straight to moto's handler, a copy of everything takes a moment.

Signing, serialising and parsing take nine tenths of a call to moto; a crash sweep makes hundreds of thousands.
"""

import json
import pickle
from typing import Any

from botocore import xform_name
from botocore.exceptions import ClientError
from moto.backends import get_backend
from moto.dynamodb.exceptions import DynamodbException
from moto.dynamodb.responses import DynamoHandler

from tests.inprocess import ACCOUNT, ENVIRONMENT, REGION


def answer(operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """What DynamoDB answers to `operation`, such as `GetItem`. Raises `ClientError` as a client would."""
    handler = DynamoHandler()
    handler.region, handler.current_account = REGION, ACCOUNT
    handler.params = handler.body = json.loads(json.dumps(arguments))
    try:
        result: Any = getattr(handler, xform_name(operation))()
    except DynamodbException as error:
        raise _as_client_error(error, operation) from error
    return {name: value for name, value in result.result.items() if value is not None}


def rows(table: str) -> list[dict[str, Any]]:
    """Every item of a table, named without the deployment's prefix, in DynamoDB's own JSON."""
    items = _tables()[f"{ENVIRONMENT['TABLE_PREFIX']}-{table}"].all_items()
    return [item.to_json()["Attributes"] for item in items]


def keep() -> bytes:
    """All tables as they are, for `put_back`."""
    return pickle.dumps(dict(_tables()))


def put_back(kept: bytes) -> None:
    """All tables as they were."""
    tables = _tables()
    tables.clear()
    tables.update(pickle.loads(kept))


def _tables() -> dict[str, Any]:
    found: dict[str, Any] = get_backend("dynamodb")[ACCOUNT][REGION].tables
    return found


def _as_client_error(error: DynamodbException, operation: str) -> ClientError:
    told = json.loads(error.description)
    code, message = told.pop("__type").rpartition("#")[2], told.pop("message", "")
    return ClientError({"Error": {"Code": code, "Message": message}, **told}, operation)
