"""The drafts in memory."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.drafts.model import Draft
from chalicelib.mail.model import (
    Message,
)
from tests.fakes.mail import FakeOutbox


class FakeDrafts:
    """The drafts."""

    def __init__(self, outbox: FakeOutbox) -> None:
        self.outbox = outbox
        self.drafts: dict[str, Draft] = {}
        self.purges: dict[str, datetime] = {}

    def find(self, draft_id: str) -> Draft | None:
        return self.drafts.get(draft_id)

    def put(self, draft: Draft, purge_at: datetime, mails: Sequence[Message] = ()) -> bool:
        stored = self.drafts.get(draft.id)
        if (stored.version if stored else 0) != draft.version - 1 or not self.outbox.takes(mails):
            return False
        self.drafts[draft.id], self.purges[draft.id] = draft, purge_at
        told_at = max(filter(None, (draft.updated_at, draft.nudged_at, draft.noticed_at)))
        self.outbox.put_within(mails, told_at)
        return True

    def remove(self, draft_id: str) -> None:
        self.drafts.pop(draft_id, None)

    def remove_unchanged(self, draft: Draft) -> bool:
        stored = self.drafts.get(draft.id)
        if stored is None or stored.version != draft.version:
            return False
        del self.drafts[draft.id]
        return True

    def list_untouched_since(self, limit: datetime) -> list[Draft]:
        found = [draft for draft in self.drafts.values() if draft.updated_at <= limit]
        return sorted(found, key=lambda draft: draft.updated_at)
