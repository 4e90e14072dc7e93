"""A new machine is deployed while runs wait: they go on to their end, and the kept histories lead where they led."""

import json
from typing import Any

import boto3
import pytest
from botocore.config import Config

from infra.local.ministack import REGION, ROOT_CREDENTIALS
from tests.cloud import Cloud
from tests.e2e.files import machine_arn
from tests.e2e.journeys import ACCOUNTANT, Applicant, Approver, Post
from tests.harness.snapshot import items
from tests.harness.waiting import until
from tests.workflows.every_process import LIVES
from tests.workflows.lives import Lives

pytestmark = pytest.mark.cloud


def described(cloud: Cloud, process: str) -> dict[str, Any]:
    """The deployed machine of a process: its ARN, role and definition, with every placeholder filled."""
    sfn = cloud.client("stepfunctions")
    found: dict[str, Any] = sfn.describe_state_machine(stateMachineArn=machine_arn(cloud, process))
    return found


@pytest.mark.parametrize("lives", LIVES, ids=lambda lives: lives.process)
def test_every_kept_step_leads_where_it_led_on_the_deployed_machine(cloud: Cloud, lives: Lives) -> None:
    session = boto3.Session(region_name=REGION, **ROOT_CREDENTIALS)
    config = Config(inject_host_prefix=False)
    client = session.client("stepfunctions", endpoint_url=cloud.endpoint_url, config=config)
    machine = described(cloud, lives.process)
    steps = {json.dumps(step): step for taken in lives.kept().values() for step in taken}
    led = {key: tried(client, machine, step) for key, step in steps.items()}
    assert {key: to for key, to in led.items() if to != steps[key]["next"]} == {}


def tried(client: Any, machine: dict[str, Any], step: dict[str, Any]) -> str | None:
    """The state that follows, as the TestState API says; of a Map, which the local cloud cannot test, as it is written."""
    state: dict[str, Any] = json.loads(machine["definition"])["States"][step["state"]]
    if state["Type"] == "Map":
        caught = [one["Next"] for one in state.get("Catch", ()) if step.get("error")]
        return str(caught[0] if caught else state["Next"])
    came: dict[str, Any] = {}
    if "error" in step:
        came = {"mock": {"errorOutput": {"error": step["error"], "cause": ""}}}
    elif "result" in step:
        came = {"mock": {"result": json.dumps(step["result"])}}
    answer = client.test_state(
        definition=machine["definition"], roleArn=machine["roleArn"], stateName=step["state"],
        input=json.dumps(step["input"]), **came,
    )  # fmt: skip
    found: str | None = answer.get("nextState")
    return found


def test_runs_that_wait_go_on_after_the_machine_was_updated(
    cloud: Cloud, post: Post, an_applicant: Any, approver: Approver
) -> None:
    machine = described(cloud, "partners_onboarding")
    to_decide: Applicant = an_applicant().applies().confirms()
    to_pay: Applicant = an_applicant().applies().confirms()
    approver.answers(approver.link(to_pay), "accept")
    links = approver.link(to_decide), Approver(cloud, post, ACCOUNTANT).link(to_pay, "règlement")
    sfn, arn = cloud.client("stepfunctions"), machine["stateMachineArn"]
    sfn.update_state_machine(stateMachineArn=arn, definition=changed(machine["definition"]))
    try:
        approver.answers(links[0], "accept")
        Approver(cloud, post, ACCOUNTANT).answers(links[1], "confirm")
        to_pay.reaches("active")
        to_decide.reaches("awaiting_payment")
        payment = Approver(cloud, post, ACCOUNTANT)
        payment.answers(payment.link(to_decide, "règlement"), "confirm")
        to_decide.reaches("active")
        for applicant in (to_decide, to_pay):
            until(lambda one=applicant: run_status(cloud, arn, one) == "SUCCEEDED", "the end of the run")
    finally:
        sfn.update_state_machine(stateMachineArn=arn, definition=machine["definition"])


def changed(definition: str) -> str:
    """The next version of the machine: a step more before the activation."""
    after: dict[str, Any] = json.loads(definition)
    states = after["States"]
    states["Say that it begins"] = {"Type": "Pass", "Next": "Activate the partner"}
    for choice in states["Where does the file stand?"]["Choices"]:
        if choice["Next"] == "Activate the partner":
            choice["Next"] = "Say that it begins"
    return json.dumps(after)


def run_status(cloud: Cloud, arn: str, applicant: Applicant) -> str:
    """How the first run of this file stands: it has the name of the record."""
    rows = items(cloud, "partners")
    record = next(one for one in rows if one.get("reference", {}).get("S") == applicant.reference)
    name = record["pk"]["S"].rpartition("#")[2]
    run = arn.replace(":stateMachine:", ":execution:") + f":{name}"
    return str(cloud.client("stepfunctions").describe_execution(executionArn=run)["status"])
