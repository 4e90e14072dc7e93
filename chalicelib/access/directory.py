"""Who may log in: the staff in the office file, the partners in their room's address book."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from chalicelib.access.model import Kind, User


class StaffMember(Protocol):
    """A person of the office file."""

    @property
    def id(self) -> str:
        """The person's identifier in the office file."""

    @property
    def name(self) -> str:
        """First name and last name."""

    @property
    def roles(self) -> tuple[str, ...]:
        """What the person is in charge of."""


class OfficeFile(Protocol):
    """What access reads of the office file."""

    def person_by_email(self, email: str) -> StaffMember | None:
        """The staff member with that address."""


class AddressBook(Protocol):
    """The addresses of the partners; the feature that keeps their files provides it."""

    def name_of(self, email: str) -> str | None:
        """How to greet the partner with that normalised address; None if there is none."""


class NoPartners:
    """The address book of a deployment without any partner feature."""

    def name_of(self, email: str) -> str | None:
        """Nobody."""
        return None


@dataclass(frozen=True)
class Directory:
    """Everyone known to this deployment, as of now: nothing is remembered between two questions."""

    office: Callable[[], OfficeFile]
    partners: AddressBook

    def find(self, email: str) -> User | None:
        """The person with that address: staff first, since their door closes sooner.

        Both doors are always asked, so that an answer takes as long as none.
        """
        staff, partner = self.user(email, "staff"), self.user(email, "partner")
        return staff or partner

    def is_partner(self, email: str) -> bool:
        """Whether the address is a partner's."""
        return self.partners.name_of(email) is not None

    def user(self, email: str, kind: Kind) -> User | None:
        """The person who logged in as `kind`, with the roles of today; None if they lost that access."""
        if kind == "partner":
            name = self.partners.name_of(email)
            return None if name is None else User(email, name, kind)
        person = self.office().person_by_email(email)
        if person is None:
            return None
        return User(email, person.name, kind, person.id, frozenset(person.roles))
