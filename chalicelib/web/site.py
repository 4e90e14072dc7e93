"""Whose site this is and who looks at it: what every page shows in its header and its footer.

This room stands below `office` and `access` and may not import them. `app.py` ties them together:

    site.set_office_provider(lambda: offices().current())      # anything shaped like SiteIdentity
    site.set_user_provider(lambda request: sessions().user_of(request))  # SiteUser or None

Without providers, and on an error page when a provider fails, pages show a neutral identity and nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from chalice.app import Request


class SiteIdentity(Protocol):
    """The part of the office file that pages show. Text may be empty; `logo` is a static file's name."""

    @property
    def name(self) -> str:
        """As visitors know it."""
        ...

    @property
    def legal_name(self) -> str:
        """As the law knows it."""
        ...

    @property
    def email(self) -> str:
        """Where partners write."""
        ...

    @property
    def phone(self) -> str:
        """Where partners call."""
        ...

    @property
    def address(self) -> str:
        """On one line."""
        ...

    @property
    def website(self) -> str:
        """A whole address."""
        ...

    @property
    def dpo_email(self) -> str:
        """Who answers about personal data."""
        ...

    @property
    def accent_color(self) -> str:
        """`#rrggbb`; made readable by `web.theme`."""
        ...

    @property
    def logo(self) -> str | None:
        """The name of a static file."""
        ...


class SiteUser(Protocol):
    """A person who is logged in: the name to show and the path of their own door."""

    @property
    def name(self) -> str:
        """The name to show."""
        ...

    @property
    def home(self) -> str:
        """The path of their own door, `/espace` or `/bureau`."""
        ...


@dataclass(frozen=True)
class NeutralSite:
    """An office without a name yet: what tests and broken deployments show."""

    name: str = "Office de tourisme"
    legal_name: str = "Office de tourisme"
    email: str = ""
    phone: str = ""
    address: str = ""
    website: str = ""
    dpo_email: str = ""
    accent_color: str = "#b5701a"
    logo: str | None = None


OfficeProvider = Callable[[], SiteIdentity]
UserProvider = Callable[[Request], SiteUser | None]

_providers: dict[str, Any] = {}


def set_office_provider(provider: OfficeProvider | None) -> None:
    """Say where the current office comes from; `None` goes back to the neutral one."""
    _providers["office"] = provider


def set_user_provider(provider: UserProvider | None) -> None:
    """Say how a request's person is found; `None` goes back to nobody."""
    _providers["user"] = provider


def current_office() -> SiteIdentity:
    """The office of this deployment."""
    provider: OfficeProvider | None = _providers.get("office")
    return provider() if provider else NeutralSite()


def current_user(request: Request | None) -> SiteUser | None:
    """The person behind `request`, or None."""
    provider: UserProvider | None = _providers.get("user")
    return provider(request) if provider and request is not None else None
