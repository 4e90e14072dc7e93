"""What a runner of a race does: a request to the site, or one run of a function of the deployment.

Each can be done `here`, by the application in this process, or `there`, through the gateway and the functions of
the embedded cloud.
"""

import json
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

from tests.cloud import Cloud
from tests.harness.http import FORM, Answer, Site


class Start(Protocol):
    """One thing to do; it can be sent to another process."""

    def here(self) -> Any:
        """Do it in this process, whose environment is that of a function."""

    def there(self, cloud: Cloud) -> Any:
        """Do it in the embedded cloud."""


@dataclass(frozen=True)
class Request:
    """One request; the result is an `Answer`."""

    path: str
    method: str = "GET"
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)

    def here(self) -> Answer:
        from chalice.test import Client

        import app

        with Client(app.app) as client:
            answer = client.http.request(self.method, self.path, self.headers, self.body)
        lines = {name.lower(): value for name, value in answer.headers.items()}
        cookies = lines.pop("set-cookie", [])
        pairs = [
            each.split(";")[0].partition("=") for each in ([cookies] if isinstance(cookies, str) else cookies)
        ]
        headers = {name: value if isinstance(value, str) else value[0] for name, value in lines.items()}
        return Answer(answer.status_code, headers, {name: value for name, _, value in pairs}, answer.body)

    def there(self, cloud: Cloud) -> Answer:
        return Site(cloud.url).ask(self.method, self.path, self.body, self.headers)


@dataclass(frozen=True)
class Run:
    """One run of a function by its name in `.chalice/config.json`; the result is what it returns."""

    function: str
    event: dict[str, Any]

    def here(self) -> Any:
        import app

        return app.app.handler_map[self.function](self.event, None)

    def there(self, cloud: Cloud) -> Any:
        name = f"{cloud.prefix}-{self.function}"
        answer = cloud.client("lambda").invoke(FunctionName=name, Payload=json.dumps(self.event).encode())
        return json.load(answer["Payload"])


@dataclass(frozen=True)
class Work:
    """Any function of a module with its arguments, to prepare a race; it can be done in a runner only."""

    do: Any
    arguments: tuple[Any, ...] = ()

    def here(self) -> Any:
        return self.do(*self.arguments)

    def there(self, cloud: Cloud) -> Any:
        raise NotImplementedError("only a runner has the application")


def press(path: str, form: Any = (), cookies: dict[str, str] | None = None) -> Request:
    """A page's form, sent by its button."""
    headers = {"Content-Type": FORM, "Sec-Fetch-Site": "same-origin"}
    if cookies:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return Request(path, "POST", urlencode(form, doseq=True).encode(), headers)


def send_json(path: str, document: Any) -> Request:
    """A JSON document, sent by a program."""
    return Request(path, "POST", json.dumps(document).encode(), {"Content-Type": "application/json"})
