"""The real login: DynamoDB, the mailed links, the office file, and the partners' address book."""

from collections.abc import Callable
from functools import lru_cache

from chalicelib.access.counter_repository import CounterRepository
from chalicelib.access.directory import AddressBook, Directory, NoPartners
from chalicelib.access.limits import Limiter
from chalicelib.access.model import SESSION_LIVES
from chalicelib.access.repository import LoginRequestRepository, SessionRepository
from chalicelib.access.service import LoginService
from chalicelib.access.sessions import SessionService
from chalicelib.kernel.clock import utc_now
from chalicelib.links.bootstrap import link_service
from chalicelib.mail.bootstrap import outbox
from chalicelib.office.repository import OfficeRepository

_books: list[Callable[[], AddressBook]] = [NoPartners]


def register_address_book(make: Callable[[], AddressBook]) -> None:
    """Say who knows the partners' addresses; the feature above calls this when it is wired.

    `make` runs at each use and must not fail at import; the last one registered counts.
    """
    _books[:] = [make]


def directory() -> Directory:
    """Everyone who may log in, today."""
    return Directory(lambda: _fresh_offices().current(), _books[0]())


@lru_cache(maxsize=1)
def _fresh_offices() -> OfficeRepository:
    # The other rooms may see an office file that is a minute old; who left the office is out at once.
    return OfficeRepository(utc_now, refresh_seconds=0)


def limiter() -> Limiter:
    """The rate limits of the deployment, for every room above."""
    return Limiter(CounterRepository(), utc_now)


def session_service() -> SessionService:
    """The logged-in browsers."""
    return SessionService(SessionRepository(), directory(), utc_now, SESSION_LIVES)


def login_service() -> LoginService:
    """The login by mailed link."""
    return LoginService(
        requests=LoginRequestRepository(outbox()),
        links=link_service(),
        directory=directory(),
        sessions=session_service(),
        limiter=limiter(),
        clock=utc_now,
    )
