"""The application in one process on moto: its tables from the real template, its machines really executed.

moto is not thread-safe: races are for the embedded cloud, here everything comes one after the other.
"""

import importlib
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import boto3
from moto import mock_aws
from moto.awslambda_simple.models import LambdaSimpleBackend

from infra.packaging.cloudformation import load
from infra.packaging.machines import rendered
from infra.packaging.names import functions

ROOT = Path(__file__).resolve().parent.parent
REGION = "eu-west-3"
ACCOUNT = "123456789012"
STACK = "cordee-test"
BASE_URL = "https://pro.example.org"
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_REGION": REGION,
    "STAGE": "test",
    "BASE_URL": BASE_URL,
    "TABLE_PREFIX": STACK,
    "MACHINE_ARN_PREFIX": f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{STACK}",
    "MAIL_SENDER": "bonjour@office.example.org",
    "POWERTOOLS_METRICS_NAMESPACE": "Cordee",
}
MOTO = {"stepfunctions": {"execute_state_machine": True}, "lambda": {"use_docker": False}}
ENDED = {"SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"}
DEADLINE_SECONDS = 20


def forget_caches() -> None:
    """Forget every cached client, repository and office: the next test has a new cloud."""
    for name, module in list(sys.modules.items()):
        if name.startswith("chalicelib."):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def wait_until(found: Callable[[], Any], what: str, seconds: float = DEADLINE_SECONDS) -> Any:
    """The first true value of `found`, or a failure that says what never came."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := found():
            return value
        threading.Event().wait(0.02)
    raise AssertionError(f"never came: {what}")


def create_tables() -> None:
    """The tables that the template describes, streams and backups aside."""
    dynamodb = boto3.client("dynamodb", region_name=REGION)
    for resource in load(ROOT / "infra" / "resources.yaml")["Resources"].values():
        if resource.get("Type") == "AWS::DynamoDB::Table":
            properties = resource["Properties"]
            wanted = ("BillingMode", "KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes")
            dynamodb.create_table(
                TableName=properties["TableName"]["Fn::Sub"].replace("${AWS::StackName}", STACK),
                **{key: properties[key] for key in wanted if key in properties},
            )


def function_arn(function_id: str) -> str:
    """The ARN of a function of this stack."""
    return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{STACK}-{function_id}"


def handler(function_id: str) -> Callable[[dict[str, Any], Any], Any]:
    """The function as Lambda would find it: by module and name, without `app.py`."""
    for room in ("partners", "decisions", "mail"):
        found = getattr(importlib.import_module(f"chalicelib.{room}.tasks"), function_id, None)
        if found:
            return found
    raise LookupError(function_id)


class Machine:
    """One state machine with its runs."""

    def __init__(self, process: str, wait_seconds: int, retry_seconds: int) -> None:
        self.client = boto3.client("stepfunctions", region_name=REGION)
        arns = {each.placeholder: function_arn(each.id) for each in functions().values()}
        path = ROOT / "workflows" / f"{process}.asl.json"
        values = {**arns, "WaitSeconds": wait_seconds, "RetrySeconds": retry_seconds}
        self.arn = self.client.create_state_machine(
            name=f"{STACK}-{process}",
            definition=json.dumps(rendered(path, values)),
            roleArn=f"arn:aws:iam::{ACCOUNT}:role/machine",
        )["stateMachineArn"]

    def run_arn(self, name: str) -> str:
        """The ARN of a run."""
        return self.arn.replace(":stateMachine:", ":execution:") + f":{name}"

    def status(self, name: str) -> str:
        """The status of a run."""
        return str(self.client.describe_execution(executionArn=self.run_arn(name))["status"])

    def ended(self, name: str) -> str:
        """The status of a run once it has ended."""
        return str(wait_until(lambda: (s := self.status(name)) in ENDED and s, f"the end of run {name}"))

    def states(self, name: str) -> list[str]:
        """The names of the states that a run entered, in order."""
        history = self.client.get_execution_history(executionArn=self.run_arn(name), maxResults=1000)
        return [
            event["stateEnteredEventDetails"]["name"]
            for event in history["events"]
            if "stateEnteredEventDetails" in event
        ]


class InProcess:
    """The application on moto."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.faults: dict[str, list[Exception]] = {}

    def machine(self, process: str, wait_seconds: int = 3600, retry_seconds: int = 1) -> Machine:
        """Create the state machine of a process; durations are parameters, as in the template."""
        return Machine(process, wait_seconds, retry_seconds)

    def invoke(self, function_id: str, event: dict[str, Any]) -> Any:
        """Run a function as the cloud would, with a planned fault first if there is one."""
        self.calls.append(function_id)
        if self.faults.get(function_id):
            raise self.faults[function_id].pop(0)
        return json.loads(json.dumps(handler(function_id)(event, None)))


def _backend(cloud: InProcess) -> Callable[..., bytes]:
    def invoke(_: Any, function_name: str, __: Any, body: Any, ___: Any, response_headers: Any) -> bytes:
        function_id = function_name.rpartition(f":{STACK}-")[2]
        try:
            return json.dumps(cloud.invoke(function_id, json.loads(body))).encode()
        except Exception as error:
            response_headers["x-amz-function-error"] = "Unhandled"
            return json.dumps({"errorType": type(error).__name__, "errorMessage": str(error)}).encode()

    return invoke


@contextmanager
def in_process() -> Iterator[InProcess]:
    """A new application on a new moto cloud."""
    cloud = InProcess()
    with (
        mock.patch.dict("os.environ", ENVIRONMENT),
        mock_aws(config=MOTO),
        mock.patch.object(LambdaSimpleBackend, "invoke", _backend(cloud)),
    ):
        forget_caches()
        create_tables()
        boto3.client("ses", region_name=REGION).verify_email_identity(EmailAddress=ENVIRONMENT["MAIL_SENDER"])
        yield cloud
    forget_caches()
