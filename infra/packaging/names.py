"""The functions of the application and what CloudFormation calls them.

A function `look_up_application` is the resource `LookUpApplication`, its role is `LookUpApplicationRole`, a
state machine invokes it as `${LookUpApplicationArn}`. The function behind the API is `api_handler`.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chalice.utils import to_cfn_resource_name

ROOT = Path(__file__).resolve().parent.parent.parent
CHALICE_STAGE = "cloud"


@dataclass(frozen=True)
class Function:
    """One Lambda function: its id in the code and its logical id in the template."""

    id: str
    logical_id: str
    role_id: str

    @property
    def arn(self) -> dict[str, Any]:
        """The intrinsic that gives its ARN."""
        return {"Fn::GetAtt": [self.logical_id, "Arn"]}

    @property
    def placeholder(self) -> str:
        """The name by which a state machine's definition asks for its ARN."""
        return f"{self.logical_id}Arn"

    @property
    def dead_letters(self) -> str:
        """The logical id of its dead-letter queue, for those that have one."""
        return f"{self.logical_id}DeadLetters"


API_HANDLER = Function("api_handler", "APIHandler", "ApiHandlerRole")


def lambda_function(function_id: str) -> Function:
    """The names that Chalice gives to the function `function_id`."""
    logical_id = to_cfn_resource_name(function_id)
    return Function(function_id, logical_id, f"{logical_id}Role")


def task_modules(root: Path = ROOT) -> dict[str, Path]:
    """The modules that hold functions: `chalicelib.<room>.tasks`, or those of a folder of that name."""
    found = [*root.glob("chalicelib/*/tasks.py"), *root.glob("chalicelib/*/tasks/[a-z]*.py")]
    return {".".join(path.relative_to(root).with_suffix("").parts): path for path in sorted(found)}


def module_of(function_id: str) -> str:
    """The module that defines a function."""
    line = f"\ndef {function_id}("
    return next(name for name, path in task_modules().items() if line in path.read_text())


def functions(root: Path = ROOT) -> dict[str, Function]:
    """Every function of `.chalice/config.json` by its id, the API's included."""
    config = json.loads((root / ".chalice" / "config.json").read_text())
    ids = sorted(config["stages"][CHALICE_STAGE]["lambda_functions"])
    return {API_HANDLER.id: API_HANDLER} | {each: lambda_function(each) for each in ids}
