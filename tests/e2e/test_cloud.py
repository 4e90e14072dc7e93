"""The packaged application on the embedded cloud answers, and its mails can be read."""

import json
import urllib.error
import urllib.request

import pytest

from tests.cloud import Cloud

pytestmark = pytest.mark.cloud


def ask(url: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(url, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def test_the_site_says_its_version_and_stage(cloud: Cloud) -> None:
    status, _, body = ask(f"{cloud.url}/api/v1/health")
    assert status == 200
    assert json.loads(body)["stage"] == "local"
    assert json.loads(body)["version"].startswith("0.")


@pytest.mark.parametrize("path", ["/", "/nulle-part", "/nulle/part/ailleurs"])
def test_an_unknown_path_reaches_the_application_rather_than_the_gateway(cloud: Cloud, path: str) -> None:
    _, _, body = ask(cloud.url + path)
    assert b"Missing Authentication Token" not in body


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_an_unforeseen_method_reaches_the_application(cloud: Cloud, method: str) -> None:
    status, _, body = ask(f"{cloud.url}/api/v1/health", method)
    assert status != 403
    assert b"Missing Authentication Token" not in body


def test_a_mail_sent_through_ses_is_in_the_mailbox_with_its_links(cloud: Cloud) -> None:
    body = {
        "Text": {"Data": "Bonjour,\nhttps://example.org/decisions/abc.def\n"},
        "Html": {"Data": '<p>Bonjour, <a href="https://example.org/espace">votre espace</a></p>'},
    }
    cloud.client("sesv2").send_email(
        FromEmailAddress="bureau@example.org",
        Destination={"ToAddresses": ["jeanne@example.com"]},
        Content={"Simple": {"Subject": {"Data": "À décider avant le 12 mars"}, "Body": body}},
    )
    mail = cloud.mailbox.wait_for(to="jeanne@example.com", subject="À décider")
    assert mail["from"] == "bureau@example.org"
    assert mail["links"] == ["https://example.org/decisions/abc.def", "https://example.org/espace"]
    assert "votre espace" in mail["html"]


def test_a_task_that_the_template_names_can_be_invoked(cloud: Cloud) -> None:
    names = [each["FunctionName"] for each in cloud.client("lambda").list_functions()["Functions"]]
    assert f"{cloud.prefix}-api_handler" in names
    assert f"{cloud.prefix}-look_up_application" in names


def test_a_function_tells_the_name_of_its_error_as_machines_catch_it(cloud: Cloud) -> None:
    asked = json.dumps({"report_id": "nobody's"})
    told = cloud.client("lambda").invoke(FunctionName=f"{cloud.prefix}-look_up_report", Payload=asked)
    assert json.loads(told["Payload"].read())["errorType"] == "ReportUnknown"
