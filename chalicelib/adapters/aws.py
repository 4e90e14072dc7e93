"""One botocore session, clients made at first use: the session and each client cost start time.

boto3 on top of it would only add to the import.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from chalicelib.runtime import config

if TYPE_CHECKING:
    from botocore.config import Config

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
    return session().create_client(service, region_name=config.region(), config=_settings(service))


def _settings(service: str) -> Config | None:
    """What the client of a service is told beside the defaults."""
    from botocore.config import Config

    if service in ASKED_ONCE:
        return Config(retries={"total_max_attempts": 1})
    return Config(s3={"addressing_style": _addressing_style()}) if service == "s3" else None


def _addressing_style() -> str:
    """How links to files are written: the AWS configuration of the machine says, else the bucket's own host.

    botocore's own choice is the host of all regions, which redirects from a new bucket, and a form is not sent twice.
    """
    told = session().get_config_variable("s3") or {}
    return str(told.get("addressing_style", "virtual"))


def error_code(error: Exception) -> str:
    """The code of a botocore `ClientError`, or the empty string."""
    response = getattr(error, "response", None) or {}
    return str(response.get("Error", {}).get("Code", ""))
