"""With IAM enforced: the whole way of a file works with the grants that the template gives, and no others do."""

from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from playwright.sync_api import Page, expect

from infra.local.ministack import REGION
from infra.local.settings import Settings
from infra.local.stack import LocalStack
from infra.package import build
from infra.packaging.names import functions
from tests.cloud import Cloud, settings_for
from tests.e2e.journeys import (
    ACCOUNTANT,
    NETWORK_OFFICER,
    Approver,
    FormRun,
    Post,
    choose,
    log_in,
    new_applicant,
)

pytestmark = [pytest.mark.cloud, pytest.mark.browser]

DENIED = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """A cloud of its own that checks every call against the caller's role."""
    found = settings_for(tmp_path_factory.mktemp("guarded"))
    stack = LocalStack(Settings(found.office, found.port, True, found.folder))
    try:
        stack.start(build())
        yield Cloud(stack)
    finally:
        stack.stop()


@pytest.fixture(scope="module")
def letters(guarded: Cloud) -> Post:
    """The mails of that cloud."""
    return Post(guarded)


def test_a_hotel_becomes_a_partner_with_the_roles_of_the_template(
    guarded: Cloud, letters: Post, open_browser: Callable[..., Page]
) -> None:
    applicant, approver = new_applicant(guarded, letters), Approver(guarded, letters)
    page, desk = open_browser(), open_browser()
    FormRun(guarded, page, applicant.answers).fills_everything().sends()
    page.goto(guarded.url + applicant.link("À confirmer", "/adhesion/confirmation/"))
    page.get_by_role("button", name="Confirmer mon adresse").click()
    approver.decides(
        desk, approver.link(applicant), "Demander des compléments", "Une précision, s’il vous plaît."
    )
    page.goto(guarded.url + applicant.link("À compléter", "/adhesion/corrections/"))
    page.get_by_role("button", name="Corriger mon dossier").click()
    page.get_by_role("button", name="Renvoyer mon dossier").click()
    approver.link(applicant, number=2)
    log_in(guarded, letters, desk, NETWORK_OFFICER, "/bureau")
    desk.get_by_role("link", name=applicant.name).click()
    choose(desk, "Accepter")
    accountant = Approver(guarded, letters, ACCOUNTANT)
    accountant.decides(desk, accountant.link(applicant, "règlement"), "Règlement reçu")
    applicant.is_told("Bienvenue")
    log_in(guarded, letters, page, applicant.email, "/espace")
    expect(page.locator(".tag").first).to_have_text("Partenaire actif")


@pytest.mark.parametrize(
    "name",
    [
        "reconcile_onboarding",
        "send_decision_reminders",
        "sweep_outbox",
        "sweep_decisions",
        "sweep_drafts",
        "purge_closed_files",
    ],
)
def test_a_scheduled_function_may_do_all_that_it_does(guarded: Cloud, name: str) -> None:
    answer = guarded.client("lambda").invoke(FunctionName=f"{guarded.prefix}-{name}", Payload=b"{}")
    assert "FunctionError" not in answer, answer["Payload"].read()


def session_of(cloud: Cloud, function_id: str) -> boto3.Session:
    """What the function's own role may do."""
    role = cloud.client("lambda").get_function(FunctionName=f"{cloud.prefix}-{function_id}")["Configuration"][
        "Role"
    ]
    given = cloud.client("sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
    return boto3.Session(
        given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"], region_name=REGION
    )


def is_denied(call: Callable[[], Any]) -> bool:
    """Whether the cloud refuses the call for want of a grant; another failure is not a refusal."""
    try:
        call()
    except ClientError as error:
        return error.response["Error"]["Code"] in DENIED
    return False


def test_a_function_is_denied_what_its_role_lacks(guarded: Cloud) -> None:
    session = session_of(guarded, "look_up_application")
    dynamodb = session.client("dynamodb", endpoint_url=guarded.endpoint_url)
    table = f"{guarded.prefix}-partners"
    key = {"pk": {"S": "APPLICATION#none"}, "sk": {"S": "FILE"}}
    other = {
        "TableName": f"{guarded.prefix}-decisions",
        "Key": {"pk": {"S": "none"}, "sk": {"S": "DECISION"}},
    }
    assert not is_denied(lambda: dynamodb.get_item(TableName=table, Key=key))
    assert is_denied(lambda: dynamodb.put_item(TableName=table, Item=key))
    assert is_denied(lambda: dynamodb.delete_item(TableName=table, Key=key))
    assert is_denied(lambda: dynamodb.scan(TableName=table))
    assert is_denied(lambda: dynamodb.get_item(**other))
    assert is_denied(
        lambda: session.client("sesv2", endpoint_url=guarded.endpoint_url).list_email_identities()
    )
    assert is_denied(
        lambda: session.client("stepfunctions", endpoint_url=guarded.endpoint_url).list_state_machines()
    )


@pytest.mark.parametrize("function_id", sorted(functions()))
def test_no_function_may_scan_the_tables_or_touch_the_code(guarded: Cloud, function_id: str) -> None:
    session = session_of(guarded, function_id)
    dynamodb = session.client("dynamodb", endpoint_url=guarded.endpoint_url)
    code = session.client("lambda", endpoint_url=guarded.endpoint_url)
    assert is_denied(lambda: dynamodb.scan(TableName=f"{guarded.prefix}-access"))
    assert is_denied(lambda: dynamodb.delete_table(TableName=f"{guarded.prefix}-partners"))
    assert is_denied(lambda: code.delete_function(FunctionName=f"{guarded.prefix}-api_handler"))
