"""State machines from `workflows/<feature>_<process>.asl.json`.

A definition asks for a function by `${LookUpApplicationArn}` and for a template parameter by its name. A
string that is nothing but the placeholder of a Number parameter becomes a number, so that the files stay
valid JSON: `"TimeoutSeconds": "${ConfirmationSeconds}"`.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chalice.utils import to_cfn_resource_name

from infra.packaging.alarms import alarm
from infra.packaging.cloudformation import Template, allow, arn, log_group, ref, role, sub
from infra.packaging.names import Function

PLACEHOLDER = re.compile(r"\$\{(\w+)\}")
# CloudWatch Logs knows no narrower resource for these.
LOG_DELIVERY = [
    "logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
]  # fmt: skip


class UnknownPlaceholder(Exception):
    """A definition asks for something that is neither a function nor a parameter."""


def placeholders(definition: str) -> list[str]:
    """The names that a definition asks for, sorted."""
    return sorted(set(PLACEHOLDER.findall(definition)))


def rendered(path: Path, values: Mapping[str, str | int]) -> dict[str, Any]:
    """The definition with `values` in place of its placeholders, as a test or an emulator wants it."""
    text = _bare(path.read_text(), {name for name, value in values.items() if isinstance(value, int)})
    filled: dict[str, Any] = json.loads(PLACEHOLDER.sub(lambda found: str(values[found[1]]), text))
    return filled


def resources(path: Path, known: Mapping[str, Function], parameters: Mapping[str, Any]) -> Template:
    """The machine of one file with its role, log group and alarm."""
    process = path.name.removesuffix(".asl.json")
    machine = f"{to_cfn_resource_name(process)}Machine"
    name = f"${{AWS::StackName}}-{process}"
    return {
        machine: {
            "Type": "AWS::StepFunctions::StateMachine",
            "Properties": {
                "StateMachineName": sub(name),
                "RoleArn": arn(f"{machine}Role"),
                **_definition(path, known, parameters),
                "LoggingConfiguration": _logging(f"{machine}Logs"),
            },
        },
        f"{machine}Role": role("states.amazonaws.com", "Run", _grants(path, known)),
        f"{machine}Logs": log_group(f"/aws/vendedlogs/states/{name}"),
        f"{machine}Failed": alarm(
            f"An execution of {process} failed: its record waits for the reconciler or for a person.",
            ("AWS/States", "ExecutionsFailed"),
            {"StateMachineArn": ref(machine)},
        ),
    }


def _definition(path: Path, known: Mapping[str, Function], parameters: Mapping[str, Any]) -> dict[str, Any]:
    definition = json.dumps(json.loads(path.read_text()), ensure_ascii=False, indent=1)
    arns = {each.placeholder: each.arn for each in known.values()}
    unknown = [name for name in placeholders(definition) if name not in arns and name not in parameters]
    if unknown:
        raise UnknownPlaceholder(f"{path.name} asks for {', '.join(unknown)}: no such function or parameter.")
    numbers = {name for name, parameter in parameters.items() if parameter["Type"] == "Number"}
    values = {name: arns.get(name, ref(name)) for name in placeholders(definition)}
    return {"DefinitionString": _bare(definition, numbers), "DefinitionSubstitutions": values}


def _bare(definition: str, numbers: set[str]) -> str:
    """Take the quotes from around the placeholders of numbers."""
    return re.sub(
        r'"\$\{(\w+)\}"', lambda found: f"${{{found[1]}}}" if found[1] in numbers else found[0], definition
    )


def _grants(path: Path, known: Mapping[str, Function]) -> list[dict[str, Any]]:
    asked = placeholders(path.read_text())
    invoked = [each.arn for each in known.values() if each.placeholder in asked]
    return [*([allow(["lambda:InvokeFunction"], invoked)] if invoked else []), allow(LOG_DELIVERY, "*")]


def _logging(group: str) -> dict[str, Any]:
    destination = {"CloudWatchLogsLogGroup": {"LogGroupArn": arn(group)}}
    return {"Level": "ERROR", "IncludeExecutionData": False, "Destinations": [destination]}
