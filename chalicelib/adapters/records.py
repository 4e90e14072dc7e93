"""Records that a process drives, as DynamoDB items: the same keys, indexes and attributes in every table."""

from typing import Generic, TypeVar

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from chalicelib.adapters.dynamodb import Item

Record = TypeVar("Record", bound="RecordItem")
POINTER = "POINTER"


class StatusMeta:
    """The index of a table in which records are found by where they stand."""

    index_name = "by_status"
    projection = AllProjection()


class ByStatus(GlobalSecondaryIndex[Record], Generic[Record]):
    """Records by where they stand, and since when; subclasses add `Meta`, a subclass of `StatusMeta`."""

    status_key = UnicodeAttribute(hash_key=True)
    status_since = UnicodeAttribute(range_key=True)


class HolderMeta:
    """The index of a table in which records are found by whose they are."""

    index_name = "by_holder"
    projection = AllProjection()


class ByHolder(GlobalSecondaryIndex[Record], Generic[Record]):
    """Records by the address of their applicant; subclasses add `Meta`, a subclass of `HolderMeta`."""

    holder_key = UnicodeAttribute(hash_key=True)
    holder_sort = UnicodeAttribute(range_key=True)


class RecordItem(Item):
    """A record, in no table yet; subclasses add `Meta` with theirs, `by_status` and `by_holder`."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    reference = UnicodeAttribute()
    status_key = UnicodeAttribute()
    status_since = UnicodeAttribute()
    holder_key = UnicodeAttribute()
    holder_sort = UnicodeAttribute()
    file: JSONAttribute = JSONAttribute()
    version = NumberAttribute()
    run = NumberAttribute()


class LeadingItem(Item):
    """What leads to a record, in no table yet: its reference, or something that it alone may hold."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default=POINTER)


def reference_key(reference: str) -> str:
    """The partition of what a reference leads to."""
    return f"REFERENCE#{reference}"
