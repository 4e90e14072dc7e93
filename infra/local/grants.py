"""What the embedded cloud checks more coarsely than AWS when `AUTH=true`.

These calls name what they touch by a token or in a message: AWS finds the state machine or the identity behind it,
the embedded cloud asks for the action on `*`. A role of the template that has such an action on something named
gets it on `*` here; the template itself grants the named thing only. A raw message is another action on AWS
(`ses:SendRawEmail`) than the call's own name, which the embedded cloud asks for. Buckets that are open to TLS only
would be closed here, where there is none.
"""

import json
from typing import Any

from infra.cloud.target import Target

ASKED_HERE = {
    "ses:SendRawEmail": "ses:SendEmail",
    "states:SendTaskSuccess": "states:SendTaskSuccess",
    "states:SendTaskFailure": "states:SendTaskFailure",
}
"""What the embedded cloud asks for, by what AWS does."""
POLICY_NAME = "checked-without-its-resource"


def widen(target: Target) -> None:
    """Let the roles of the stack do here what they may do on AWS."""
    for bucket in _physical_ids(target, "AWS::S3::Bucket"):
        target.client("s3").delete_bucket_policy(Bucket=bucket)
    iam = target.client("iam")
    for name in _physical_ids(target, "AWS::IAM::Role"):
        actions = sorted(ASKED_HERE[each] for each in ASKED_HERE.keys() & _granted(iam, name))
        if actions:
            statement = {"Effect": "Allow", "Action": actions, "Resource": "*"}
            document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
            iam.put_role_policy(RoleName=name, PolicyName=POLICY_NAME, PolicyDocument=document)


def _physical_ids(target: Target, resource_type: str) -> list[str]:
    pages = target.client("cloudformation").get_paginator("list_stack_resources")
    return [
        resource["PhysicalResourceId"]
        for page in pages.paginate(StackName=target.stack_name)
        for resource in page["StackResourceSummaries"]
        if resource["ResourceType"] == resource_type
    ]


def _granted(iam: Any, role: str) -> set[str]:
    """Every action that the role's own policies allow."""
    names = iam.list_role_policies(RoleName=role)["PolicyNames"]
    documents = [iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"] for name in names]
    return {
        action
        for document in documents
        for statement in document["Statement"]
        for action in _listed(statement["Action"])
    }


def _listed(actions: str | list[str]) -> list[str]:
    return [actions] if isinstance(actions, str) else actions
