"""Read last: nothing about a person, and nothing that opens a door, is in any log line of the whole run."""

import json

import pytest

from tests.cloud import Cloud
from tests.e2e.journeys import Approver, Post
from tests.harness import snapshot
from tests.harness.logs import FORBIDDEN, found_in

pytestmark = pytest.mark.cloud


def lines(cloud: Cloud) -> list[str]:
    """Every line that the functions of the deployment logged."""
    logs = cloud.client("logs")
    groups = [
        group["logGroupName"]
        for page in logs.get_paginator("describe_log_groups").paginate()
        for group in page["logGroups"]
        if cloud.prefix in group["logGroupName"]
    ]
    return [
        event["message"]
        for group in groups
        for page in logs.get_paginator("filter_log_events").paginate(logGroupName=group)
        for event in page["events"]
    ]


def words_of_people(cloud: Cloud) -> set[str]:
    """Names, streets and texts that people gave, and the tokens and links that were minted for them."""
    found = {"Maëlle", "Le Goff", "Goff", "Lucie", "Morand", "Hôtel", "Gîte", "place du Marché"}
    return found | snapshot.task_tokens(cloud)


@pytest.fixture(scope="module")
def logged(cloud: Cloud, post: Post) -> list[str]:
    """The lines of the run; one more file sees to it that there are some."""
    from tests.e2e.journeys import forget_limits, new_applicant

    forget_limits(cloud)
    applicant = new_applicant(cloud, post).applies().confirms()
    approver = Approver(cloud, post)
    approver.answers(approver.link(applicant), "accept")
    applicant.is_told("À régler")
    return lines(cloud)


def test_the_functions_log_what_they_do(logged: list[str]) -> None:
    assert any('"route"' in line and '"status"' in line for line in logged)
    assert any("send_mail" in line for line in logged)


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_no_line_holds(logged: list[str], kind: str) -> None:
    assert [line[:300] for line in logged if FORBIDDEN[kind].search(_plain(line))][:5] == []


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("an e-mail address", '{"to":"maelle@hotel.example.fr"}'),
        ("a SIRET", '{"siret":"73282932000074"}'),
        ("a telephone number", '{"phone":"+33465710000"}'),
        ("a link", '{"path":"/decisions/0123456789abcdef.def"}'),
        ("a cookie", '{"cookie":"__Host-sid=abc"}'),
        ("a name", json.dumps({"name": "Maëlle"})),
    ],
)
def test_a_line_that_holds_one_would_be_found(kind: str, line: str) -> None:
    assert kind in found_in(_plain(line))


def _plain(line: str) -> str:
    """The line with its accents as they are read."""
    return line.encode().decode("unicode_escape", "replace") if "\\u" in line else line


def test_no_line_holds_a_name_or_a_token(cloud: Cloud, logged: list[str], post: Post) -> None:
    known = words_of_people(cloud)
    known |= {
        link.rsplit("/", 1)[1].partition(".")[2]
        for mail in post.mails()
        for link in mail.links
        if "." in link.rsplit("/", 1)[1]
    }
    known = {word for word in known if len(word) >= 4}
    assert [line[:300] for line in map(_plain, logged) for word in known if word in line][:5] == []


def test_no_function_failed_in_the_whole_run(logged: list[str]) -> None:
    """A task that meets a foreseen situation ends by it, for its machine to catch; the cloud logs where it was raised."""
    foreseen = sum('"message":"situation"' in line and '"task":' in line for line in logged)
    raised = sum("Traceback" in line for line in logged)
    assert [line for line in logged if '"level":"ERROR"' in line][:5] == []
    assert raised <= foreseen
