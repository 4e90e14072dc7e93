"""The items of the partners table: a file and its history in one partition, and what points to it."""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.adapters.dynamodb import TableMeta
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

HEAD = "APPLICATION"


class PartnersMeta(TableMeta):
    """The table of this feature."""

    table_name = config.table_name("partners")


class StatusIndex(ByStatus["ApplicationItem"]):
    """Files by where they stand, and since when."""

    class Meta(StatusMeta):
        pass


class HolderIndex(ByHolder["ApplicationItem"]):
    """Files by the address of their applicant."""

    class Meta(HolderMeta):
        pass


class ApplicationItem(RecordItem):
    """A membership file."""

    class Meta(PartnersMeta):
        pass

    by_status = StatusIndex()
    by_holder = HolderIndex()


class LineItem(HistoryItem):
    """A line of a file's history; its version in the key makes two lines for one change impossible."""

    class Meta(PartnersMeta):
        pass


class PointerItem(LeadingItem):
    """What leads to a file: its reference, or the address or SIRET that it holds."""

    class Meta(PartnersMeta):
        pass

    application_id = UnicodeAttribute()


def application_key(application_id: str) -> str:
    """The partition of a file."""
    return f"APPLICATION#{application_id}"


def identity_keys(email: str, siret: str) -> list[str]:
    """The pointers of what a file holds alone: its address, and its SIRET if it has one."""
    return [f"EMAIL#{email.lower()}"] + ([f"SIRET#{siret}"] if siret else [])
