"""Functions that die at work, and questions whose process is gone: once is still once, and nothing stays stuck."""

import json
import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest

from tests.cloud import Cloud
from tests.e2e import seeding
from tests.e2e.files import (
    File,
    decision,
    entered,
    files_to_decide,
    outcome,
    reaches,
    run_arn,
    run_status,
    status,
)
from tests.harness import snapshot
from tests.harness.http import Answer, Site
from tests.harness.killing import dying, logged, stopped
from tests.harness.mailbox import Post
from tests.harness.race import Racers
from tests.harness.starts import Run, Work
from tests.harness.waiting import until

pytestmark = pytest.mark.cloud

ACCEPT = {"outcome": "accept"}
LATE = "2020-01-01T00:00:00.000000+00:00"


@pytest.fixture
def file(cloud: Cloud, racers: Racers, post: Post) -> File:
    """A file that waits for the office, and whose mails have left."""
    (made,) = files_to_decide(cloud, racers)
    post.wait(made["email"], "Bien reçue")
    post.quiet()
    return made


def invoke_without_waiting(cloud: Cloud, name: str, event: dict[str, Any]) -> None:
    """As a schedule or a topic does: up to three attempts."""
    cloud.client("lambda").invoke(
        FunctionName=name, InvocationType="Event", Payload=json.dumps(event).encode()
    )


def stream_of(key: str) -> dict[str, Any]:
    return {"Records": [{"dynamodb": {"Keys": {"pk": {"S": key}}, "SequenceNumber": "1"}}]}


@pytest.fixture
def mail(cloud: Cloud, racers: Racers, file: File) -> Iterator[tuple[str, str]]:
    """The key and the address of a mail that waits, and that the stream does not see; nobody will settle it."""
    to = f"une-fois.{file['id']}@hotel.example.fr"
    (key,) = racers.each([Work(seeding.unsend, (file["id"], to))])
    yield key, to
    snapshot.forget(cloud, "mail", key)


def test_a_function_that_dies_when_its_mail_has_left_sends_it_once_in_three_attempts(
    cloud: Cloud, post: Post, mail: tuple[str, str]
) -> None:
    key, to = mail
    with dying(cloud, "send_mail", "SendEmail") as name:
        invoke_without_waiting(cloud, name, stream_of(key))
        until(lambda: is_done(cloud, name), "the attempt that had nothing to do")
    assert len(post.mails(to)) == 1
    assert snapshot.item(cloud, "mail", key)["state"]["S"] == "claimed"


def test_without_its_condition_such_a_function_sends_a_mail_in_each_attempt(
    cloud: Cloud, post: Post, mail: tuple[str, str]
) -> None:
    key, to = mail
    with dying(cloud, "send_mail", "SendEmail", unguarded=True) as name:
        invoke_without_waiting(cloud, name, stream_of(key))
        post.wait(to, "", number=2)


def is_done(cloud: Cloud, name: str) -> bool:
    """Whether an attempt came to its end."""
    return any('"done"' in line for line in logged(cloud, name))


def test_a_task_that_dies_when_it_has_committed_does_so_once_in_three_attempts(
    cloud: Cloud, post: Post, file: File
) -> None:
    event = {"application_id": file["id"], "event": "refused", "round": 1}
    with dying(cloud, "record_application_event", "TransactWriteItems") as name:
        invoke_without_waiting(cloud, name, event)
        until(lambda: is_done(cloud, name), "the attempt that had nothing to do")
    assert status(cloud, file) == "refused"
    post.wait(file["email"], "n’est pas retenue")
    post.quiet()
    assert len(post.mails(file["email"], "n’est pas retenue")) == 1


def take_up(cloud: Cloud, file: File) -> None:
    """Let time pass until the reconciler looks at the file, and finds that its answer was not heard."""
    cloud.client("dynamodb").update_item(
        TableName=f"{cloud.prefix}-partners",
        Key={"pk": {"S": f"APPLICATION#{file['id']}"}, "sk": {"S": "APPLICATION"}},
        UpdateExpression="SET status_since = :late",
        ExpressionAttributeValues={":late": {"S": LATE}},
    )
    Run("reconcile_onboarding", {}).there(cloud)
    reaches(cloud, file, "awaiting_payment")


def test_a_task_that_is_killed_at_work_is_taken_up_by_the_reconciler(
    cloud: Cloud, post: Post, file: File
) -> None:
    Run("record_application_event", {"application_id": file["id"], "event": "refused", "round": 9}).there(
        cloud
    )
    with stopped(cloud, "record_application_event") as pids:
        assert Site(cloud.url).post(file["link"], ACCEPT).status == 303
        until(lambda: "Record the acceptance" in entered(cloud, file), "the task")
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        until(lambda: run_status(cloud, file["id"]) == "FAILED", "the end of the run")
    assert (outcome(cloud, file), status(cloud, file)) == ("accept", "submitted")
    take_up(cloud, file)
    assert run_status(cloud, f"{file['id']}-2") == "RUNNING"
    post.wait(file["email"], "À régler")
    post.quiet()
    assert len(post.mails(file["email"], "À régler")) == 1


def stop(cloud: Cloud, file: File) -> None:
    cloud.client("stepfunctions").stop_execution(executionArn=run_arn(cloud, file["id"]))


def lose_token(cloud: Cloud, file: File) -> None:
    """As if it were of another cloud: it is unknown from now on."""
    cloud.client("dynamodb").update_item(
        TableName=f"{cloud.prefix}-decisions",
        Key={"pk": {"S": file["decision_id"]}, "sk": {"S": "DECISION"}},
        UpdateExpression="SET task_tokens = :tokens",
        ExpressionAttributeValues={":tokens": {"L": [{"S": "garbage"}]}},
    )


@pytest.mark.parametrize(
    "lost",
    [(), (lose_token,), (stop,), (stop, lose_token)],
    ids=["nothing", "its token", "its run", "its run and its token"],
)
def test_whatever_became_of_the_process_the_answer_is_kept_shown_and_taken_up(
    cloud: Cloud, racers: Racers, lost: tuple[Any, ...]
) -> None:
    (file,) = files_to_decide(cloud, racers)
    for lose in lost:
        lose(cloud, file)
    first, again, other = answer_three_times(cloud, file)
    assert (first.status, again.status, other.status) == (303, 200, 409)
    assert outcome(cloud, file) == "accept"
    shown = Site(cloud.url).get(file["link"])
    assert (shown.status, "Réponse enregistrée\u00a0: Accepter" in shown.text) == (200, True)
    if lost:
        assert status(cloud, file) == "submitted"
        stop(cloud, file)
        take_up(cloud, file)
    reaches(cloud, file, "awaiting_payment")


def answer_three_times(cloud: Cloud, file: File) -> list[Answer]:
    forms = [ACCEPT, ACCEPT, {"outcome": "refuse", "reason": "Trop tard."}]
    return [Site(cloud.url).post(file["link"], form) for form in forms]


def test_a_garbage_link_changes_nothing_and_says_what_to_do(cloud: Cloud, file: File) -> None:
    before = decision(cloud, file)
    for token in ("garbage", "a.b", f"{file['link'].rsplit('/', 1)[1]}x"):
        answer = Site(cloud.url).post(f"/decisions/{token}", ACCEPT)
        assert (answer.status, "Ce lien n" in answer.text) == (404, True)
    assert (decision(cloud, file), status(cloud, file)) == (before, "submitted")
