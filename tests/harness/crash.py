"""Kills a unit of work before or after each of its AWS calls, as a power cut would."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any
from unittest import mock

from botocore.client import BaseClient

ADDRESS = re.compile(r"https://\S+")
READS = ("GetItem", "Query", "Scan", "DescribeExecution", "DescribeTable")
BEFORE, AFTER = "before", "after"


class Killed(BaseException):
    """The process is gone: no handler of ours may catch this."""


@dataclass(frozen=True)
class Sent:
    """A mail that SES took: to whom, under which key of the outbox, the addresses in it."""

    to: str
    key: str
    links: tuple[str, ...]


@dataclass
class Gate:
    """What every AWS call passes: it counts them, keeps what was done, and kills at one of them.

    `at` is the number of that call, from 1 on; 0 kills nobody. `letters` are the mails that SES took.
    """

    at: int = 0
    when: str = BEFORE
    calls: list[str] = field(default_factory=list)
    letters: list["Sent"] = field(default_factory=list)

    def call(self, name: str, do: Callable[[], Any]) -> Any:
        """Do it, unless the process dies before; perhaps it dies just after."""
        self.calls.append(name)
        dies_here = len(self.calls) == self.at
        if dies_here and self.when == BEFORE:
            raise Killed(name)
        result = do()
        if dies_here:
            raise Killed(name)
        return result

    def arm(self, at: int, when: str) -> None:
        """Count anew, and kill at that call."""
        self.at, self.when, self.calls = at, when, []

    def disarm(self) -> None:
        """Kill nobody any more."""
        self.at = 0

    @property
    def has_killed(self) -> bool:
        """Whether the call at which to kill was reached."""
        return 0 < self.at <= len(self.calls)


@contextmanager
def gated(gate: Gate) -> Iterator[None]:
    """Let every call of every boto client, PynamoDB's included, pass the gate."""
    make_call = BaseClient._make_api_call

    def through(client: BaseClient, operation: str, arguments: dict[str, Any]) -> Any:
        def do() -> Any:
            answer = make_call(client, operation, arguments)
            if operation == "SendEmail":
                gate.letters.append(_letter(arguments))
            return answer

        return gate.call(operation, do)

    with mock.patch.object(BaseClient, "_make_api_call", through):
        yield


def _letter(arguments: dict[str, Any]) -> Sent:
    mime = message_from_bytes(arguments["Content"]["Raw"]["Data"], policy=policy.default)
    text = mime.get_body(("plain",)).get_content()
    to = arguments["Destination"]["ToAddresses"][0]
    return Sent(to, arguments["EmailTags"][0]["Value"], tuple(ADDRESS.findall(text)))
