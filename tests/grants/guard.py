"""Every request and every function in process, held to its own role as AWS would hold it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from botocore.client import BaseClient
from botocore.exceptions import ClientError

from chalicelib.adapters import aws
from infra.packaging.names import API_HANDLER, functions
from tests.grants.asked import CONFIGURATION_SET, Asked, asked_for
from tests.grants.policies import Grant, granted
from tests.harness.crash import Gate
from tests.harness.sweep import Step
from tests.harness.world import FaultyWorld

SERVER_ERROR = 500
DENIED = "AccessDeniedException"

Held = tuple[str, Grant]
"""A function and one grant of its role."""


@dataclass(frozen=True)
class Outcome:
    """What whoever started it sees: what the site answered, the functions that failed, how many mails left."""

    statuses: tuple[int, ...]
    failed: tuple[str, ...]
    letters: int

    @property
    def errors(self) -> list[int]:
        """The server errors of the site."""
        return [status for status in self.statuses if status >= SERVER_ERROR]


@dataclass
class Guard:
    """The roles of all functions. `used` are the grants that were asked for, `denials` what was refused.

    `failed` are the functions that ended in an error, or gave records back. `removed` is taken away.
    """

    roles: dict[str, frozenset[Grant]] = field(
        default_factory=lambda: {name: granted(name) for name in functions()}
    )
    is_on: bool = False
    function: str = ""
    removed: Held | None = None
    used: set[Held] = field(default_factory=set)
    denials: list[tuple[str, Asked]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def begin(self, process: str) -> None:
        """The calls that follow are made by this function, or by the one behind the site; it starts cold."""
        self.function = process if process in self.roles else API_HANDLER.id
        if self.is_on:
            _forget_rooms()

    def check(self, service: str, operation: str, arguments: dict[str, Any]) -> None:
        """Raise `ClientError` unless everything that the call needs is granted to who makes it."""
        if not self.is_on:
            return
        for asked in asked_for(service, operation, arguments):
            found = [grant for grant in self.roles[self.function] if grant.allows(*asked)]
            held = [grant for grant in found if (self.function, grant) != self.removed]
            if not held:
                self.denials.append((self.function, asked))
                raise ClientError(
                    {"Error": {"Code": DENIED, "Message": f"{self.function}: {asked}"}}, operation
                )
            self.used.update((self.function, grant) for grant in held)

    def watch(self, world: FaultyWorld, act: Step, removed: Held | None = None) -> Outcome:
        """Do it with every call checked, without this grant, and tell what came of it."""
        self.removed, self.used, self.denials, self.failed = removed, set(), [], []
        self.is_on = True
        try:
            act(world)
        except Exception:
            if not self.denials:
                raise
        finally:
            self.is_on = False
        return Outcome(tuple(world.statuses), tuple(self.failed), len(world.gate.letters))


class Roles:
    """A client of Step Functions whose calls are checked; it is none of botocore's."""

    def __init__(self, walked: Any, guard: Guard) -> None:
        self.walked, self.guard = walked, guard

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.walked, name)
        if not callable(found):
            return found

        def checked(**arguments: Any) -> Any:
            self.guard.check("states", "".join(part.title() for part in name.split("_")), arguments)
            return found(**arguments)

        return checked


class Signer:
    """A client of S3 whose signatures are checked when they are made: signed by who may not, a form opens nothing."""

    def __init__(self, real: Any, guard: Guard) -> None:
        self.real, self.guard = real, guard

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def generate_presigned_post(self, **told: Any) -> Any:
        """A form that puts a file there."""
        self.guard.check("s3", "PutObject", told)
        return self.real.generate_presigned_post(**told)

    def generate_presigned_url(self, operation: str, **told: Any) -> Any:
        """A link that does this operation."""
        self.guard.check("s3", self.real.meta.method_to_api_mapping[operation], told["Params"])
        return self.real.generate_presigned_url(operation, **told)


CHECKED = {"stepfunctions": Roles, "s3": Signer}


@contextmanager
def guarded(world: FaultyWorld) -> Iterator[Guard]:
    """Hold all that happens in this world to the roles of its functions."""
    guard = Guard()
    make_call, aws_client, begin = BaseClient._make_api_call, aws.client, Gate.begin

    def through(asking: BaseClient, operation: str, arguments: dict[str, Any]) -> Any:
        guard.check(asking.meta.service_model.service_name, operation, arguments)
        return make_call(asking, operation, arguments)

    def chosen(service: str) -> Any:
        found, checked = aws_client(service), CHECKED.get(service)
        return checked(found, guard) if checked else found

    def begins(gate: Gate, process: str) -> None:
        begin(gate, process)
        guard.begin(process)

    with (
        mock.patch.dict("os.environ", MAIL_CONFIGURATION_SET=CONFIGURATION_SET),
        mock.patch.object(BaseClient, "_make_api_call", through),
        mock.patch.object(aws, "client", chosen),
        mock.patch.object(Gate, "begin", begins),
        mock.patch.object(world, "invoke", _noticing(world.invoke, guard)),
    ):
        yield guard


def _noticing(invoke: Callable[..., Any], guard: Guard) -> Callable[..., Any]:
    """Keep the names of the functions that fail."""

    def noticed(function_id: str, *event: Any) -> Any:
        try:
            result = invoke(function_id, *event)
        except Exception:
            guard.failed.append(function_id)
            raise
        if isinstance(result, dict) and result.get("batchItemFailures"):
            guard.failed.append(function_id)
        return result

    return noticed


def _forget_rooms() -> None:
    """What a new process has not wired yet: no office, no key at hand."""
    for name, module in list(sys.modules.items()):
        if name.startswith("chalicelib.") and ".bootstrap" in name:
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
