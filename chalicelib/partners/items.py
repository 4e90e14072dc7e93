"""The items of the partners table: a file and its history in one partition, and what points to it."""

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from chalicelib.adapters.dynamodb import Item, TableMeta
from chalicelib.adapters.history import HistoryItem
from chalicelib.runtime import config

HEAD = "APPLICATION"
POINTER = "POINTER"


class PartnersMeta(TableMeta):
    """The table of this feature."""

    table_name = config.table_name("partners")


class StatusIndex(GlobalSecondaryIndex["ApplicationItem"]):
    """Files by where they stand, and since when."""

    class Meta:
        index_name = "by_status"
        projection = AllProjection()

    status_key = UnicodeAttribute(hash_key=True)
    status_since = UnicodeAttribute(range_key=True)


class HolderIndex(GlobalSecondaryIndex["ApplicationItem"]):
    """Files by the address of their applicant."""

    class Meta:
        index_name = "by_holder"
        projection = AllProjection()

    holder_key = UnicodeAttribute(hash_key=True)
    holder_sort = UnicodeAttribute(range_key=True)


class ApplicationItem(Item):
    """A membership file."""

    class Meta(PartnersMeta):
        pass

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
    by_status = StatusIndex()
    by_holder = HolderIndex()


class LineItem(HistoryItem):
    """A line of a file's history; its version in the key makes two lines for one change impossible."""

    class Meta(PartnersMeta):
        pass


class PointerItem(Item):
    """What leads to a file: its reference, or the address or SIRET that it holds."""

    class Meta(PartnersMeta):
        pass

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default=POINTER)
    application_id = UnicodeAttribute()


def application_key(application_id: str) -> str:
    """The partition of a file."""
    return f"APPLICATION#{application_id}"


def reference_key(reference: str) -> str:
    """The pointer of a reference."""
    return f"REFERENCE#{reference}"


def identity_keys(email: str, siret: str) -> list[str]:
    """The pointers of what a file holds alone: its address, and its SIRET if it has one."""
    return [f"EMAIL#{email.lower()}"] + ([f"SIRET#{siret}"] if siret else [])
