"""The items of the uploads table: one a file, and one for what its owner keeps in all."""

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.adapters.dynamodb import Item, TableMeta
from chalicelib.runtime import config

TABLE = config.table_name("uploads")
SHELF, UPLOAD = "SHELF", "UPLOAD#"
"""How the sort keys begin, in the partition of an owner."""


class ShelfItem(Item):
    """What an owner keeps in all."""

    class Meta(TableMeta):
        table_name = TABLE

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default=SHELF)
    kept: JSONAttribute = JSONAttribute()
    refused: JSONAttribute = JSONAttribute()
    version = NumberAttribute()


class UploadItem(Item):
    """One file, kept or refused; a refusal is forgotten by itself."""

    class Meta(TableMeta):
        table_name = TABLE

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    name = UnicodeAttribute()
    content_type = UnicodeAttribute(default="")
    size = NumberAttribute()
    sha256 = UnicodeAttribute(default="")
    received_at = UTCDateTimeAttribute()
    state = UnicodeAttribute()
    fault = UnicodeAttribute(null=True)
    scan_state = UnicodeAttribute(attr_name="scan")
    key = UnicodeAttribute(default="")
    expires_epoch = NumberAttribute(null=True)
