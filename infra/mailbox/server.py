"""The web side of the mailbox, on the loopback interface only."""

import json
import re
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from infra.mailbox import pages
from infra.mailbox.store import MailStore

HTML = "text/html; charset=utf-8"
ASSETS = {"/mailbox.css": "text/css; charset=utf-8", "/mailbox.js": "text/javascript; charset=utf-8"}
MESSAGE = re.compile(r"/messages/(?P<id>\d{20})(?P<rest>|/body|/source|/attachments/(?P<number>\d{1,3}))")


class MailboxServer(ThreadingHTTPServer):
    """Shows the mails of `store`; `site_url` is where its header leads back to."""

    daemon_threads = True

    def __init__(self, store: MailStore, port: int, site_url: str) -> None:
        self.store = store
        self.site_url = site_url
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def hosts(self) -> set[str]:
        """The names it answers to: no other site's name may be pointed at it."""
        return {f"{name}:{self.server_address[1]}" for name in ("127.0.0.1", "localhost")}


class _Handler(BaseHTTPRequestHandler):
    server: MailboxServer
    server_version = "mailbox"
    sys_version = ""

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        message = MESSAGE.fullmatch(path)
        if self.headers.get("Host") not in self.server.hosts:
            self._answer(HTTPStatus.FORBIDDEN, "text/plain", b"unknown host")
        elif path == "/":
            self._page("list.html", mails=list(self.server.store.all()))
        elif path == "/api/messages":
            self._json([pages.as_json(mail) for mail in self.server.store.all(self._after())])
        elif path in ASSETS:
            self._answer(HTTPStatus.OK, ASSETS[path], (pages.FOLDER / path[1:]).read_bytes())
        elif message:
            self._message(message)
        else:
            self._missing()

    do_HEAD = do_GET  # noqa: N815 - the standard library's name

    def do_DELETE(self) -> None:
        if self.headers.get("Host") not in self.server.hosts or self.path != "/api/messages":
            self._missing()
            return
        self.server.store.clear()
        self._answer(HTTPStatus.NO_CONTENT, "text/plain", b"")

    def _after(self) -> str:
        """Behind which mail a program has read on, `?after=`; empty for all of them."""
        return parse_qs(urlsplit(self.path).query).get("after", [""])[0]

    def _message(self, asked: re.Match[str]) -> None:
        mail = self.server.store.get(asked["id"])
        if mail is None:
            self._missing()
        elif asked["rest"] == "":
            self._page("message.html", mail=mail)
        elif asked["rest"] == "/body":
            self._answer(HTTPStatus.OK, HTML, pages.mail_body(mail), policy=pages.MAIL_POLICY)
        elif asked["rest"] == "/source":
            self._download(f"{mail.id}.eml", mail.source)
        else:
            self._attachment(mail.attachments, int(asked["number"]))

    def _attachment(self, attachments: list[Any], number: int) -> None:
        if number < len(attachments):
            self._download(attachments[number].name, attachments[number].content)
        else:
            self._missing()

    def _download(self, name: str, content: bytes) -> None:
        disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        self._answer(HTTPStatus.OK, "application/octet-stream", content, {"Content-Disposition": disposition})

    def _page(self, template: str, status: HTTPStatus = HTTPStatus.OK, **context: Any) -> None:
        self._answer(status, HTML, pages.render(template, site_url=self.server.site_url, **context))

    def _json(self, value: Any) -> None:
        self._answer(HTTPStatus.OK, "application/json", json.dumps(value).encode())

    def _missing(self) -> None:
        self._page("missing.html", HTTPStatus.NOT_FOUND)

    def _answer(
        self, status: HTTPStatus, kind: str, body: bytes, headers: dict[str, str] | None = None,
        policy: str = pages.PAGE_POLICY,
    ) -> None:  # fmt: skip
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the standard library's name
        """Say nothing: the console belongs to the steps."""
