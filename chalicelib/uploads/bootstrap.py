"""The real uploads: the bucket of the deployment, their table in DynamoDB."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chalicelib.adapters.files import Files
from chalicelib.kernel.clock import utc_now
from chalicelib.runtime import config

if TYPE_CHECKING:
    from chalicelib.uploads.passing import PassingService
    from chalicelib.uploads.receiving import ReceivingService
    from chalicelib.uploads.repository import UploadRepository
    from chalicelib.uploads.scanning import ScanService
    from chalicelib.uploads.service import UploadService


@lru_cache(maxsize=1)
def files() -> Files:
    """The files of the deployment."""
    return Files(config.files_bucket())


@lru_cache(maxsize=1)
def upload_repository() -> UploadRepository:
    """The rows of uploads."""
    from chalicelib.uploads.repository import UploadRepository

    return UploadRepository()


@lru_cache(maxsize=1)
def upload_service() -> UploadService:
    """What pages do with files."""
    from chalicelib.uploads.service import UploadService

    return UploadService(upload_repository(), files(), config.base_url())


@lru_cache(maxsize=1)
def receiving_service() -> ReceivingService:
    """What takes files in."""
    from chalicelib.uploads.model import ScanState
    from chalicelib.uploads.receiving import ReceivingService

    scan = ScanState.PENDING if config.are_files_scanned() else ScanState.OFF
    return ReceivingService(upload_repository(), files(), utc_now, scan)


@lru_cache(maxsize=1)
def scan_service() -> ScanService:
    """What hears of scans."""
    from chalicelib.uploads.scanning import ScanService

    return ScanService(upload_repository(), files())


@lru_cache(maxsize=1)
def passing_service() -> PassingService:
    """What pages do with files that are read once."""
    from chalicelib.uploads.passing import PassingService

    return PassingService(files(), config.base_url())
