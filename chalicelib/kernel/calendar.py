"""An entry for calendars as plain facts: so the outbox keeps it, and an adapter writes it for calendars to read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from chalicelib.kernel.clock import iso

INSTANTS = ("starts_at", "ends_at", "changed_at")


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One stretch of time; what lasts several days is an entry for each of them, with a `uid` of its own.

    The `uid` stays, and each change has a higher `sequence`: calendars replace what they have. All instants are aware;
    `changed_at` is when the facts changed last, so that the same entry is the same bytes. The `description` may have
    several lines. Who is invited is the attendee; what is published has none.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str
    location: str
    url: str
    organizer_name: str
    organizer_email: str
    attendee_name: str = ""
    attendee_email: str = ""
    is_cancelled: bool = False
    changed_at: datetime

    @property
    def method(self) -> str:
        """What it asks of its attendee's calendar (RFC 5546): to take it in, or to strike it out."""
        return "CANCEL" if self.is_cancelled else "REQUEST"

    def to_json(self) -> dict[str, Any]:
        """The entry as values of JSON, instants in UTC."""
        return {**vars(self), **{name: iso(getattr(self, name)) for name in INSTANTS}}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The entry that `to_json` gave."""
        return cls(**{**stored, **{name: datetime.fromisoformat(stored[name]) for name in INSTANTS}})
