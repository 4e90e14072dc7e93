"""Files from a real browser to the bucket, through the bucket's event to the function that looks at them, and back to the page."""

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from chalicelib.kernel import ids
from chalicelib.kernel.files import PostTicket
from chalicelib.uploads.model import Fault, UploadState
from chalicelib.uploads.rules import USUAL
from infra.packaging.names import ROOT
from tests.cloud import Cloud
from tests.e2e.browser import flaws
from tests.e2e.documents_page import DocumentsPage
from tests.harness.documents import A_PAGE, A_WINDOWS_PROGRAM, a_pdf, a_pdf_of
from tests.harness.http import Site
from tests.harness.race import Racers

pytestmark = [pytest.mark.cloud, pytest.mark.browser]

A_PNG = (ROOT / "docs" / "images" / "form.png").read_bytes()
BOUNDARY = "cordee0123456789"


@pytest.fixture
def documents(cloud: Cloud, racers: Racers) -> DocumentsPage:
    return DocumentsPage(cloud, racers, ids.new_id())


@pytest.fixture
def no_event(cloud: Cloud) -> Iterator[None]:
    """The bucket's events lead nowhere."""
    events = cloud.client("events")
    rules = [
        rule["Name"]
        for rule in events.list_rules()["Rules"]
        if "Object Created" in rule.get("EventPattern", "")
    ]
    for name in rules:
        events.disable_rule(Name=name)
    yield
    for name in rules:
        events.enable_rule(Name=name)


def send(ticket: PostTicket, content: bytes, name: str = "devis.pdf", **fields: str) -> tuple[int, bytes]:
    """A form sent by a program; status and body."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in {**ticket.fields, **fields}.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = "".join([*parts, head]).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    address = urlsplit(ticket.url)
    connection = http.client.HTTPConnection(address.netloc, timeout=60)
    connection.request(
        "POST", address.path, body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    )
    answer = connection.getresponse()
    try:
        return answer.status, answer.read()
    finally:
        connection.close()


def choose(page: Page, content: bytes, name: str, kind: str = "quote") -> None:
    page.set_input_files(
        f"#champ-{kind}", {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def press_send(page: Page, kind: str = "quote") -> None:
    page.locator(f".document:has(#champ-{kind})").get_by_role("button", name="Envoyer ce fichier").click()


def test_the_pages_of_the_site_may_send_to_the_bucket_and_nowhere_else(cloud: Cloud, site: Site):
    policy = site.get("/").headers["content-security-policy"]
    assert f"form-action 'self' {cloud.endpoint_url};" in policy
    assert f"connect-src 'self' {cloud.endpoint_url};" in policy


def test_without_script_a_pdf_goes_its_whole_way(documents, open_browser: Callable[..., Page]):
    page = documents.served_to(open_browser(javascript=False))
    choose(page, a_pdf(), "Devis été.pdf")
    press_send(page)
    page.wait_for_url(f"{documents.url}?bucket=**")
    (upload,) = documents.looked_at()
    assert (upload.state, upload.name) == (UploadState.KEPT, "Devis été.pdf")
    page.goto(documents.url)
    expect(page.locator(".document.joined")).to_contain_text("Devis été.pdf")
    page.get_by_role("button", name="Retirer").click()
    expect(page.locator(".document").first).to_contain_text("À joindre")
    assert documents.uploads == []


def test_with_script_a_picture_goes_its_way_and_the_page_tells_when_it_is_there(documents, page: Page):
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    documents.served_to(page)
    choose(page, A_PNG, "plan.png", "plan")
    press_send(page, "plan")
    expect(page.locator(".document.joined")).to_contain_text("plan.png", timeout=30_000)
    assert page.url in (documents.url, f"{documents.url}/controle")
    assert said == []
    assert flaws(page, "documents") == []


def test_without_any_event_the_page_has_a_button(documents, no_event, open_browser: Callable[..., Page]):
    page = documents.served_to(open_browser(javascript=False))
    choose(page, a_pdf(), "devis.pdf")
    press_send(page)
    page.wait_for_url(f"{documents.url}?bucket=**")
    assert documents.waiting() == {"quote"}
    page.goto(documents.url)
    expect(page.locator(".document.checking")).to_contain_text("En cours de contrôle")
    page.get_by_role("button", name="Voir le résultat du contrôle").click()
    expect(page.locator(".document.joined")).to_contain_text("devis.pdf")


def test_with_script_nobody_has_to_press_that_button(documents, no_event, page: Page):
    documents.served_to(page)
    choose(page, a_pdf(), "devis.pdf")
    press_send(page)
    expect(page.locator(".document.joined")).to_contain_text("devis.pdf", timeout=30_000)


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"x", "notes.docx", "n’est ni un PDF ni un JPEG ni un PNG"),
        (b"", "devis.pdf", "est vide"),
        (b"x" * (USUAL.most_bytes + 1), "devis.pdf", "dépasse 10\u00a0Mo"),
    ],
)
def test_the_script_refuses_at_the_field_what_would_be_refused_anyway(
    documents, page: Page, content, name, told
):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    documents.served_to(page)
    choose(page, content, name)
    expect(page.locator("#champ-quote-erreur")).to_contain_text(told)
    press_send(page)
    expect(page.locator("#champ-quote")).to_be_focused()
    assert page.get_attribute("#champ-quote", "aria-describedby") == "champ-quote-aide champ-quote-erreur"
    assert [address for address in asked if address.startswith(documents.ticket().url)] == []
    choose(page, a_pdf(), "devis.pdf")
    expect(page.locator("#champ-quote-erreur")).to_have_text("")


def test_a_renamed_program_is_told_with_the_mend_and_the_form_again(documents, page: Page):
    documents.served_to(page)
    choose(page, A_WINDOWS_PROGRAM, "devis.pdf")
    press_send(page)
    refused = page.locator(".document.refused")
    expect(refused).to_contain_text("« devis.pdf »", timeout=30_000)
    expect(refused).to_contain_text("enregistrez votre document au format PDF")
    assert flaws(page, "documents, refused") == []
    choose(page, a_pdf(), "devis.pdf")
    press_send(page)
    expect(page.locator(".document.joined")).to_contain_text("devis.pdf", timeout=30_000)


def test_a_page_that_was_left_open_for_too_long_says_so(documents, page: Page):
    documents.served_to(page)
    page.eval_on_selector("[name=policy]", "(field) => { field.value = 'x' }")
    choose(page, a_pdf(), "devis.pdf")
    press_send(page)
    expect(page.locator("#champ-quote-erreur")).to_contain_text("ouverte depuis trop longtemps")


def test_a_file_of_exactly_the_limit_is_kept_and_what_is_served_is_an_attachment(documents):
    content = a_pdf_of(USUAL.most_bytes)
    assert send(documents.ticket(), content, "<b>été</b>.pdf")[0] == 303
    (upload,) = documents.looked_at()
    assert (upload.size, upload.fault) == (len(content), None)
    with urllib.request.urlopen(documents.download_url(upload)) as answer:
        assert answer.read() == content
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="')


@pytest.mark.parametrize(
    ("content", "fields", "status", "code"),
    [
        (b"0" * 11_000_000, {}, 400, b"EntityTooLarge"),
        (b"0" * (USUAL.most_bytes + 1), {}, 400, b"EntityTooLarge"),
        (b"", {}, 400, b"EntityTooSmall"),
        (A_PAGE, {"key": "incoming/index.html"}, 403, b"AccessDenied"),
        (A_PAGE, {"key": "kept/${filename}"}, 403, b"AccessDenied"),
        (A_PAGE, {"acl": "public-read"}, 403, b"AccessDenied"),
        (A_PAGE, {"Content-Type": "text/html"}, 403, b"AccessDenied"),
        (A_PAGE, {"x-amz-signature": "0" * 64}, 403, b"SignatureDoesNotMatch"),
    ],
    ids=["11 MB", "limit + 1", "0 bytes", "elsewhere", "kept", "public", "type", "signature"],
)
def test_the_bucket_itself_refuses_what_the_form_does_not_allow(documents, content, fields, status, code):
    if code == b"SignatureDoesNotMatch" and not documents.cloud.stack.settings.auth:
        pytest.skip("signatures are checked where IAM is enforced")
    answered, body = send(documents.ticket(), content, **fields)
    assert (answered, code in body) == (status, True)
    assert documents.waiting() == frozenset()


def test_nobody_reads_a_file_without_a_link(documents):
    send(documents.ticket(), a_pdf())
    (upload,) = documents.looked_at()
    link = urlsplit(documents.download_url(upload))
    for address in (f"{link.scheme}://{link.netloc}{link.path}", documents.download_url(upload)[:-3] + "000"):
        if not documents.cloud.stack.settings.auth:
            pytest.skip("signatures are checked where IAM is enforced")
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(address)


def test_the_form_of_one_owner_does_not_put_a_file_to_another(documents):
    own, foreign = documents.ticket(), replace(documents, owner=ids.new_id())
    assert send(own, a_pdf(), key=foreign.ticket().fields["key"])[0] == 403
    assert foreign.waiting() == frozenset()


def test_many_forms_at_once_keep_what_the_rules_allow(documents):
    for number in range(USUAL.most_of_kind + 2):
        assert send(documents.ticket(), a_pdf(number + 1))[0] == 303
    uploads = documents.looked_at(USUAL.most_of_kind + 1)
    assert sum(upload.is_kept for upload in uploads) == USUAL.most_of_kind
    assert [upload.fault for upload in uploads if not upload.is_kept] == [Fault.TOO_MANY_OF_KIND]


def test_the_log_of_the_check_names_no_file(documents, cloud: Cloud):
    send(documents.ticket(), a_pdf(), "nom-de-famille.pdf")
    documents.looked_at()
    logs = cloud.client("logs").filter_log_events(logGroupName=f"/aws/lambda/{cloud.prefix}-check_upload")
    assert logs["events"]
    assert "nom-de-famille" not in json.dumps(logs["events"])
