"""The application in one process on moto: its tables from the real template, its machines really executed.

moto is not thread-safe: races are for the embedded cloud, here everything comes one after the other.
"""

import importlib
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any
from unittest import mock

import boto3
from moto import mock_aws
from moto.awslambda_simple.models import LambdaSimpleBackend
from moto.dynamodb.responses import DynamoHandler
from moto.stepfunctions.parser.asl.parse import asl_parser
from moto.stepfunctions.parser.asl.parse.preprocessor import Preprocessor
from pynamodb.models import Model

from infra.packaging.cloudformation import load
from infra.packaging.machines import rendered
from infra.packaging.names import functions, module_of

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
    "LINK_KEYS": f"{STACK}-link-keys",
    "FILES_BUCKET": f"{STACK}-files-{ACCOUNT}-{REGION}",
    "FILES_ORIGIN": f"https://{STACK}-files-{ACCOUNT}-{REGION}.s3.{REGION}.amazonaws.com",
    "POWERTOOLS_METRICS_NAMESPACE": "Cordee",
}
LINK_KEY = "k" * 64
MOTO = {"stepfunctions": {"execute_state_machine": True}, "lambda": {"use_docker": False}}
ENDED = {"SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"}
DEADLINE_SECONDS = 20
RUN_ENDS_SECONDS = 3


CLIENTS = ("chalicelib.adapters.aws", "chalicelib.adapters.dynamodb")
"""Clients outlive their cloud: they hold nothing of it, and making them takes longer than a test."""

_parse_definition = asl_parser.AmazonStateLanguageParser.parse


@lru_cache(maxsize=8)
def _parsed(definition: str) -> Any:
    """The parsed text of a machine: moto parses it anew for each check and each run, a second each time."""
    return _parse_definition(definition)[1]


def _fresh_program(definition: str) -> tuple[Any, Any]:
    tree = _parsed(definition)
    return Preprocessor().visit(tree), tree


_one_at_a_time = threading.RLock()
_call_action = DynamoHandler.call_action


def _call_action_alone(responses: DynamoHandler) -> Any:
    """moto is not thread-safe: a machine's thread and the test's take turns at the tables."""
    with _one_at_a_time:
        return _call_action(responses)


@lru_cache(maxsize=1)
def _session() -> boto3.Session:
    return boto3.Session("test", "test", region_name=REGION)


@lru_cache(maxsize=8)
def client(service: str) -> Any:
    """A client for the tests themselves, made once."""
    return _session().client(service)


def forget_caches() -> None:
    """Forget every cached repository and office: the next test has a new cloud."""
    for name, module in list(sys.modules.items()):
        if name.startswith("chalicelib.") and name not in CLIENTS:
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


@lru_cache(maxsize=1)
def tables() -> list[dict[str, Any]]:
    """The tables that the template describes, streams and backups aside."""
    wanted = ("BillingMode", "KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes")
    resources = load(ROOT / "infra" / "resources.yaml")["Resources"].values()
    described = [each["Properties"] for each in resources if each.get("Type") == "AWS::DynamoDB::Table"]
    return [
        {"TableName": table["TableName"]["Fn::Sub"].replace("${AWS::StackName}", STACK)}
        | {key: table[key] for key in wanted if key in table}
        for table in described
    ]


def create_tables() -> None:
    """Empty tables, as the template describes them, an empty bucket and a key for links."""
    for table in tables():
        client("dynamodb").create_table(**table)
    # Its version is named: a link that was signed in one world opens in the next.
    keys = {"Name": ENVIRONMENT["LINK_KEYS"], "SecretString": LINK_KEY, "ClientRequestToken": "1" * 32}
    client("secretsmanager").create_secret(**keys)
    region = {"LocationConstraint": REGION}
    client("s3").create_bucket(Bucket=ENVIRONMENT["FILES_BUCKET"], CreateBucketConfiguration=region)


def drop_tables() -> None:
    """Forget all that is stored."""
    for table in tables():
        client("dynamodb").delete_table(TableName=table["TableName"])
    client("secretsmanager").delete_secret(SecretId=ENVIRONMENT["LINK_KEYS"], ForceDeleteWithoutRecovery=True)
    bucket = ENVIRONMENT["FILES_BUCKET"]
    for each in client("s3").list_objects_v2(Bucket=bucket).get("Contents", ()):
        client("s3").delete_object(Bucket=bucket, Key=each["Key"])
    client("s3").delete_bucket(Bucket=bucket)


def function_arn(function_id: str) -> str:
    """The ARN of a function of this stack."""
    return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{STACK}-{function_id}"


def handler(function_id: str) -> Callable[[dict[str, Any], Any], Any]:
    """The function as Lambda would find it: by module and name, without `app.py`."""
    return getattr(importlib.import_module(module_of(function_id)), function_id)


class Machine:
    """One state machine with its runs."""

    def __init__(self, process: str, wait_seconds: int, retry_seconds: int) -> None:
        self.client = client("stepfunctions")
        arns = {each.placeholder: function_arn(each.id) for each in functions().values()}
        path = ROOT / "workflows" / f"{process}.asl.json"
        values = {**arns, "WaitSeconds": wait_seconds, "RetrySeconds": retry_seconds}
        definition = rendered(path, values)
        self.own_states = frozenset(definition["States"])
        self.arn = self.client.create_state_machine(
            name=f"{STACK}-{process}",
            definition=json.dumps(definition),
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


def _stop_machines(before: set[threading.Thread]) -> None:
    """Let no run of this cloud go on in the next one."""
    sfn = client("stepfunctions")
    for machine in sfn.list_state_machines()["stateMachines"]:
        arn = machine["stateMachineArn"]
        for run in sfn.list_executions(stateMachineArn=arn, statusFilter="RUNNING")["executions"]:
            sfn.stop_execution(executionArn=run["executionArn"])
    for thread in set(threading.enumerate()) - before:
        with suppress(RuntimeError):  # moto may have made a thread that it has not started yet
            thread.join(RUN_ENDS_SECONDS)


_kept: set[int] = set()
"""The connections of items that were made in here, with credentials that work."""


def _item_classes() -> list[type[Model]]:
    return [each for each in _subclasses(Model) if each.__module__.startswith("chalicelib.")]


def _subclasses(base: type[Model]) -> Iterator[type[Model]]:
    for each in base.__subclasses__():
        yield each
        yield from _subclasses(each)


def _drop_strange_connections() -> None:
    """An item that was asked for outside of moto has a connection without credentials."""
    for item in _item_classes():
        if id(item._connection) not in _kept:
            item._connection = None


@contextmanager
def in_process() -> Iterator[InProcess]:
    """A new application on a new moto cloud."""
    cloud, threads = InProcess(), set(threading.enumerate())
    with (
        mock.patch.dict("os.environ", ENVIRONMENT),
        mock_aws(config=MOTO),
        mock.patch.object(LambdaSimpleBackend, "invoke", _backend(cloud)),
        mock.patch.object(DynamoHandler, "call_action", _call_action_alone),
        mock.patch.object(asl_parser.AmazonStateLanguageParser, "parse", staticmethod(_fresh_program)),
    ):
        forget_caches()
        _drop_strange_connections()
        create_tables()
        client("ses").verify_email_identity(EmailAddress=ENVIRONMENT["MAIL_SENDER"])
        yield cloud
        _stop_machines(threads)
        _kept.update(id(item._connection) for item in _item_classes())
    forget_caches()
