"""The Chalice application behind a socket of this machine, called as API Gateway's catch-all calls it."""

import base64
import threading
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from infra import serving


def served(app: Any, port: int = 0) -> AbstractContextManager[str]:
    """The root address of `app`, such as `http://127.0.0.1:4801`; the server stops at the end."""
    return serving.served(_handler(app), port)


def event(
    method: str, target: str, headers: dict[str, str] | None = None, body: bytes = b""
) -> dict[str, Any]:
    """The event of a request that API Gateway found no resource for: everything is under `/{proxy+}`."""
    parts = urlsplit(target)
    return {
        "requestContext": {
            "httpMethod": method,
            "resourcePath": "/{proxy+}",
            "identity": {"sourceIp": "127.0.0.1"},
        },
        "headers": {name.lower(): value for name, value in (headers or {}).items()},
        "pathParameters": {"proxy": parts.path.removeprefix("/")},
        "stageVariables": {},
        "multiValueQueryStringParameters": parse_qs(parts.query, keep_blank_values=True) or None,
        "body": base64.b64encode(body).decode(),
        "isBase64Encoded": True,
    }


def _handler(app: Any) -> type[BaseHTTPRequestHandler]:
    one_at_a_time = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            asked = event(self.command, self.path, dict(self.headers.items()), body)
            with one_at_a_time:
                answered = app(asked, SimpleNamespace())
            content = answered["body"]
            raw = base64.b64decode(content) if answered.get("isBase64Encoded") else content.encode()
            self.send_response(answered["statusCode"])
            for name, value in answered["headers"].items():
                self.send_header(name, value)
            for name, values in answered["multiValueHeaders"].items():
                for value in values:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = answer  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """Stay quiet: the application writes its own line."""

    return Handler
