"""Reading CloudFormation's YAML: `!Sub`, `!GetAtt` and their like become their long JSON form."""

from pathlib import Path
from typing import Any

import yaml

Template = dict[str, Any]


class _Loader(yaml.SafeLoader):
    """A safe loader that knows the intrinsic functions and nothing else."""


def _intrinsic(loader: yaml.SafeLoader, name: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if name == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {name if name in ("Ref", "Condition") else f"Fn::{name}": value}


_Loader.add_multi_constructor("!", _intrinsic)


def load(path: Path) -> Template:
    """The template at `path` as plain JSON values."""
    template: Template = yaml.load(path.read_text(), Loader=_Loader)  # noqa: S506 - it is a SafeLoader
    return template


def sub(text: str) -> dict[str, str]:
    """`Fn::Sub` of `text`."""
    return {"Fn::Sub": text}


def ref(name: str) -> dict[str, str]:
    """`Ref` to `name`."""
    return {"Ref": name}


def arn(name: str) -> dict[str, list[str]]:
    """The ARN of the resource `name`."""
    return {"Fn::GetAtt": [name, "Arn"]}


def trusting(service: str) -> dict[str, Any]:
    """A trust policy for an AWS service such as `states.amazonaws.com`, acting for this account only."""
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "sts:AssumeRole",
                "Principal": {"Service": service},
                "Condition": {"StringEquals": {"aws:SourceAccount": ref("AWS::AccountId")}},
            }
        ],
    }


def allow(actions: list[str], resources: Any) -> dict[str, Any]:
    """One statement that allows `actions` on `resources`."""
    return {"Effect": "Allow", "Action": actions, "Resource": resources}


def role(service: str, name: str, statements: list[dict[str, Any]]) -> Template:
    """A role for an AWS service with one inline policy."""
    document = {"Version": "2012-10-17", "Statement": statements}
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": trusting(service),
            "Policies": [{"PolicyName": name, "PolicyDocument": document}],
        },
    }


def log_group(name: str) -> Template:
    """A log group that forgets after 30 days and goes with the stack."""
    return {
        "Type": "AWS::Logs::LogGroup",
        "DeletionPolicy": "Delete",
        "UpdateReplacePolicy": "Delete",
        "Properties": {"LogGroupName": sub(name), "RetentionInDays": 30},
    }
