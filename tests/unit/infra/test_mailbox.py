"""The mailbox keeps every mail, shows it readably, and lets no mail do anything."""

import http.client
import json
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from threading import Thread

import pytest

from infra.mailbox import pages
from infra.mailbox.server import MailboxServer
from infra.mailbox.store import MailStore
from infra.visitor.post import MailNeverCame, Post

HOSTILE = "<script>alert(1)</script>"


def mail(
    subject: str = "À décider",
    text: str = "Bonjour",
    html: str = "",
    attachment: tuple[str, bytes] | None = None,
) -> bytes:
    message = EmailMessage()
    message["From"] = "Office <bureau@example.org>"
    message["To"] = "jeanne@example.com"
    message["Subject"] = subject
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    if attachment:
        message.add_attachment(attachment[1], maintype="application", subtype="pdf", filename=attachment[0])
    return message.as_bytes()


@pytest.fixture
def store(tmp_path: Path) -> MailStore:
    return MailStore(tmp_path / "mail")


class Browser:
    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, path: str, method: str = "GET", host: str = "") -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request(method, path, headers={"Host": host or f"127.0.0.1:{self.port}"})
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, dict(answer.getheaders()), body


@pytest.fixture
def browser(store: MailStore) -> Iterator[Browser]:
    server = MailboxServer(store, 0, "http://127.0.0.1:1")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Browser(server.server_address[1])
    server.shutdown()
    server.server_close()
    thread.join()


def test_mails_outlive_the_mailbox_and_come_newest_first(store: MailStore, tmp_path: Path) -> None:
    for subject in ("un", "deux", "trois"):
        store.add(["jeanne@example.com"], mail(subject))
    again = MailStore(tmp_path / "mail")
    assert [each.subject for each in again.all()] == ["trois", "deux", "un"]


def test_the_addresses_are_those_of_the_envelope(store: MailStore) -> None:
    found = store.get(store.add(["a@example.com", "b@example.com"], mail()))
    assert found is not None
    assert found.to == "a@example.com, b@example.com"


def test_links_are_listed_once_in_order_without_the_stop_that_follows_them(store: MailStore) -> None:
    text = "Voir https://example.org/a. Puis (https://example.org/b), et https://example.org/a !"
    html = (
        '<a href="https://example.org/b">b</a> <a href="javascript:alert(1)">x</a> <a href="https://[">y</a>'
    )
    found = store.get(store.add(["x@example.com"], mail(text=text, html=html)))
    assert found is not None
    assert found.links == ["https://example.org/a", "https://example.org/b"]


def test_a_page_shows_hostile_text_as_text(browser: Browser, store: MailStore) -> None:
    content = mail(HOSTILE, text=HOSTILE, attachment=(f"{HOSTILE}.pdf", b"x"))
    mail_id = store.add([HOSTILE], content)
    for path in ("/", f"/messages/{mail_id}"):
        status, headers, body = browser.get(path)
        assert status == 200
        assert "<script>alert" not in body
        assert "script-src 'self'" in headers["Content-Security-Policy"]


def test_the_html_of_a_mail_is_locked_into_a_sandbox_without_script(
    browser: Browser, store: MailStore
) -> None:
    mail_id = store.add(["x@example.com"], mail(html=f"<p>Bonjour</p>{HOSTILE}"))
    _, _, page = browser.get(f"/messages/{mail_id}")
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page
    _, headers, body = browser.get(f"/messages/{mail_id}/body")
    assert headers["Content-Security-Policy"] == pages.MAIL_POLICY
    assert "default-src 'none'" in pages.MAIL_POLICY
    assert "allow-scripts" not in pages.MAIL_POLICY
    assert body.startswith('<!doctype html><meta charset="utf-8"><base target="_blank">')


def test_an_attachment_is_downloaded_under_a_harmless_name(browser: Browser, store: MailStore) -> None:
    mail_id = store.add(["x@example.com"], mail(attachment=("../../été\u202e.pdf", b"%PDF")))
    status, headers, body = browser.get(f"/messages/{mail_id}/attachments/0")
    assert (status, body) == (200, "%PDF")
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%C3%A9t")
    assert browser.get(f"/messages/{mail_id}/attachments/1")[0] == 404


def test_an_invitation_is_shown_with_what_it_asks_of_a_calendar(browser: Browser, store: MailStore) -> None:
    content = EmailMessage()
    content.set_content("Bonjour")
    content.add_attachment(
        b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="invitation.ics",
        params={"method": "CANCEL", "charset": "utf-8"},
    )  # fmt: skip
    mail_id = store.add(["x@example.com"], content.as_bytes())
    page = browser.get(f"/messages/{mail_id}")[2]
    assert ">invitation.ics</a> (text/calendar, CANCEL, 1\u00a0Ko)" in page
    assert browser.get(f"/messages/{mail_id}/attachments/0")[2] == "BEGIN:VCALENDAR"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00garbage",
        b"Subject: =?nope?q?x?=\r\nContent-Type: text/plain; charset=nope\r\n\r\n\xe9",
        b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Disposition: attachment\r\n\r\n',
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
    ],
)
def test_a_malformed_mail_is_shown_all_the_same(browser: Browser, store: MailStore, content: bytes) -> None:
    mail_id = store.add(["x@example.com"], content)
    for path in ("/", "/api/messages", f"/messages/{mail_id}", f"/messages/{mail_id}/body"):
        assert browser.get(path)[0] == 200


@pytest.mark.parametrize(
    "path", ["/messages/1", "/messages/../../x", f"/messages/{'0' * 20}", "/x", "/mailbox.py"]
)
def test_an_unknown_address_is_a_french_page(browser: Browser, path: str) -> None:
    status, _, body = browser.get(path)
    assert status == 404
    assert "Ce message n’est pas ici" in body


def test_the_name_of_another_site_is_refused(browser: Browser) -> None:
    assert browser.get("/api/messages", host="evil.example")[0] == 403
    assert browser.get("/api/messages", "DELETE", host="evil.example")[0] == 404


def test_tests_read_and_clear_the_mails_as_json(browser: Browser, store: MailStore) -> None:
    store.add(["x@example.com"], mail(text="Voir https://example.org/a"))
    (found,) = json.loads(browser.get("/api/messages")[2])
    assert set(found) == {"id", "to", "from", "subject", "date", "text", "html", "links"}
    assert browser.get("/api/messages", "DELETE")[0] == 204
    assert json.loads(browser.get("/api/messages")[2]) == []


def test_an_empty_mailbox_says_where_to_begin(browser: Browser) -> None:
    assert "http://127.0.0.1:1/adhesion" in browser.get("/")[2]


def test_a_program_reads_on_behind_the_mail_that_it_has(browser: Browser, store: MailStore) -> None:
    first = store.add(["x@example.com"], mail(subject="Un"))
    assert [one["subject"] for one in json.loads(browser.get("/api/messages?after=0")[2])] == ["Un"]
    store.add(["x@example.com"], mail(subject="Deux"))
    assert [one["subject"] for one in json.loads(browser.get(f"/api/messages?after={first}")[2])] == ["Deux"]


def test_a_visitor_finds_mails_by_addressee_subject_and_content_as_they_come(
    browser: Browser, store: MailStore
) -> None:
    post = Post(f"http://127.0.0.1:{browser.port}", patience=5)
    store.add(["x@example.com", "y@example.com"], mail(text="Dossier A-1 https://example.org/decisions/abc"))
    assert post.wait("x@example.com", "À décider", about="A-1").link("/decisions/") == "/decisions/abc"
    assert post.letters("x@example.com", "À payer", about="A-1") == []
    assert post.letters("z@example.com") == []
    store.add(["x@example.com"], mail(text="Dossier A-2"))
    assert post.wait("x@example.com", number=2).text.strip() == "Dossier A-2"
    assert len(post.letters("y@example.com")) == 1


def test_who_waits_for_a_mail_that_never_comes_is_told_which(browser: Browser) -> None:
    with pytest.raises(MailNeverCame, match=r"À décider.*x@example\.com"):
        Post(f"http://127.0.0.1:{browser.port}", patience=0).wait("x@example.com", "À décider")
