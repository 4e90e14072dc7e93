"""Files that wait for the office, many at once, and what became of them."""

import json
from typing import Any

from tests.cloud import Cloud
from tests.e2e import seeding
from tests.harness import snapshot
from tests.harness.race import Racers
from tests.harness.starts import Work
from tests.harness.waiting import until
from tests.people import named

A_COLD_START = 90
File = dict[str, str]
"""`id`, `reference`, `decision_id`, the path of the `link` to answer, and the applicant's `email`."""


def files_to_decide(cloud: Cloud, racers: Racers, number: int = 1) -> list[File]:
    """Files that wait for the office; each has an address of its own."""
    given = [named("Hôtel disputé") for _ in range(number)]
    made = racers.each([Work(seeding.file_to_decide, (each,)) for each in given])
    for file in made:
        until(lambda file=file: decision(cloud, file), "the question to the office", A_COLD_START)
    return [{**file, "email": each["email"]} for file, each in zip(made, given, strict=True)]


def decision(cloud: Cloud, file: File) -> dict[str, Any]:
    """The stored decision, empty when the question was not put."""
    return snapshot.item(cloud, "decisions", file["decision_id"], "DECISION")


def outcome(cloud: Cloud, file: File) -> str:
    """The stored answer."""
    return str(json.loads(decision(cloud, file)["answer"]["S"])["outcome"])


def status(cloud: Cloud, file: File) -> str:
    """Where the file stands."""
    return str(
        snapshot.item(cloud, "partners", f"APPLICATION#{file['id']}", "APPLICATION")["status_key"]["S"]
    )


def reaches(cloud: Cloud, file: File, wanted: str) -> None:
    """Wait until the file stands there."""
    until(lambda: status(cloud, file) == wanted, lambda: f"{wanted}; it is {status(cloud, file)}")


def answer_heard(cloud: Cloud, file: File) -> Any:
    """What the execution got as the office's answer."""
    exits = [
        one["stateExitedEventDetails"] for one in history(cloud, file) if "stateExitedEventDetails" in one
    ]
    (output,) = [one["output"] for one in exits if one["name"] == "Ask the office to decide"]
    return json.loads(output)["answer"]


def entered(cloud: Cloud, file: File) -> list[str]:
    """The states that the execution entered, in order."""
    found = history(cloud, file)
    return [one["stateEnteredEventDetails"]["name"] for one in found if "stateEnteredEventDetails" in one]


def history(cloud: Cloud, file: File) -> list[dict[str, Any]]:
    """The events of the file's first execution."""
    arn = run_arn(cloud, file["id"])
    found = cloud.client("stepfunctions").get_execution_history(executionArn=arn, maxResults=1000)
    return list(found["events"])


def run_status(cloud: Cloud, name: str) -> str:
    """The status of an execution."""
    found = cloud.client("stepfunctions").describe_execution(executionArn=run_arn(cloud, name))
    return str(found["status"])


def runs(cloud: Cloud) -> list[dict[str, Any]]:
    """The executions of the onboarding."""
    pages = cloud.client("stepfunctions").get_paginator("list_executions")
    return [one for page in pages.paginate(stateMachineArn=machine_arn(cloud)) for one in page["executions"]]


def run_arn(cloud: Cloud, name: str) -> str:
    """The ARN of an execution of the onboarding."""
    return f"{machine_arn(cloud).replace(':stateMachine:', ':execution:')}:{name}"


def machine_arn(cloud: Cloud, process: str = "partners_onboarding") -> str:
    """The ARN of the machine of a process."""
    machines = cloud.client("stepfunctions").list_state_machines()["stateMachines"]
    (arn,) = [one["stateMachineArn"] for one in machines if one["name"] == f"{cloud.prefix}-{process}"]
    return str(arn)
