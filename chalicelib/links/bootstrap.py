"""The real links: DynamoDB, the keys in Secrets Manager and the deployment's base URL."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chalicelib.adapters.secrets import values_in_use
from chalicelib.kernel.clock import utc_now
from chalicelib.runtime import config

if TYPE_CHECKING:
    from chalicelib.links.service import LinkService
    from chalicelib.links.signing import SignedLinkService


@lru_cache(maxsize=1)
def link_service() -> LinkService:
    """The service that mints and opens mailed links."""
    from chalicelib.links.repository import LinkRepository
    from chalicelib.links.service import LinkService

    return LinkService(LinkRepository(), config.base_url(), utc_now)


@lru_cache(maxsize=1)
def signed_link_service() -> SignedLinkService:
    """The service that signs links and knows them again; the keys are read when the first one is needed."""
    from chalicelib.links.signing import Keyring, SignedLinkService

    keyring = Keyring(lambda: values_in_use(config.link_keys()), utc_now)
    return SignedLinkService(keyring, config.base_url(), utc_now)
