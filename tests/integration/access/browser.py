"""A browser in front of the application: it keeps its cookies and speaks as API Gateway hands it on."""

import re
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from chalice import Chalice

from chalicelib.web import routing

CONTEXT = SimpleNamespace(aws_request_id="test", function_name="api_handler")


@dataclass
class Answer:
    status: int
    headers: dict[str, Any]
    body: str

    @property
    def text(self) -> str:
        """The body with plain spaces, as a person reads it."""
        return re.sub(
            r"\s+", " ", re.sub(r"<[^>]+>", "", self.body.replace("&nbsp;", " ").replace("\u00a0", " "))
        )

    @property
    def cookies(self) -> list[str]:
        return self.headers.get("Set-Cookie", [])


@dataclass
class Browser:
    app: Chalice
    ip: str = "192.0.2.1"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        return self._request(method, path, headers, "")

    def post(self, path: str, **fields: str | list[str]) -> Answer:
        headers = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"}
        return self._request("POST", path, headers, urlencode(fields, doseq=True))

    def send(self, method: str, path: str, headers: dict[str, str], body: str = "") -> Answer:
        return self._request(method, path, headers, body)

    def _request(self, method: str, path: str, headers: dict[str, str], body: str) -> Answer:
        answer = self.app(self._event(method, path, dict(headers), body), CONTEXT)
        received = {**answer["headers"], **answer.get("multiValueHeaders", {})}
        for line in received.get("Set-Cookie", []):
            self._keep(line)
        return Answer(answer["statusCode"], received, answer["body"])

    def _keep(self, line: str) -> None:
        name, _, value = line.partition(";")[0].partition("=")
        if "Max-Age=0" in line:
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = value

    def _event(self, method: str, path: str, headers: dict[str, str], body: str) -> dict[str, Any]:
        parts = urlsplit(path)
        template, parameters = routing.find(parts.path, self.app.routes) or (
            "/{proxy+}",
            {"proxy": parts.path[1:]},
        )
        if self.cookies:
            headers["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {
            "resource": template,
            "path": parts.path,
            "httpMethod": method,
            "headers": headers,
            "multiValueHeaders": {name: [value] for name, value in headers.items()},
            "multiValueQueryStringParameters": parse_qs(parts.query) or None,
            "pathParameters": parameters,
            "stageVariables": None,
            "requestContext": {
                "resourcePath": template,
                "httpMethod": method,
                "path": "/api" + parts.path,
                "identity": {"sourceIp": self.ip},
            },
            "body": body,
            "isBase64Encoded": False,
        }
