"""The items of the drafts table: one a draft."""

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from chalicelib.adapters.dynamodb import Item, TableMeta
from chalicelib.runtime import config


class DraftIndex(GlobalSecondaryIndex["DraftItem"]):
    """The drafts of a form, and since when each is untouched."""

    class Meta:
        index_name = "by_form"
        projection = AllProjection()

    form = UnicodeAttribute(hash_key=True)
    untouched_since = UnicodeAttribute(range_key=True)


class HolderIndex(GlobalSecondaryIndex["DraftItem"]):
    """The drafts of an address, and since when each is untouched."""

    class Meta:
        index_name = "by_holder"
        projection = AllProjection()

    holder_key = UnicodeAttribute(hash_key=True)
    untouched_since = UnicodeAttribute(range_key=True)


class DraftItem(Item):
    """Answers on their way."""

    class Meta(TableMeta):
        table_name = config.table_name("drafts")

    pk = UnicodeAttribute(hash_key=True)
    form = UnicodeAttribute()
    holder_key = UnicodeAttribute(null=True)
    untouched_since = UnicodeAttribute()
    answers: JSONAttribute = JSONAttribute()
    kind = UnicodeAttribute()
    version = NumberAttribute()
    created_at = UTCDateTimeAttribute()
    updated_at = UTCDateTimeAttribute()
    nudged_at = UTCDateTimeAttribute(null=True)
    noticed_at = UTCDateTimeAttribute(null=True)
    done: JSONAttribute = JSONAttribute()
    expires_epoch = NumberAttribute()
    by_form = DraftIndex()
    by_holder = HolderIndex()
