"""Sessions that people did not come to and had not cancelled, each in the person's own partition."""

from datetime import date

from chalicelib.adapters.dynamodb import expires_epoch
from chalicelib.kernel.clock import year_begins
from chalicelib.trainings.items import MISSED, MissedItem

KEPT_DAYS = 800
"""Longer than any rule looks back; DynamoDB forgets them by itself."""


class MissedRepository:
    """Who did not come, and when."""

    def note(self, person_key: str, session_id: str, on: date) -> None:
        """Note it once for a session, however often it is told."""
        missed_item(person_key, session_id, on).save()

    def list_of(self, person_key: str) -> list[date]:
        """The days that the person missed, in order."""
        found = MissedItem.query(f"PERSON#{person_key}", MissedItem.sk.startswith(MISSED))
        return [date.fromisoformat(item.sk.split("#")[1]) for item in found]


def missed_item(person_key: str, session_id: str, on: date) -> MissedItem:
    """The item of a session that a person missed: there is one at most."""
    return MissedItem(
        pk=f"PERSON#{person_key}",
        sk=f"{MISSED}{on.isoformat()}#{session_id}",
        expires_epoch=expires_epoch(year_begins(on.year), KEPT_DAYS),
    )
