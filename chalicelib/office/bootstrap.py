"""The real office: its versions in DynamoDB, seen through the warm function's own copy."""

from functools import lru_cache

from chalicelib.kernel.clock import utc_now
from chalicelib.office.repository import OfficeRepository


@lru_cache(maxsize=1)
def office_repository() -> OfficeRepository:
    """The one repository of this process, with its copy of the current version."""
    return OfficeRepository(utc_now)
