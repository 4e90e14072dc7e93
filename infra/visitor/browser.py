"""A visitor without a window: follows links and redirects, keeps cookies, fills in the forms that it is shown."""

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from html import unescape
from secrets import token_hex
from typing import Any
from urllib.parse import urljoin, urlsplit

from infra.visitor.forms import Button, Form, forms_in
from infra.visitor.http import Answer, Site

LONGEST_WAY = 8
SEE_OTHER = (301, 302, 303, 307)
TAG = re.compile(r"<(script|style|head).*?</\1>|<[^>]+>", re.DOTALL)
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
LINK = re.compile(r'href="([^"]+)"')
LONGEST_TOLD = 400


class UnexpectedPage(Exception):
    """A page was not the one that should have come; the message says what stands on it."""


@dataclass(frozen=True)
class Page:
    """What is shown: the whole address where it ended, its status and its HTML."""

    url: str
    status: int
    html: str

    @property
    def path(self) -> str:
        """The address without its host and query."""
        return urlsplit(self.url).path

    @property
    def words(self) -> str:
        """What a person reads in the main part, on one line, with ordinary spaces."""
        found = MAIN.search(self.html)
        return " ".join(unescape(TAG.sub(" ", found[0] if found else self.html)).split())

    @property
    def links(self) -> list[str]:
        """Where it leads, in order."""
        return [unescape(found) for found in LINK.findall(self.html)]

    def form_with(self, button: str) -> tuple[Form, Button]:
        """The first form with a button of that text. Raises `UnexpectedPage`."""
        for form in forms_in(self.html):
            if found := form.button(button):
                return form, found
        raise UnexpectedPage(f"{self.path} has no button “{button}”: {self.words[:LONGEST_TOLD]}")

    def has_button(self, text: str) -> bool:
        """Whether there is such a button."""
        return any(form.button(text) for form in forms_in(self.html))


@dataclass
class Browser:
    """One visitor; requests go through `gate`, which says how many are made at once."""

    site: Site
    gate: AbstractContextManager[Any] = field(default_factory=nullcontext)
    cookies: dict[str, str] = field(default_factory=dict)

    def opens(self, path: str) -> Page:
        """The page at a path, or at a whole address of the site, after all redirects. Raises `UnexpectedPage`."""
        return self._right(self.looks(path))

    def looks(self, path: str) -> Page:
        """The same, whatever its status."""
        return self._followed(path, self._ask("GET", path))

    def presses(self, page: Page, button: str, answers: Mapping[str, Any] | None = None) -> Page:
        """Fill in the form that has this button, and press it. Raises `UnexpectedPage`."""
        return self._right(self.tries(page, button, answers))

    def tries(self, page: Page, button: str, answers: Mapping[str, Any] | None = None) -> Page:
        """The same, whatever the answer's status."""
        form, pressed = page.form_with(button)
        target = urljoin(page.url, pressed.action or form.action or page.url)
        return self.posts(target, form.filled(answers or {}, pressed))

    def posts(self, target: str, fields: list[tuple[str, str]]) -> Page:
        """Send fields to an address."""
        with self.gate:
            answer = self._site().post(target, fields)
        return self._followed(target, answer)

    def posts_json(self, path: str, document: Mapping[str, Any], key: str) -> Any:
        """Send a document as a program does, once per `key`; the answer's. Raises `UnexpectedPage`."""
        with self.gate:
            answer = self._site().post_json(path, document, Idempotency_Key=key)
        if answer.status >= 400:
            raise UnexpectedPage(f"{path}: {answer.status}, {answer.text[:LONGEST_TOLD]}")
        return answer.json

    def uploads(self, page: Page, form: Form, name: str, content: bytes) -> Page:
        """Send a file by its form, straight to the bucket, and come back to the site. Raises `UnexpectedPage`."""
        target = urlsplit(urljoin(page.url, form.action))
        kind, body = _multipart(form.filled({}), form.takes_file, name, content)
        bucket = Site(f"{target.scheme}://{target.netloc}")
        with self.gate:
            answer = bucket.ask(
                "POST", target.geturl(), body, {"Content-Type": kind, "Origin": self.site.url}
            )
        if answer.status not in SEE_OTHER:
            raise UnexpectedPage(f"{target.path}: {answer.status}, {answer.text[:LONGEST_TOLD]}")
        return self.opens(answer.headers["location"])

    def downloads(self, path: str) -> bytes:
        """A file, wherever it is kept. Raises `UnexpectedPage`."""
        answer = self._ask("GET", path)
        while answer.status in SEE_OTHER:
            away = urlsplit(urljoin(self.site.url, answer.headers["location"]))
            answer = Site(f"{away.scheme}://{away.netloc}").get(away.geturl())
        if answer.status != 200:
            raise UnexpectedPage(f"{path}: {answer.status}")
        return answer.body

    def _followed(self, path: str, answer: Answer) -> Page:
        where = urljoin(self.site.url, path)
        for _ in range(LONGEST_WAY):
            self._keep(answer)
            if answer.status not in SEE_OTHER:
                return Page(where, answer.status, answer.body.decode(errors="replace"))
            where = urljoin(where, answer.headers["location"])
            answer = self._ask("GET", where)
        raise UnexpectedPage(f"{path} leads from page to page without an end")

    def _ask(self, method: str, path: str) -> Answer:
        with self.gate:
            return self._site().ask(method, path)

    def _site(self) -> Site:
        return self.site.with_cookies(self.cookies)

    def _keep(self, answer: Answer) -> None:
        self.cookies |= answer.cookies
        self.cookies = {name: value for name, value in self.cookies.items() if value}

    @staticmethod
    def _right(page: Page) -> Page:
        if page.status >= 400:
            raise UnexpectedPage(f"{page.path}: {page.status}, {page.words[:LONGEST_TOLD]}")
        return page


def _multipart(fields: list[tuple[str, str]], file: str, name: str, content: bytes) -> tuple[str, bytes]:
    """The type and body of a form with a file, which comes last: S3 reads nothing behind it."""
    edge = token_hex(16)
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="{file}"; filename="{name}"\r\n'
    kind = "Content-Type: application/octet-stream\r\n\r\n"
    body = b"".join(parts) + (head + kind).encode() + content + f"\r\n--{edge}--\r\n".encode()
    return f"multipart/form-data; boundary={edge}", body
