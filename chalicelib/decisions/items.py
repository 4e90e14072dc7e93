"""The items of the decisions table: a question and its lines of history in one partition."""

from typing import Any

from pynamodb.attributes import (
    JSONAttribute,
    ListAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.adapters.dynamodb import Item, TableMeta
from chalicelib.adapters.history import HistoryItem
from chalicelib.runtime import config

HEAD = "DECISION"
UNDELIVERED = "undelivered"
"""In the place of a state among what is open: settled, and its process does not know."""


class DecisionsMeta(TableMeta):
    """The table of this room."""

    table_name = config.table_name("decisions")


class OpenIndex(GlobalSecondaryIndex["DecisionItem"]):
    """What is pending, or settled without its process knowing, and since when."""

    class Meta:
        index_name = "by_open"
        projection = KeysOnlyProjection()

    open_key = UnicodeAttribute(hash_key=True)
    open_since = UnicodeAttribute(range_key=True)


class RecordIndex(GlobalSecondaryIndex["DecisionItem"]):
    """The questions about one record, in the order of asking."""

    class Meta:
        index_name = "by_record"
        projection = AllProjection()

    record_key = UnicodeAttribute(hash_key=True)
    record_sort = UnicodeAttribute(range_key=True)


class DecisionItem(Item):
    """The question, its addressees and its answer."""

    class Meta(DecisionsMeta):
        pass

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    state = UnicodeAttribute()
    question: JSONAttribute = JSONAttribute()
    addressees: JSONAttribute = JSONAttribute()
    addressee_count = NumberAttribute()
    answer: JSONAttribute = JSONAttribute(null=True)
    asked_at = UTCDateTimeAttribute()
    expires_at = UTCDateTimeAttribute()
    task_tokens: ListAttribute[Any] = ListAttribute()
    is_delivered = NumberAttribute(default=0)
    delivered_at = UTCDateTimeAttribute(null=True)
    open_key = UnicodeAttribute(null=True)
    open_since = UnicodeAttribute(null=True)
    record_key = UnicodeAttribute()
    record_sort = UnicodeAttribute()
    expires_epoch = NumberAttribute()
    by_open = OpenIndex()
    by_record = RecordIndex()


class DecisionLineItem(HistoryItem):
    """One line of a decision's history."""

    class Meta(DecisionsMeta):
        pass
