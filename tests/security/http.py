"""A browser in front of the whole application, in this process; it speaks as the gateway's catch-all does."""

import base64
import json
import re
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import app
from tests.e2e.local_site import event

FORM = "application/x-www-form-urlencoded"
CONTEXT = SimpleNamespace(aws_request_id="test", function_name="api_handler")
OURS = {"Sec-Fetch-Site": "same-origin"}
ONE_USE = re.compile(r"(__Host-\w+=)[\w.-]+")


@dataclass(frozen=True)
class Answer:
    """What came back, as the gateway would hand it on."""

    status: int
    headers: dict[str, Any]
    body: str

    @property
    def location(self) -> str:
        """Where it leads, empty for nowhere."""
        return str(self.headers.get("Location", ""))

    @property
    def cookies(self) -> list[str]:
        """The `Set-Cookie` lines."""
        return list(self.headers.get("Set-Cookie", ()))

    @property
    def comparable(self) -> tuple[int, dict[str, str], str]:
        """All of it, but for secrets that are new each time."""
        headers = {name: ONE_USE.sub(r"\1SECRET", str(value)) for name, value in self.headers.items()}
        return self.status, headers, self.body


@dataclass
class Visitor:
    """Somebody with a browser: its cookies, its address on the net."""

    cookies: dict[str, str] = field(default_factory=dict)
    ip: str = "192.0.2.1"

    def get(self, path: str) -> Answer:
        """Follow a link."""
        return self.ask("GET", path)

    def post(self, path: str, form: Any = (), **headers: str) -> Answer:
        """Send a form of ours: a mapping, pairs or raw bytes; header names are written with underscores."""
        body = form if isinstance(form, bytes) else urlencode(form, doseq=True).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("POST", path, {"Content-Type": FORM, **OURS, **named}, body)

    def post_json(self, path: str, document: Any) -> Answer:
        """Send a JSON document, as a program does."""
        return self.ask("POST", path, {"Content-Type": "application/json"}, json.dumps(document).encode())

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b"") -> Answer:
        """Any request; cookies are kept as a browser keeps them."""
        sent = dict(headers or {})
        if self.cookies:
            sent.setdefault("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        asked = event(method, path, sent, body)
        asked["requestContext"]["identity"]["sourceIp"] = self.ip
        answered = app.app(asked, CONTEXT)
        answer = Answer(
            answered["statusCode"], answered["headers"] | answered["multiValueHeaders"], _body(answered)
        )
        for line in answer.cookies:
            self._keep(line)
        return answer

    def _keep(self, line: str) -> None:
        name, _, value = line.partition(";")[0].partition("=")
        if "Max-Age=0" in line:
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = value


def _body(answered: dict[str, Any]) -> str:
    body = str(answered["body"])
    return base64.b64decode(body).decode("latin-1") if answered.get("isBase64Encoded") else body
