"""The real login: DynamoDB, the mailed links, the office file, and the partners' address book.

As in every bootstrap, what a cold start need not wait for is imported where it is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.kernel.clock import utc_now
from chalicelib.links.bootstrap import link_service
from chalicelib.mail.bootstrap import outbox
from chalicelib.office.bootstrap import office_repository

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.access.directory import AddressBook, Directory
    from chalicelib.access.limits import Limiter
    from chalicelib.access.service import LoginService
    from chalicelib.access.sessions import SessionService

_books: list[Callable[[], AddressBook]] = []


def register_address_book(make: Callable[[], AddressBook]) -> None:
    """Say who knows the partners' addresses; the feature above calls this when it is wired.

    `make` runs at each use and must not fail at import; the last one registered counts.
    """
    _books[:] = [make]


def directory() -> Directory:
    """Everyone who may log in, today."""
    from chalicelib.access.directory import Directory, NoPartners

    # The other rooms may see an office file that is a minute old; who left the office is out at once.
    return Directory(lambda: office_repository().latest(), _books[0]() if _books else NoPartners())


def limiter() -> Limiter:
    """The rate limits of the deployment, for every room above."""
    from chalicelib.access.counter_repository import CounterRepository
    from chalicelib.access.limits import Limiter

    return Limiter(CounterRepository(), utc_now)


def session_service() -> SessionService:
    """The logged-in browsers."""
    from chalicelib.access.model import SESSION_LIVES
    from chalicelib.access.repository import SessionRepository
    from chalicelib.access.sessions import SessionService

    return SessionService(SessionRepository(), directory(), utc_now, SESSION_LIVES)


def login_service() -> LoginService:
    """The login by mailed link."""
    from chalicelib.access.repository import LoginRequestRepository
    from chalicelib.access.service import LoginService

    return LoginService(
        requests=LoginRequestRepository(outbox()),
        links=link_service(),
        directory=directory(),
        sessions=session_service(),
        limiter=limiter(),
        clock=utc_now,
        reply_to=lambda: office_repository().current().reply_to,
    )
