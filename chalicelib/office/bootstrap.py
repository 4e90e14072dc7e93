"""The real office: its versions in DynamoDB, seen through the warm function's own copy."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chalicelib.kernel.clock import utc_now

if TYPE_CHECKING:
    from chalicelib.office.repository import OfficeRepository


@lru_cache(maxsize=1)
def office_repository() -> OfficeRepository:
    """The one repository of this process, with its copy of the current version."""
    from chalicelib.office.repository import OfficeRepository

    return OfficeRepository(utc_now)
