"""One boto3 session, clients made at first use: both the import and each client cost start time."""

from functools import lru_cache
from typing import Any

from chalicelib.runtime import config

ASKED_ONCE = {"sesv2"}
"""A mail sent twice cannot be taken back: its outbox tries again, not the client."""


@lru_cache(maxsize=1)
def _session() -> Any:
    import boto3

    return boto3.Session(region_name=config.region())


@lru_cache(maxsize=16)
def client(service: str) -> Any:
    """The client of an AWS service, such as `sesv2`."""
    if service not in ASKED_ONCE:
        return _session().client(service)
    from botocore.config import Config

    return _session().client(service, config=Config(retries={"total_max_attempts": 1}))


def error_code(error: Exception) -> str:
    """The code of a botocore `ClientError`, or the empty string."""
    response = getattr(error, "response", None) or {}
    return str(response.get("Error", {}).get("Code", ""))
