"""The partners as their own room keeps them, in the words of this one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from chalicelib.subsidies.applicants import Partner
from chalicelib.subsidies.eligibility import UNTIL_FURTHER_NOTICE

ACTIVE = "active"


class PartnerFile(Protocol):
    """What is read of a partnership."""

    @property
    def id(self) -> str:
        """Its identifier."""

    @property
    def email(self) -> str:
        """The partner's address."""

    @property
    def contact_name(self) -> str:
        """Whom to speak to."""

    @property
    def business_name(self) -> str:
        """The name on the door."""

    @property
    def answers(self) -> Mapping[str, Any]:
        """What the partner said of the activity."""

    @property
    def status(self) -> str:
        """`active` for who is a partner."""

    @property
    def active_until(self) -> date | None:
        """The last day of the partnership; None when it has no end."""


class PartnerFiles(Protocol):
    """The partnerships."""

    def find(self, application_id: str) -> Any:
        """The partnership, or None."""

    def list_by_email(self, email: str) -> Any:
        """The partnerships of an address, newest first."""

    def list_in_status(self, status: Any) -> Any:
        """The partnerships in this status, oldest first."""


@dataclass(frozen=True)
class FiledPartners:
    """The partners of the office."""

    files: PartnerFiles

    def find(self, partner_id: str) -> Partner | None:
        """The partner, or None."""
        file = self.files.find(partner_id)
        return _partner(file) if file else None

    def list_of(self, email: str) -> list[Partner]:
        """The partners of an address, newest first."""
        return [_partner(file) for file in self.files.list_by_email(email)]

    def list_active(self) -> list[Partner]:
        """Those whose partnership is active."""
        return [_partner(file) for file in self.files.list_in_status(ACTIVE)]


def _partner(file: PartnerFile) -> Partner:
    until = (file.active_until or UNTIL_FURTHER_NOTICE) if file.status == ACTIVE else None
    return Partner(
        id=file.id,
        email=file.email,
        contact_name=file.contact_name,
        business_name=file.business_name,
        category=str(file.answers.get("category", "")),
        active_until=until,
        answers=file.answers,
    )
