"""What all files together say: the classified accommodations, the money."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chalicelib.kernel.clock import iso_minute, paris_day
from chalicelib.subsidies.bootstrap import stores

if TYPE_CHECKING:
    from chalicelib.subsidies.directory import ClassifiedPlace, Directory
    from chalicelib.subsidies.envelope import Envelope
    from chalicelib.subsidies.model import Subsidy
    from chalicelib.subsidies.totals import Accounts


@lru_cache(maxsize=1)
def directory() -> Directory:
    """The classified accommodations of the partners."""
    from chalicelib.subsidies.directory import Directory

    return Directory(stores.partners(), stores.subsidies(), _commune_name)


def classified_places() -> list[ClassifiedPlace]:
    """What anybody may know of them today; a warm function keeps the list for a minute."""
    return _classified_places(iso_minute(stores.now()))


@lru_cache(maxsize=1)
def _classified_places(minute: str) -> list[ClassifiedPlace]:
    return [listed.place for listed in directory().list_all(paris_day(stores.now()))]


def _commune_name(insee: str) -> str:
    from chalicelib.office.communes import with_code

    commune = stores.office().commune(insee) or with_code(insee)
    return commune.name if commune else ""


def counted_files() -> list[Subsidy]:
    """The files that money is about; the list may lag behind."""
    from chalicelib.subsidies.totals import COUNTED

    return [file for status in COUNTED for file in stores.subsidies().list_in_status(status)]


def envelopes() -> list[Envelope]:
    """The envelopes at the budgets that were voted, oldest first."""
    from chalicelib.subsidies.totals import with_votes

    return with_votes(stores.money().list_years(), stores.office().aid.envelopes)


def envelope_of(year: int) -> Envelope:
    """The envelope of one year at the budget that was voted; empty where none was."""
    from chalicelib.subsidies.envelope import Envelope
    from chalicelib.subsidies.totals import with_votes

    known = stores.money().find_year(year)
    votes = [vote for vote in stores.office().aid.envelopes if vote.year == year]
    found = with_votes([known] if known else [], votes)
    return found[0] if found else Envelope(year, 0, 0)


def accounts() -> Accounts:
    """What became of the money so far. Raises `NoScheme` where the office has no aid."""
    from chalicelib.subsidies.totals import accounts

    money, today = stores.money(), paris_day(stores.now())
    return accounts(counted_files(), envelopes(), money.queue(), today, money.list_past())
