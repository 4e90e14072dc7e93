"""The items of the subsidies table: files with their history, the money, the register of small aid."""

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.adapters.dynamodb import Item, TableMeta
from chalicelib.adapters.history import HistoryItem
from chalicelib.adapters.records import (
    ByHolder,
    ByStatus,
    HolderMeta,
    LeadingItem,
    RecordItem,
    StatusMeta,
)
from chalicelib.runtime import config

HEAD = "SUBSIDY"
MONEY = "ENVELOPE"
"""The partition of all that is about money: the years, the queue and who waits in it."""
QUEUE = "QUEUE"
WAITING = "WAITING#"
VERSION = "VERSION"
AID = "AID#"
BATCHES = "BATCHES"
PAST = "PAST#"


class SubsidiesMeta(TableMeta):
    """The table of this feature."""

    table_name = config.table_name("subsidies")


class StatusIndex(ByStatus["SubsidyItem"]):
    """Files by where they stand, and since when."""

    class Meta(StatusMeta):
        pass


class HolderIndex(ByHolder["SubsidyItem"]):
    """Files by the address of their applicant."""

    class Meta(HolderMeta):
        pass


class SubsidyItem(RecordItem):
    """An aid file."""

    class Meta(SubsidiesMeta):
        pass

    by_status = StatusIndex()
    by_holder = HolderIndex()


class LineItem(HistoryItem):
    """A line of a file's history; its version in the key makes two lines for one change impossible."""

    class Meta(SubsidiesMeta):
        pass


class PointerItem(LeadingItem):
    """What leads to a file: its reference, or an accommodation that it holds, with the day that ends that."""

    class Meta(SubsidiesMeta):
        pass

    subsidy_id = UnicodeAttribute()
    free_from = UnicodeAttribute(null=True)


class EnvelopeItem(Item):
    """One year's money: `free` + `reserved` + `consumed` is `budget`, and none is negative. Cents."""

    class Meta(SubsidiesMeta):
        pass

    pk = UnicodeAttribute(hash_key=True, default=MONEY)
    sk = UnicodeAttribute(range_key=True)
    budget = NumberAttribute()
    free = NumberAttribute()
    reserved = NumberAttribute(default=0)
    consumed = NumberAttribute(default=0)


class PastItem(Item):
    """What the erased files of one year and one kind of accommodation count for, together. Cents."""

    class Meta(SubsidiesMeta):
        pass

    pk = UnicodeAttribute(hash_key=True, default=MONEY)
    sk = UnicodeAttribute(range_key=True)
    files = NumberAttribute(default=0)
    granted = NumberAttribute(default=0)
    consumed = NumberAttribute(default=0)


class QueueItem(Item):
    """How many files wait for money, and for how many cents."""

    class Meta(SubsidiesMeta):
        pass

    pk = UnicodeAttribute(hash_key=True, default=MONEY)
    sk = UnicodeAttribute(range_key=True, default=QUEUE)
    waiting = NumberAttribute(default=0)
    cents = NumberAttribute(default=0)


class WaitingItem(Item):
    """A file in the queue; the sort key is the instant of its acceptance."""

    class Meta(SubsidiesMeta):
        pass

    pk = UnicodeAttribute(hash_key=True, default=MONEY)
    sk = UnicodeAttribute(range_key=True)
    subsidy_id = UnicodeAttribute()


class AidItem(Item):
    """An aid of this office to an owner, in the register."""

    class Meta(SubsidiesMeta):
        pass

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    subsidy_id = UnicodeAttribute()
    reference = UnicodeAttribute()
    granted_on = UnicodeAttribute()
    cents = NumberAttribute()


class OwnerItem(Item):
    """How often the register of an owner changed: two grants at once see each other by it."""

    class Meta(SubsidiesMeta):
        pass

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default=VERSION)
    changes = NumberAttribute(default=0)


class BatchItem(Item):
    """Payments that go to the bank together."""

    class Meta(SubsidiesMeta):
        pass

    pk = UnicodeAttribute(hash_key=True, default=BATCHES)
    sk = UnicodeAttribute(range_key=True)
    reference = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    created_by = UnicodeAttribute()
    execute_on = UnicodeAttribute()
    is_closed = NumberAttribute(default=0)
    is_forgotten = NumberAttribute(default=0)


class TransferItem(Item):
    """One payment of a batch; the sort key is its file's identifier."""

    class Meta(SubsidiesMeta):
        pass

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    transfer: JSONAttribute = JSONAttribute()


def batch_key(batch_id: str) -> str:
    """The partition of what is in a batch."""
    return f"BATCH#{batch_id}"


def subsidy_key(subsidy_id: str) -> str:
    """The partition of a file."""
    return f"SUBSIDY#{subsidy_id}"


def unit_key(unit: str) -> str:
    """The pointer of an accommodation."""
    return f"UNIT#{unit}"


def year_key(year: int) -> str:
    """The sort key of a year's money."""
    return f"YEAR#{year}"


def past_key(year: int, category: str) -> str:
    """The sort key of what the erased files of a year and a kind of accommodation count for."""
    return f"{PAST}{year}#{category}"


def owner_key(owner: str) -> str:
    """The partition of an owner's register."""
    return f"OWNER#{owner}"
