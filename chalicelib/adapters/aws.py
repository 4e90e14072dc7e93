"""One boto3 session, clients made at first use: both the import and each client cost start time."""

from functools import lru_cache
from typing import Any

from chalicelib.runtime import config


@lru_cache(maxsize=1)
def _session() -> Any:
    import boto3

    return boto3.Session(region_name=config.region())


@lru_cache(maxsize=16)
def client(service: str) -> Any:
    """The client of an AWS service, such as `sesv2`."""
    return _session().client(service)


def error_code(error: Exception) -> str:
    """The code of a botocore `ClientError`, or the empty string."""
    response = getattr(error, "response", None) or {}
    return str(response.get("Error", {}).get("Code", ""))
