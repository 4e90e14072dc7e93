"""Kills a unit of work before or after each of its AWS calls, as a power cut would."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any
from unittest import mock

from botocore.client import BaseClient

from tests.harness import tables

ADDRESS = re.compile(r"https://\S+")
READS = (
    "GetItem",
    "BatchGetItem",
    "Query",
    "Scan",
    "DescribeExecution",
    "DescribeTable",
    "GetSecretValue",
    "HeadObject",
    "GetObject",
    "ListObjectsV2",
)
BEFORE, AFTER = "before", "after"


class Killed(BaseException):
    """The process is gone: no handler of ours may catch this."""


@dataclass(frozen=True)
class Call:
    """One AWS call; `process` is the number of the request or function that made it, `at` its own from 1 on."""

    at: int
    process: int
    name: str

    @property
    def is_write(self) -> bool:
        """Whether anything outside of the process may be different after it."""
        return self.name not in READS


@dataclass(frozen=True)
class Sent:
    """A mail that SES took: to whom, under which key of the outbox, the addresses in it, all of it."""

    to: str
    key: str
    links: tuple[str, ...]
    raw: bytes


@dataclass
class Gate:
    """What every AWS call passes: it counts them, keeps what was done, and kills at one of them.

    `at` is the number of that call, from 1 on, or the name of an operation; 0 kills nobody. `letters` are
    the mails that SES took. `refusals` are raised in the place of the operations that they are named by.
    """

    at: int | str = 0
    when: str = BEFORE
    has_killed: bool = False
    processes: list[str] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    letters: list["Sent"] = field(default_factory=list)
    refusals: dict[str, Exception] = field(default_factory=dict)

    def begin(self, process: str) -> None:
        """The calls that follow are made by a request or a function of this name."""
        self.processes.append(process)

    def call(self, name: str, do: Callable[[], Any]) -> Any:
        """Do it, unless the process dies before; perhaps it dies just after."""
        self.calls.append(Call(len(self.calls) + 1, len(self.processes), name))
        dies_here = not self.has_killed and self.at in (len(self.calls), name)
        if dies_here and self.when == BEFORE:
            self._kill(name)
        try:
            return do()
        finally:
            if dies_here:
                self._kill(name)

    def arm(self, at: int | str, when: str) -> None:
        """Count anew, and kill once, at that call."""
        self.at, self.when, self.has_killed = at, when, False
        self.calls, self.processes = [], []

    def disarm(self) -> None:
        """Kill nobody any more."""
        self.at = 0

    def _kill(self, name: str) -> None:
        self.has_killed = True
        raise Killed(name)


@contextmanager
def gated(gate: Gate) -> Iterator[None]:
    """Let every call of every boto client, PynamoDB's included, pass the gate; SES takes every mail."""

    make_call = BaseClient._make_api_call

    def through(client: BaseClient, operation: str, arguments: dict[str, Any]) -> Any:
        def do() -> Any:
            if operation in gate.refusals:
                raise gate.refusals[operation]
            if operation == "SendEmail":
                gate.letters.append(_letter(arguments))
                return {"MessageId": f"letter-{len(gate.letters)}"}
            if client.meta.service_model.service_name == "dynamodb":
                return tables.answer(operation, arguments)
            return make_call(client, operation, arguments)

        return gate.call(operation, do)

    with mock.patch.object(BaseClient, "_make_api_call", through):
        yield


def _letter(arguments: dict[str, Any]) -> Sent:
    raw = arguments["Content"]["Raw"]["Data"]
    mime = message_from_bytes(raw, policy=policy.default)
    text = mime.get_body(("plain",)).get_content()
    to = arguments["Destination"]["ToAddresses"][0]
    return Sent(to, arguments["EmailTags"][0]["Value"], tuple(ADDRESS.findall(text)), raw)
