"""The wiring of the observatory, each piece made once and imported where it is made."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chalicelib.kernel.clock import utc_now
from chalicelib.mail.bootstrap import outbox
from chalicelib.office.bootstrap import office_repository

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.observatory.gathering import Gathering
    from chalicelib.observatory.importing import Importing
    from chalicelib.observatory.partner_book import FiledLodgings
    from chalicelib.observatory.repository import ReturnRepository
    from chalicelib.observatory.source_repository import SourceRepository
    from chalicelib.office.model import Office


def now() -> datetime:
    """The instant now, in UTC."""
    return utc_now()


def office() -> Office:
    """The office as its file says today."""
    return office_repository().current()


@lru_cache(maxsize=1)
def returns() -> ReturnRepository:
    """The monthly returns."""
    from chalicelib.observatory.repository import ReturnRepository

    return ReturnRepository(outbox())


@lru_cache(maxsize=1)
def lodgings() -> FiledLodgings:
    """The lodgings, out of the partners' room."""
    from chalicelib.observatory.partner_book import FiledLodgings
    from chalicelib.partners.bootstrap import applications

    return FiledLodgings(applications())


@lru_cache(maxsize=1)
def gathering() -> Gathering:
    """What asks for returns and takes them."""
    from chalicelib.observatory.gathering import Gathering

    return Gathering(lodgings(), returns(), office, now)


@lru_cache(maxsize=1)
def sources() -> SourceRepository:
    """Who sends files to the office."""
    from chalicelib.observatory.source_repository import SourceRepository

    return SourceRepository()


@lru_cache(maxsize=1)
def importing() -> Importing:
    """What takes files of providers in."""
    from chalicelib.observatory.importing import Importing

    return Importing(gathering(), returns(), lodgings().names, office, now)
