"""Where a deployment goes: AWS with the caller's credentials, or an embedded cloud on this machine."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import boto3

STACK_PREFIX = "cordee"


@dataclass(frozen=True)
class Target:
    """One cloud, one stage: clients for it, and the names of what is deployed there."""

    stage: str
    region: str
    endpoint_url: str | None = None
    credentials: dict[str, str] = field(default_factory=dict)

    @property
    def stack_name(self) -> str:
        """The stack's name, which every named resource begins with."""
        return f"{STACK_PREFIX}-{self.stage}"

    @cached_property
    def _session(self) -> Any:
        return boto3.Session(region_name=self.region, **self.credentials)

    @cached_property
    def _clients(self) -> dict[str, Any]:
        return {}

    def client(self, service: str) -> Any:
        """A boto3 client of this cloud, made once: it keeps its connection."""
        if service not in self._clients:
            self._clients[service] = self._session.client(service, endpoint_url=self.endpoint_url)
        return self._clients[service]

    @cached_property
    def artifact_bucket(self) -> str:
        """The bucket for code and templates, one for all stages of an account and region."""
        account = self.client("sts").get_caller_identity()["Account"]
        return f"{STACK_PREFIX}-artifacts-{account}-{self.region}"
