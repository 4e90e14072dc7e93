"""The real links: DynamoDB and the deployment's base URL."""

from functools import lru_cache

from chalicelib.kernel.clock import utc_now
from chalicelib.links.repository import LinkRepository
from chalicelib.links.service import LinkService
from chalicelib.runtime import config


@lru_cache(maxsize=1)
def link_service() -> LinkService:
    """The service that mints and opens mailed links."""
    return LinkService(LinkRepository(), config.base_url(), utc_now)
