"""Lines of history as DynamoDB items: the same attributes in every table, each line once."""

from typing import Any

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.adapters.dynamodb import Item
from chalicelib.kernel.history import HistoryLine

LINE = "LINE#"
"""How the sort key of a line begins, in the partition of its record."""


class HistoryItem(Item):
    """One line of a record's history, in no table yet; subclasses add `Meta` with theirs."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    at = UTCDateTimeAttribute()
    who = UnicodeAttribute()
    what = UnicodeAttribute()
    reason = UnicodeAttribute(default="")
    on_behalf_of = UnicodeAttribute(default="")
    expires_epoch = NumberAttribute(null=True)


def line_attributes(line: HistoryLine) -> dict[str, Any]:
    """What an item keeps of `line`, beside its keys."""
    return dict(vars(line))


def line_from(item: HistoryItem) -> HistoryLine:
    """The line that an item holds."""
    return HistoryLine(item.at, item.who, item.what, item.reason, item.on_behalf_of)
