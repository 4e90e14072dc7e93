"""Drafts in DynamoDB."""

from collections.abc import Sequence
from datetime import datetime

from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb import committed, expires_epoch, held
from chalicelib.drafts.items import DraftIndex, DraftItem
from chalicelib.drafts.model import Draft
from chalicelib.kernel.clock import iso
from chalicelib.mail.model import Message
from chalicelib.mail.repository import OutboxRepository

KEPT_DAYS = 30
"""DynamoDB's own clearing is a net below the sweep's purge, well after it."""


class DraftRepository:
    """The drafts of one form."""

    def __init__(self, form: str, outbox: OutboxRepository) -> None:
        self.form = form
        self.outbox = outbox

    def find(self, draft_id: str) -> Draft | None:
        """The draft of this form, read strongly, or None."""
        try:
            item = DraftItem.get(draft_id, consistent_read=True)
        except DraftItem.DoesNotExist:
            return None
        return _draft(item) if item.form == self.form else None

    def put(self, draft: Draft, purge_at: datetime, mails: Sequence[Message] = ()) -> bool:
        """Keep the next version of a draft with its mails; False if it changed meanwhile, or is gone."""
        new = draft.version == 1
        unchanged = DraftItem.pk.does_not_exist() if new else DraftItem.version == draft.version - 1
        told_at = max(filter(None, (draft.updated_at, draft.nudged_at, draft.noticed_at)))

        def write(transaction: TransactWrite) -> None:
            transaction.save(_item(self.form, draft, purge_at), condition=unchanged)
            for mail in mails:
                self.outbox.put_within(transaction, mail, told_at)

        return committed(write)

    def remove(self, draft_id: str) -> None:
        """Forget the draft."""
        DraftItem(draft_id).delete()

    def remove_within(self, transaction: TransactWrite, draft_id: str) -> None:
        """Forget the draft, if it is there, with another change."""
        transaction.delete(DraftItem(draft_id))

    def remove_unchanged(self, draft: Draft) -> bool:
        """Forget the draft; False if it changed meanwhile."""
        item = DraftItem(draft.id)
        return held(lambda: item.delete(DraftItem.version == draft.version))

    def list_untouched_since(self, limit: datetime) -> list[Draft]:
        """The drafts not changed after `limit`, oldest first."""
        found = DraftItem.by_form.query(self.form, DraftIndex.untouched_since <= iso(limit))
        return [_draft(item) for item in found]

    def list_by_holder(self, email: str) -> list[Draft]:
        """The drafts of this form that name an address, last touched first; it may lag behind."""
        found = DraftItem.by_holder.query(email.lower(), scan_index_forward=False)
        return [_draft(item) for item in found if item.form == self.form]


def _item(form: str, draft: Draft, purge_at: datetime) -> DraftItem:
    return DraftItem(
        pk=draft.id,
        form=form,
        holder_key=draft.email or None,
        untouched_since=iso(draft.updated_at),
        answers=dict(draft.answers),
        kind=draft.kind,
        version=draft.version,
        created_at=draft.created_at,
        updated_at=draft.updated_at,
        nudged_at=draft.nudged_at,
        noticed_at=draft.noticed_at,
        done=list(draft.done),
        expires_epoch=expires_epoch(purge_at, KEPT_DAYS),
    )


def _draft(item: DraftItem) -> Draft:
    return Draft(
        id=item.pk,
        answers=item.answers,
        created_at=item.created_at,
        updated_at=item.updated_at,
        kind=item.kind,
        version=int(item.version),
        noticed_at=item.noticed_at,
        nudged_at=item.nudged_at,
        done=tuple(item.done),
    )
