"""The people who have a file here, as the login knows them."""

from dataclasses import dataclass
from typing import Protocol

from chalicelib.partners.model import Application, Status

NEVER_CONFIRMED = frozenset({Status.AWAITING_CONFIRMATION, Status.UNCONFIRMED, Status.DUPLICATE})


class FilesByAddress(Protocol):
    """The files of an address."""

    def list_by_email(self, email: str) -> list[Application]:
        """The files of this address, newest first."""


@dataclass(frozen=True)
class ApplicantBook:
    """An address is known once one of its files was confirmed from it."""

    files: FilesByAddress

    def name_of(self, email: str) -> str | None:
        """How to greet the applicant; None if there is none."""
        return next((file.contact_name for file in self.list_of(email)), None)

    def list_of(self, email: str) -> list[Application]:
        """The confirmed files of an address, newest first."""
        return [file for file in self.files.list_by_email(email) if file.status not in NEVER_CONFIRMED]
