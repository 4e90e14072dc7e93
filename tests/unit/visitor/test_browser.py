"""A visitor keeps cookies, follows redirects, presses buttons, sends files, and says what stands on a wrong page."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from infra.serving import served
from infra.visitor.browser import Browser, UnexpectedPage
from infra.visitor.forms import forms_in
from infra.visitor.http import Site

FORM = '<main><form method="post" action="/take"><input name="a" value="1"><button>Envoyer</button></form></main>'
FILE = '<form method="post" action="/bucket"><input type="hidden" name="key" value="k"><input type="file" name="file"></form>'


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/away":
            self._answer(303, "", Location="/form", Set_Cookie="sid=abc; Path=/")
        elif self.path == "/out":
            self._answer(303, "", Location="/form", Set_Cookie="sid=; Path=/")
        elif self.path == "/round":
            self._answer(303, "", Location="/round")
        else:
            pages = {"/form": FORM, "/file": FILE, "/seen": f"<main>{self.headers.get('Cookie', '')}</main>"}
            self._answer(200 if self.path in pages else 404, pages.get(self.path, "<main>Introuvable</main>"))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/bucket":
            is_last = body.index('name="key"') < body.index('filename="a.csv"')
            self._answer(303 if is_last and "x;y" in body else 400, "", Location="/form")
        else:
            self._answer(422 if "a=2" in body else 200, f"<main>{body}</main>")

    def _answer(self, status: int, text: str, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


@pytest.fixture
def browser() -> Iterator[Browser]:
    with served(_Handler) as url:
        yield Browser(Site(url))


def test_redirects_are_followed_and_cookies_kept_until_they_are_taken_back(browser: Browser):
    assert browser.opens("/away").path == "/form"
    assert browser.opens("/seen").words == "sid=abc"
    browser.opens("/out")
    assert browser.opens("/seen").words == ""


def test_a_button_sends_its_form_with_the_answers(browser: Browser):
    page = browser.opens("/form")
    assert browser.presses(page, "Envoyer").words == "a=1"
    assert browser.tries(page, "Envoyer", {"a": 2}).status == 422
    with pytest.raises(UnexpectedPage, match="422, a=2"):
        browser.presses(page, "Envoyer", {"a": 2})


def test_a_page_that_is_not_there_or_has_no_such_button_is_told(browser: Browser):
    with pytest.raises(UnexpectedPage, match="404, Introuvable"):
        browser.opens("/nowhere")
    with pytest.raises(UnexpectedPage, match="no button"):
        browser.presses(browser.opens("/form"), "Payer")


def test_a_way_without_an_end_is_left(browser: Browser):
    with pytest.raises(UnexpectedPage, match="without an end"):
        browser.opens("/round")


def test_a_file_is_sent_behind_the_fields_of_its_form(browser: Browser):
    page = browser.opens("/file")
    (form,) = forms_in(page.html)
    assert browser.uploads(page, form, "a.csv", b"x;y").path == "/form"
    with pytest.raises(UnexpectedPage, match="400"):
        browser.uploads(page, form, "a.csv", b"other")
