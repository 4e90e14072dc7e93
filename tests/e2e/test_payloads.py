"""Read when all else has run: how much the machines carried and the tables hold, over the whole run (limits of AWS)."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.cloud import Cloud
from tests.e2e.journeys import Approver, Post, forget_limits, new_applicant
from tests.harness import snapshot

pytestmark = pytest.mark.cloud

LARGEST_INPUT = 16 * 1024
LARGEST_ITEM = 100_000
MOST_EVENTS = 5_000
ROUNDS = 3
IDENTIFIERS = {"application_id", "subsidy_id", "registration_id", "session_id", "report_id"}
NUMBERS = {"part", "parts", "batch", "batches"}
"""Of the parts that a territory is read in, and of the batches that readers are told in."""
CHOICES = {"status", "document_due", "round", "answer", "silence", "is_untold"}
"""What a machine chooses its way by: a code, a number or a time, never what somebody typed."""


@pytest.fixture(scope="module")
def histories(cloud: Cloud, post: Post) -> dict[str, list[dict[str, Any]]]:
    """The events of every execution; one more file that goes back and forth sees to it that there is a long one."""
    _goes_back_and_forth(cloud, post)
    found = dict(_histories(cloud))
    assert found
    return found


def _goes_back_and_forth(cloud: Cloud, post: Post) -> None:
    forget_limits(cloud)
    applicant, approver = new_applicant(cloud, post).applies().confirms(), Approver(cloud, post)
    for number in range(1, ROUNDS + 1):
        approver.answers(approver.link(applicant, number=number), "request_changes", "Une photo manque.")
        opened = applicant.site.post(applicant.link("À compléter", "/adhesion/corrections/", number))
        applicant.site.with_cookies(opened.cookies).post("/adhesion/verification")
    approver.answers(approver.link(applicant, number=ROUNDS + 1), "refuse", "Hors du territoire.")
    applicant.reaches("refused")


def _histories(cloud: Cloud) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    sfn = cloud.client("stepfunctions")
    for machine in sfn.list_state_machines()["stateMachines"]:
        runs = sfn.get_paginator("list_executions").paginate(stateMachineArn=machine["stateMachineArn"])
        for run in (each for page in runs for each in page["executions"]):
            pages = sfn.get_paginator("get_execution_history").paginate(executionArn=run["executionArn"])
            yield run["name"], [event for page in pages for event in page["events"]]


def test_every_state_is_given_little_and_identifiers_only(histories: dict[str, list[dict[str, Any]]]) -> None:
    entered = [
        event["stateEnteredEventDetails"]
        for events in histories.values()
        for event in events
        if "stateEnteredEventDetails" in event
    ]
    assert len(entered) > 10
    assert max(len(each["input"].encode()) for each in entered) < LARGEST_INPUT
    names = {name for each in entered for name in json.loads(each["input"])}
    assert names <= IDENTIFIERS | CHOICES | NUMBERS
    answers = [json.loads(each["input"]).get("answer", {}) for each in entered]
    assert {name for answer in answers for name in answer} <= {"decision_id", "outcome"}


def test_the_longest_run_is_far_from_the_limit_of_events(histories: dict[str, list[dict[str, Any]]]) -> None:
    longest = max(map(len, histories.values()))
    assert longest < MOST_EVENTS
    assert longest < 60 * (ROUNDS + 1) + 60


def test_every_item_is_small(cloud: Cloud) -> None:
    sizes = {
        name: max((len(line.encode()) for line in lines), default=0)
        for name, lines in snapshot.tables(cloud).items()
    }
    assert max(sizes.values()) > 1000
    assert {name: size for name, size in sizes.items() if size >= LARGEST_ITEM} == {}
