"""The items of the outbox: a row per mail, open until it is sent or settled, and one per address that refuses."""

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from chalicelib.adapters.dynamodb import Item, TableMeta
from chalicelib.runtime import config


class OpenIndex(GlobalSecondaryIndex["MailItem"]):
    """The rows that are not sent, by state and since when."""

    class Meta:
        index_name = "by_open"
        projection = AllProjection()

    open_key = UnicodeAttribute(hash_key=True)
    open_since = UnicodeAttribute(range_key=True)


class RecordIndex(GlobalSecondaryIndex["MailItem"]):
    """The mails about one record, in the order of their making."""

    class Meta:
        index_name = "by_record"
        projection = AllProjection()

    record_key = UnicodeAttribute(hash_key=True)
    record_sort = UnicodeAttribute(range_key=True)


class MailItem(Item):
    """One row of the outbox."""

    class Meta(TableMeta):
        table_name = config.table_name("mail")

    pk = UnicodeAttribute(hash_key=True)
    state = UnicodeAttribute()
    message: JSONAttribute = JSONAttribute()
    open_key = UnicodeAttribute(null=True)
    open_since = UnicodeAttribute(null=True)
    record_key = UnicodeAttribute()
    record_sort = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    attempts = NumberAttribute(default=0)
    claims = NumberAttribute(default=0)
    subject = UnicodeAttribute(null=True)
    service_id = UnicodeAttribute(null=True)
    link_subject = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    claimed_at = UTCDateTimeAttribute(null=True)
    sent_at = UTCDateTimeAttribute(null=True)
    delivered_at = UTCDateTimeAttribute(null=True)
    bounced_at = UTCDateTimeAttribute(null=True)
    complained_at = UTCDateTimeAttribute(null=True)
    resent_by = UnicodeAttribute(null=True)
    resent_at = UTCDateTimeAttribute(null=True)
    settled_by = UnicodeAttribute(null=True)
    settled_at = UTCDateTimeAttribute(null=True)
    expires_epoch = NumberAttribute()
    by_open = OpenIndex()
    by_record = RecordIndex()


class AddressIndex(GlobalSecondaryIndex["AddressItem"]):
    """The same index, read for the addresses that take no mail."""

    class Meta:
        index_name = "by_open"
        projection = AllProjection()

    open_key = UnicodeAttribute(hash_key=True)
    open_since = UnicodeAttribute(range_key=True)


class AddressItem(Item):
    """An address that refuses our mails while it has an `open_key`; then it was restored by somebody."""

    class Meta(TableMeta):
        table_name = config.table_name("mail")

    pk = UnicodeAttribute(hash_key=True)
    email = UnicodeAttribute()
    why = UnicodeAttribute()
    open_key = UnicodeAttribute(null=True)
    open_since = UnicodeAttribute(null=True)
    restored_by = UnicodeAttribute(null=True)
    restored_at = UTCDateTimeAttribute(null=True)
    expires_epoch = NumberAttribute()
    by_open = AddressIndex()
