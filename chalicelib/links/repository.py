"""Minted links in DynamoDB: one item each, forgotten a while after they expire."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.adapters.dynamodb import Item, TableMeta, expires_epoch
from chalicelib.links.model import Link
from chalicelib.runtime import config

KEPT_DAYS = 30


class LinkItem(Item):
    """One minted link."""

    class Meta(TableMeta):
        table_name = config.table_name("links")

    pk = UnicodeAttribute(hash_key=True)
    path = UnicodeAttribute()
    subject = UnicodeAttribute()
    holder = UnicodeAttribute()
    bound_to = UnicodeAttribute(default="")
    secret_digest = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    expires_at = UTCDateTimeAttribute()
    expires_epoch = NumberAttribute()


class LinkRepository:
    """The links of the deployment."""

    def add(self, link: Link) -> None:
        """Keep a new link; an identifier is never taken twice."""
        _item(link).save(LinkItem.pk.does_not_exist())

    def find(self, link_id: str) -> Link | None:
        """The link, read strongly, or None."""
        try:
            return _link(LinkItem.get(link_id, consistent_read=True))
        except LinkItem.DoesNotExist:
            return None


def _item(link: Link) -> LinkItem:
    return LinkItem(
        pk=link.id,
        path=link.path,
        subject=link.subject,
        holder=link.holder,
        bound_to=link.bound_to,
        secret_digest=link.secret_digest,
        created_at=link.created_at,
        expires_at=link.expires_at,
        expires_epoch=expires_epoch(link.expires_at, KEPT_DAYS),
    )


def _link(item: LinkItem) -> Link:
    return Link(
        id=item.pk,
        path=item.path,
        subject=item.subject,
        holder=item.holder,
        bound_to=item.bound_to,
        secret_digest=item.secret_digest,
        created_at=item.created_at,
        expires_at=item.expires_at,
    )
