"""One botocore session, clients made at first use: the session and each client cost start time.

boto3 on top of it would only add to the import.
"""

from functools import lru_cache
from typing import Any

from chalicelib.runtime import config

ASKED_ONCE = {"sesv2"}
"""A mail sent twice cannot be taken back: its outbox tries again, not the client."""


@lru_cache(maxsize=1)
def session() -> Any:
    """The one session of this process: it reads what botocore knows of regions and services."""
    from botocore.session import get_session

    return get_session()


@lru_cache(maxsize=16)
def client(service: str) -> Any:
    """The client of an AWS service, such as `sesv2`."""
    if service not in ASKED_ONCE:
        return session().create_client(service, region_name=config.region())
    from botocore.config import Config

    once = Config(retries={"total_max_attempts": 1})
    return session().create_client(service, region_name=config.region(), config=once)


def error_code(error: Exception) -> str:
    """The code of a botocore `ClientError`, or the empty string."""
    response = getattr(error, "response", None) or {}
    return str(response.get("Error", {}).get("Code", ""))
