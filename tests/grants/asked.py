"""What AWS asks for before it does something: the action and the resource, which are not always the call's own name."""

from collections.abc import Iterator
from typing import Any

from tests.grants.policies import bucket_arn, secret_arn, table_arn
from tests.harness.machines import process_of
from tests.inprocess import ACCOUNT, ENVIRONMENT, REGION, STACK

Asked = tuple[str, str]
"""An action and the resource that it is for."""

IN_TRANSACTION = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}
MACHINES = ENVIRONMENT["MACHINE_ARN_PREFIX"]


class NobodyKnows(AssertionError):
    """A call of a service that this check was never taught: without it, a grant would be taken for good."""


def asked_for(service: str, operation: str, arguments: dict[str, Any]) -> Iterator[Asked]:
    """Everything that must be granted for a call. Raises `NobodyKnows`."""
    teller = _TELLERS.get(service)
    if teller is None:
        raise NobodyKnows(f"{service}: say in tests/grants/asked.py what {operation} asks for")
    return teller(operation, arguments)


def _dynamodb(operation: str, arguments: dict[str, Any]) -> Iterator[Asked]:
    if operation == "TransactWriteItems":
        for item in arguments["TransactItems"]:
            for kind, about in item.items():
                yield f"dynamodb:{IN_TRANSACTION[kind]}", _table(about)
    elif "RequestItems" in arguments:
        for name in arguments["RequestItems"]:
            yield f"dynamodb:{operation}", table_arn(name)
    else:
        yield f"dynamodb:{operation}", _table(arguments)


def _table(arguments: dict[str, Any]) -> str:
    arn = table_arn(arguments["TableName"])
    return f"{arn}/index/{arguments['IndexName']}" if "IndexName" in arguments else arn


def _ses(operation: str, arguments: dict[str, Any]) -> Iterator[Asked]:
    """A raw message asks for an action of another name, on the sender and on the configuration set."""
    action = "ses:SendRawEmail" if "Raw" in arguments.get("Content", {}) else f"ses:{operation}"
    sender = ENVIRONMENT["MAIL_SENDER"]
    assert sender in arguments["FromEmailAddress"]
    yield action, f"arn:aws:ses:{REGION}:{ACCOUNT}:identity/{sender}"
    yield action, f"arn:aws:ses:{REGION}:{ACCOUNT}:configuration-set/{arguments['ConfigurationSetName']}"


def _states(operation: str, arguments: dict[str, Any]) -> Iterator[Asked]:
    """An answer names a task by its token alone: AWS finds the machine behind it."""
    arn = arguments.get("stateMachineArn") or arguments.get("executionArn")
    yield f"states:{operation}", arn or f"{MACHINES}-{process_of(arguments['taskToken'])}"


def _secretsmanager(operation: str, arguments: dict[str, Any]) -> Iterator[Asked]:
    yield f"secretsmanager:{operation}", secret_arn(arguments["SecretId"])


def _s3(operation: str, arguments: dict[str, Any]) -> Iterator[Asked]:
    """Who may not list is told of a missing file that it is forbidden; so whoever reads must list."""
    bucket = bucket_arn(arguments["Bucket"])
    if operation in ("GetObject", "HeadObject"):
        yield "s3:GetObject", f"{bucket}/{arguments['Key']}"
        yield "s3:ListBucket", bucket
    elif operation in ("PutObject", "CopyObject"):
        yield "s3:PutObject", f"{bucket}/{arguments['Key']}"
        if source := arguments.get("CopySource"):
            yield "s3:GetObject", f"{bucket_arn(source['Bucket'])}/{source['Key']}"
    elif operation == "DeleteObject":
        yield "s3:DeleteObject", f"{bucket}/{arguments['Key']}"
    elif operation == "ListObjectsV2":
        yield "s3:ListBucket", bucket
    else:
        raise NobodyKnows(f"s3: say in tests/grants/asked.py what {operation} asks for")


_TELLERS = {
    "dynamodb": _dynamodb,
    "sesv2": _ses,
    "states": _states,
    "secretsmanager": _secretsmanager,
    "s3": _s3,
}
CONFIGURATION_SET = STACK
