"""Drafts in DynamoDB."""

from datetime import datetime

from chalicelib.adapters.dynamodb import expires_epoch
from chalicelib.kernel.clock import iso
from chalicelib.partners.items import DraftIndex, DraftItem, draft_key
from chalicelib.partners.model import Draft

OPEN = "draft"
KEPT_DAYS = 30
"""DynamoDB's own clearing is a net below the sweep's purge, well after it."""


class DraftRepository:
    """The drafts of the deployment."""

    def find(self, draft_id: str) -> Draft | None:
        """The draft, read strongly, or None."""
        try:
            return _draft(DraftItem.get(draft_key(draft_id), "DRAFT", consistent_read=True))
        except DraftItem.DoesNotExist:
            return None

    def put(self, draft: Draft, purge_at: datetime) -> None:
        """Keep the draft; forgotten by itself a while after `purge_at`."""
        DraftItem(
            pk=draft_key(draft.id),
            status_key=OPEN,
            status_since=iso(draft.updated_at),
            answers=dict(draft.answers),
            kind=draft.kind,
            version=draft.version,
            created_at=draft.created_at,
            updated_at=draft.updated_at,
            nudged_at=draft.nudged_at,
            noticed_at=draft.noticed_at,
            done=list(draft.done),
            expires_epoch=expires_epoch(purge_at, KEPT_DAYS),
        ).save()

    def remove(self, draft_id: str) -> None:
        """Forget the draft."""
        DraftItem(draft_key(draft_id), "DRAFT").delete()

    def list_untouched_since(self, limit: datetime) -> list[Draft]:
        """The drafts not changed after `limit`, oldest first."""
        found = DraftItem.by_status.query(OPEN, DraftIndex.status_since <= iso(limit))
        return [_draft(item) for item in found]


def _draft(item: DraftItem) -> Draft:
    return Draft(
        id=item.pk.partition("#")[2],
        answers=item.answers,
        created_at=item.created_at,
        updated_at=item.updated_at,
        kind=item.kind,
        version=int(item.version),
        noticed_at=item.noticed_at,
        nudged_at=item.nudged_at,
        done=tuple(item.done),
    )
