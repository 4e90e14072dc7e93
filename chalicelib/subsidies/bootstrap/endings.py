"""What is forgotten of aid files, for real: accounts first, then all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.subsidies.bootstrap import stores
from chalicelib.uploads.bootstrap import files, upload_service

if TYPE_CHECKING:
    from chalicelib.subsidies.bank_details import BankDetails
    from chalicelib.subsidies.retention import Retention


def bank_details() -> BankDetails:
    """What forgets the accounts that aids were paid to."""
    from chalicelib.subsidies.bank_details import BankDetails

    return BankDetails(stores.subsidies(), stores.batches(), upload_service(), stores.office, stores.now)


def retention() -> Retention:
    """What erases files that were kept long enough."""
    from chalicelib.subsidies.retention import Retention
    from chalicelib.subsidies.retention_repository import EndedFileRepository

    ended = EndedFileRepository(stores.subsidies())
    return Retention(ended, stores.batches(), upload_service(), files(), stores.office, stores.now)
