"""The hand-written policies as AWS would read them: each action on each resource is a grant of its own."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

from infra.packaging.cloudformation import load
from infra.packaging.names import ROOT
from tests.inprocess import ACCOUNT, ENVIRONMENT, REGION, STACK

POLICIES = ROOT / ".chalice"
PSEUDO = {"Partition": "aws", "Region": REGION, "AccountId": ACCOUNT, "StackName": STACK}
PLACEHOLDER = re.compile(r"\$\{(?:AWS::)?([\w.]+)\}")

OF_THE_SERVICE = {
    "logs:CreateLogStream": "the Lambda service writes the function's log, whatever its code does",
    "logs:PutLogEvents": "as above",
    "sqs:SendMessage": "the Lambda service gives up on an event into the function's own queue",
    "dynamodb:DescribeStream": "the Lambda service reads the stream that starts the function",
    "dynamodb:GetRecords": "as above",
    "dynamodb:GetShardIterator": "as above",
    "dynamodb:ListStreams": "as above",
}
"""The actions that no code of ours asks for, so that no test can miss them; the packaging adds them, and why."""


@dataclass(frozen=True, order=True)
class Grant:
    """One action on one resource; the resource may hold `*` and `?`."""

    action: str
    resource: str

    def allows(self, action: str, resource: str) -> bool:
        """Whether this grant is enough for that."""
        return self.action == action and fnmatchcase(resource, self.resource)


@lru_cache(maxsize=64)
def granted(function_id: str) -> frozenset[Grant]:
    """Every grant of the function's written policy."""
    policy = json.loads((POLICIES / f"policy-{function_id}.json").read_text())
    return frozenset(grant for statement in policy["Statement"] for grant in grants_of(statement))


def grants_of(statement: dict[str, Any]) -> Iterator[Grant]:
    """Every action on every resource of a statement."""
    named = statement["Resource"]
    for resource in named if isinstance(named, list) else [named]:
        for action in statement["Action"]:
            yield Grant(action, _rendered(resource))


def table_arn(name: str) -> str:
    """The ARN of a table of the deployment."""
    return f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{name}"


def bucket_arn(name: str) -> str:
    """The ARN of a bucket; a file's is this one, a slash and its key."""
    return f"arn:aws:s3:::{name}"


def secret_arn(name: str) -> str:
    """The ARN of a secret; the six random signs at its end are left out here."""
    return f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{name}"


def _rendered(resource: dict[str, Any]) -> str:
    if "Fn::GetAtt" in resource:
        return _arn(".".join(resource["Fn::GetAtt"]))
    return PLACEHOLDER.sub(lambda match: PSEUDO.get(match[1]) or _arn(match[1]), resource["Fn::Sub"])


def _arn(attribute: str) -> str:
    """The ARN behind `PartnersTable.Arn` or `LinkKeys.Id`, the name behind `MailConfiguration`."""
    name = attribute.partition(".")[0]
    described = _resources()[name]
    if described["Type"] == "AWS::SecretsManager::Secret":
        return secret_arn(ENVIRONMENT["LINK_KEYS"])
    if described["Type"] == "AWS::S3::Bucket":
        return bucket_arn(ENVIRONMENT["FILES_BUCKET"])
    if described["Type"] == "AWS::SES::ConfigurationSet":
        return STACK
    assert described["Type"] == "AWS::DynamoDB::Table", f"{name}: say here what its ARN looks like"
    return table_arn(described["Properties"]["TableName"]["Fn::Sub"].replace("${AWS::StackName}", STACK))


@lru_cache(maxsize=1)
def _resources() -> dict[str, Any]:
    resources: dict[str, Any] = load(ROOT / "infra" / "resources.yaml")["Resources"]
    return resources
