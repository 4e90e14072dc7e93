"""Plain HTTP to the running site: no redirect is followed, nothing is corrected on the way."""

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

FORM = "application/x-www-form-urlencoded"
SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """What came back: header names in lower case, `cookies` as name -> value."""

    status: int
    headers: dict[str, str]
    cookies: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Site:
    """One site by its root address; `cookies` are sent with every request."""

    url: str
    cookies: tuple[tuple[str, str], ...] = ()

    def with_cookies(self, cookies: dict[str, str]) -> "Site":
        """The same site, as the browser with these cookies sees it."""
        return Site(self.url, tuple(cookies.items()))

    def get(self, path: str, **headers: str) -> Answer:
        """GET; header names are written with underscores."""
        return self.ask("GET", path, headers=_named(headers))

    def post(self, path: str, form: Any = (), **headers: str) -> Answer:
        """POST of a form as a page of the site would send it: a mapping, pairs, or raw bytes."""
        body = form if isinstance(form, bytes) else urlencode(form, doseq=True).encode()
        sent = {"Content-Type": FORM, "Origin": self.url, **_named(headers)}
        return self.ask("POST", path, body, sent)

    def post_json(self, path: str, document: Any, **headers: str) -> Answer:
        """POST of a JSON document, or of bytes that claim to be one."""
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        return self.ask("POST", path, body, {"Content-Type": "application/json", **_named(headers)})

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Any request to `path`, or to a whole address of this site."""
        target = path.removeprefix(self.url) or "/"
        sent = dict(headers or {})
        if self.cookies:
            sent.setdefault("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies))
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=SECONDS)
        try:
            connection.request(method, target, body, sent)
            response = connection.getresponse()
            return _answer(response, response.read())
        finally:
            connection.close()


def _answer(response: http.client.HTTPResponse, body: bytes) -> Answer:
    set_cookies = response.headers.get_all("Set-Cookie") or []
    pairs = [each.split(";", 1)[0].partition("=") for each in set_cookies]
    return Answer(
        response.status,
        {name.lower(): value for name, value in response.headers.items()},
        {name: value for name, _, value in pairs},
        body,
    )


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
