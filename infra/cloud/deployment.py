"""Deploying the package through CloudFormation: the same steps for AWS and for the embedded cloud."""

import hashlib
import time
from collections.abc import Callable, Mapping
from typing import Any

from infra.cloud import artifacts
from infra.cloud.target import Target
from infra.package import Package

CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
FINGERPRINT = "cordee-fingerprint"
SETTLED = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"}
NOTHING_TO_DO = ("No updates are to be performed", "didn't contain changes")

Report = Callable[[str], None]


class DeploymentFailed(Exception):
    """CloudFormation refused or rolled back; the message lists the resources and their reasons."""


def find_stack(target: Target) -> dict[str, Any] | None:
    """The stack as CloudFormation describes it, or None when there is none."""
    cloudformation = target.client("cloudformation")
    try:
        stack: dict[str, Any] = cloudformation.describe_stacks(StackName=target.stack_name)["Stacks"][0]
    except cloudformation.exceptions.ClientError as error:
        if "does not exist" in str(error):
            return None
        raise
    return None if stack["StackStatus"] in ("DELETE_COMPLETE", "REVIEW_IN_PROGRESS") else stack


def outputs(stack: Mapping[str, Any]) -> dict[str, str]:
    """The stack's outputs by name."""
    return {each["OutputKey"]: each["OutputValue"] for each in stack.get("Outputs", [])}


def is_current(stack: Mapping[str, Any] | None, fingerprint: str) -> bool:
    """Whether the stack stands and was last deployed with this fingerprint."""
    if not stack or stack["StackStatus"] not in SETTLED - {"UPDATE_ROLLBACK_COMPLETE"}:
        return False
    return {"Key": FINGERPRINT, "Value": fingerprint} in stack.get("Tags", [])


def fingerprint(package: Package, parameters: Mapping[str, str]) -> str:
    """A name for this package with these parameters, short enough for a tag."""
    return hashlib.sha256(f"{package.fingerprint}{sorted(parameters.items())}".encode()).hexdigest()[:32]


def deploy(
    target: Target, package: Package, parameters: Mapping[str, str], report: Report = lambda _: None
) -> dict[str, Any]:
    """Create or update the stack, wait, and return it; raises DeploymentFailed with its reasons."""
    template_url = artifacts.upload(target, package)
    given = {**parameters, "ArtifactBucket": target.artifact_bucket, "CodeKey": package.code_key}
    request = {
        "StackName": target.stack_name,
        "TemplateURL": template_url,
        "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in given.items()],
        "Capabilities": CAPABILITIES,
        "Tags": [{"Key": FINGERPRINT, "Value": fingerprint(package, parameters)}],
    }
    known = find_stack(target)
    if (
        known and known["StackStatus"] == "ROLLBACK_COMPLETE"
    ):  # a first creation that failed: nothing can be updated
        _delete(target, report)
        known = None
    events_before = _event_ids(target) if known else set()
    if _start(target, request, update=known is not None):
        _wait(target, events_before, report)
    return find_stack(target) or {}


def _start(target: Target, request: dict[str, Any], *, update: bool) -> bool:
    cloudformation = target.client("cloudformation")
    try:
        (cloudformation.update_stack if update else cloudformation.create_stack)(**request)
    except cloudformation.exceptions.ClientError as error:
        if any(words in str(error) for words in NOTHING_TO_DO):
            return False
        raise DeploymentFailed(str(error)) from error
    return True


def _delete(target: Target, report: Report) -> None:
    report("removing what is left of a first deployment that failed")
    cloudformation = target.client("cloudformation")
    cloudformation.delete_stack(StackName=target.stack_name)
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=target.stack_name)


def _wait(target: Target, seen: set[str], report: Report) -> None:
    failures: list[str] = []
    while True:
        for event in _new_events(target, seen):
            line = f"{event['ResourceStatus']:<28} {event['LogicalResourceId']}"
            reason = event.get("ResourceStatusReason", "")
            if event["ResourceStatus"].endswith("FAILED"):
                failures.append(f"{event['LogicalResourceId']} ({event['ResourceType']}): {reason}")
            report(line)
        stack = find_stack(target)
        status = stack["StackStatus"] if stack else "DELETE_COMPLETE"
        if not status.endswith("IN_PROGRESS"):
            break
        time.sleep(0.3 if target.endpoint_url else 3)
    if status not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        raise DeploymentFailed("\n".join([f"The stack ended as {status}.", *failures]))


def _event_ids(target: Target) -> set[str]:
    return {event["EventId"] for event in _events(target)}


def _new_events(target: Target, seen: set[str]) -> list[dict[str, Any]]:
    fresh = [event for event in _events(target) if event["EventId"] not in seen]
    seen.update(event["EventId"] for event in fresh)
    return fresh[::-1]


def _events(target: Target) -> list[dict[str, Any]]:
    pages = target.client("cloudformation").get_paginator("describe_stack_events")
    found = pages.paginate(StackName=target.stack_name)
    return [event for page in found for event in page["StackEvents"]]
