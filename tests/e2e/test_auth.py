"""The cloud of these tests enforces IAM: it has the roles that are tested in process, refuses, and lets a file go its way.

That no grant is missing and none is too many is shown in process, call by call: `tests/grants/`.
"""

from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from infra.local.grants import POLICY_NAME
from infra.local.ministack import REGION
from infra.packaging.names import functions
from infra.rotate_keys import rotate
from tests.cloud import Cloud
from tests.e2e.journeys import ACCOUNTANT, Approver, Post, new_applicant
from tests.grants.policies import OF_THE_SERVICE, granted
from tests.inprocess import ACCOUNT, ENVIRONMENT, STACK

pytestmark = pytest.mark.cloud

DENIED = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}


def test_a_file_becomes_a_partner_and_withdraws_a_consent_with_the_roles_of_the_template(
    cloud: Cloud,
) -> None:
    post = Post(cloud)
    applicant, officer = new_applicant(cloud, post), Approver(cloud, post)
    applicant.applies().confirms()
    assert officer.answers(officer.link(applicant), "accept").status == 303
    accountant = Approver(cloud, post, ACCOUNTANT)
    assert accountant.answers(accountant.link(applicant, "règlement"), "confirm").status == 303
    consents = applicant.link("Bienvenue", "/consentements/")
    withdrawn = applicant.site.post(consents, {"accord": "publication", "choix": "retirer"})
    assert withdrawn.status == 303
    assert "Accord retiré" in applicant.site.get(withdrawn.headers["location"]).text


def test_a_rotation_keeps_the_key_before(cloud: Cloud) -> None:
    secrets, secret = cloud.client("secretsmanager"), _secret(cloud)
    before = secrets.get_secret_value(SecretId=secret)["SecretString"]
    rotate(cloud.stack.target)
    known = {
        stage: secrets.get_secret_value(SecretId=secret, VersionStage=stage)["SecretString"]
        for stage in ("AWSCURRENT", "AWSPREVIOUS")
    }
    assert known["AWSPREVIOUS"] == before != known["AWSCURRENT"]
    assert len(known["AWSCURRENT"]) == len(before) == 64


def test_the_cloud_has_the_very_roles_that_are_tested_in_process(cloud: Cloud) -> None:
    iam = cloud.client("iam")
    for function_id in functions():
        deployed = {grant for grant in _deployed(cloud, iam, function_id) if grant[0] not in OF_THE_SERVICE}
        tested = {(grant.action, _here(cloud, grant.resource)) for grant in granted(function_id)}
        assert deployed == tested, function_id


def test_a_function_is_denied_what_its_role_lacks(cloud: Cloud) -> None:
    session = session_of(cloud, "look_up_application")
    ask = lambda service: session.client(service, endpoint_url=cloud.endpoint_url)  # noqa: E731
    dynamodb, table = ask("dynamodb"), f"{cloud.prefix}-partners"
    key = {"pk": {"S": "APPLICATION#none"}, "sk": {"S": "FILE"}}
    other = {
        "TableName": f"{cloud.prefix}-decisions",
        "Key": {"pk": {"S": "none"}, "sk": {"S": "DECISION"}},
    }
    assert not is_denied(lambda: dynamodb.get_item(TableName=table, Key=key))
    assert is_denied(lambda: dynamodb.put_item(TableName=table, Item=key))
    assert is_denied(lambda: dynamodb.delete_item(TableName=table, Key=key))
    assert is_denied(lambda: dynamodb.scan(TableName=table))
    assert is_denied(lambda: dynamodb.get_item(**other))
    assert is_denied(lambda: ask("sesv2").list_email_identities())
    assert is_denied(lambda: ask("stepfunctions").list_state_machines())
    assert is_denied(lambda: ask("lambda").delete_function(FunctionName=f"{cloud.prefix}-api_handler"))
    assert is_denied(lambda: ask("secretsmanager").get_secret_value(SecretId=_secret(cloud)))


def session_of(cloud: Cloud, function_id: str) -> boto3.Session:
    """What the function's own role may do."""
    sts = cloud.client("sts")
    given = sts.assume_role(RoleArn=_role(cloud, function_id), RoleSessionName="test")["Credentials"]
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


def _role(cloud: Cloud, function_id: str) -> str:
    found = cloud.client("lambda").get_function(FunctionName=f"{cloud.prefix}-{function_id}")
    return str(found["Configuration"]["Role"])


def _deployed(cloud: Cloud, iam: Any, function_id: str) -> set[tuple[str, str]]:
    """Every action on every resource of the role as it was deployed."""
    role = _role(cloud, function_id).rpartition("/")[2]
    names = set(iam.list_role_policies(RoleName=role)["PolicyNames"]) - {POLICY_NAME}
    documents = [iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"] for name in names]
    return {
        (action, resource)
        for document in documents
        for statement in document["Statement"]
        for action in _listed(statement["Action"])
        for resource in _listed(statement["Resource"])
    }


def _here(cloud: Cloud, resource: str) -> str:
    """The ARN in this deployment of what the tests in process call by their own names."""
    account = cloud.client("sts").get_caller_identity()["Account"]
    if resource.endswith(f":secret:{ENVIRONMENT['LINK_KEYS']}"):
        return _secret(cloud)
    return resource.replace(ACCOUNT, account).replace(STACK, cloud.prefix)


def _secret(cloud: Cloud) -> str:
    """The ARN of the one secret of the deployment."""
    (secret,) = cloud.client("secretsmanager").list_secrets()["SecretList"]
    return str(secret["ARN"])


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
