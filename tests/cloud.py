"""One embedded cloud per test session, with the packaged application deployed in it.

Use the fixture `cloud`. Every call is checked against the caller's role; `AUTH=false` in the environment leaves that out.
"""

import json
import os
import socket
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from infra.local.settings import DEFAULT_OFFICE, Settings
from infra.local.stack import LocalStack
from infra.package import build

MAIL_SECONDS = 30


class MailNeverCame(AssertionError):
    """No mail matched in time; the message lists those that came."""


@dataclass(frozen=True)
class MailboxClient:
    """The mailbox's JSON: each mail is {id, to, from, subject, date, text, html, links}, newest first."""

    url: str

    def messages(self) -> list[dict[str, Any]]:
        """All mails that came so far."""
        with urllib.request.urlopen(f"{self.url}/api/messages") as answer:
            found: list[dict[str, Any]] = json.load(answer)
        return found

    def clear(self) -> None:
        """Forget all mails."""
        asked = urllib.request.Request(f"{self.url}/api/messages", method="DELETE")
        urllib.request.urlopen(asked).close()

    def wait_for(self, *, to: str = "", subject: str = "", seconds: float = MAIL_SECONDS) -> dict[str, Any]:
        """The newest mail to the address `to` whose subject contains `subject`; raises MailNeverCame."""
        deadline = time.monotonic() + seconds
        while True:
            mails = self.messages()
            for mail in mails:
                if (not to or to in mail["to"].split(", ")) and subject in mail["subject"]:
                    return mail
            if time.monotonic() > deadline:
                came = [f"{mail['to']}: {mail['subject']}" for mail in mails]
                raise MailNeverCame(f"no mail to {to or 'anyone'} about {subject!r}; there were {came}")
            time.sleep(0.1)


@dataclass(frozen=True)
class Cloud:
    """What a test needs of the running application."""

    stack: LocalStack

    @property
    def url(self) -> str:
        """The site's root."""
        return self.stack.settings.url

    @property
    def endpoint_url(self) -> str:
        """Where the AWS APIs answer."""
        return self.stack.cloud.endpoint_url

    @property
    def mailbox(self) -> MailboxClient:
        """Every mail that the application sent."""
        return MailboxClient(self.stack.mailbox.url)

    @property
    def prefix(self) -> str:
        """What the names of tables, functions and machines begin with, before a dash."""
        return self.stack.target.stack_name

    def client(self, service: str) -> Any:
        """A boto3 client of the embedded cloud, with all rights."""
        return self.stack.target.client(service)


def settings_for(folder: Path) -> Settings:
    """Three free neighbouring ports, the state in `folder`."""
    auth = (os.environ.get("AUTH") or "true").lower() in ("1", "true", "yes")
    return Settings(os.environ.get("OFFICE") or DEFAULT_OFFICE, _free_ports(), auth, folder)


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """The application, running until the end of the session."""
    stack = LocalStack(settings_for(tmp_path_factory.mktemp("cloud")))
    try:
        stack.start(build())
        yield Cloud(stack)
    finally:
        stack.stop()


def _free_ports() -> int:
    """The first of three neighbouring ports that are free now."""
    first = int(os.environ.get("CORDEE_TEST_PORT", "24600")) + os.getpid() % 300 * 3
    for port in range(first, first + 3000, 3):
        if all(_is_free(each) for each in range(port, port + 3)):
            return port
    raise RuntimeError("no three free ports in a row")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
