"""The items of the access table: no address, cookie or IP is a key in the clear."""

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from chalicelib.adapters.dynamodb import Item, TableMeta
from chalicelib.kernel import ids
from chalicelib.runtime import config


class AccessMeta(TableMeta):
    """The table of this room."""

    table_name = config.table_name("access")


class HolderIndex(GlobalSecondaryIndex["SessionItem"]):
    """The sessions of one person, oldest first."""

    class Meta:
        index_name = "by_holder"
        projection = AllProjection()

    holder_key = UnicodeAttribute(hash_key=True)
    holder_sort = UnicodeAttribute(range_key=True)


class SessionItem(Item):
    """One logged-in browser."""

    class Meta(AccessMeta):
        pass

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default="session")
    email = UnicodeAttribute()
    kind = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    last_seen_at = UTCDateTimeAttribute()
    expires_at = UTCDateTimeAttribute()
    ends_at = UTCDateTimeAttribute()
    holder_key = UnicodeAttribute()
    holder_sort = UnicodeAttribute()
    expires_epoch = NumberAttribute()
    by_holder = HolderIndex()


class LoginItem(Item):
    """What one address asked for; a filler stands where an unknown address has no mail."""

    class Meta(AccessMeta):
        pass

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default="login")
    requests: JSONAttribute = JSONAttribute(null=True)
    version = NumberAttribute(default=0)
    filler = UnicodeAttribute(null=True)
    expires_epoch = NumberAttribute()


class CounterItem(Item):
    """How often something was done since its window began; `expires_epoch` is the window's end.

    `last` identifies what was counted last.
    """

    class Meta(AccessMeta):
        pass

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default="counter")
    counted = NumberAttribute(default=0)
    last = UnicodeAttribute(null=True)
    expires_epoch = NumberAttribute()


def session_key(sid_digest: str) -> str:
    """The partition of a session."""
    return f"session#{sid_digest}"


def holder_key(email: str) -> str:
    """What leads to the sessions of an address."""
    return f"session#{ids.digest(email)}"


def login_key(email: str) -> str:
    """The partition of what an address asked for."""
    return f"login#{ids.digest(email)}"
