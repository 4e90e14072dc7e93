"""The items of the trainings table: a session, its seats, its registrations and their history in one partition."""

from typing import Any

from pynamodb.attributes import JSONAttribute, ListAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.adapters.dynamodb import Item, TableMeta
from chalicelib.adapters.history import LINE, HistoryItem
from chalicelib.adapters.records import ByHolder, ByStatus, HolderMeta, LeadingItem, RecordItem, StatusMeta
from chalicelib.kernel import ids
from chalicelib.runtime import config

HEAD = "SESSION"
SEATS = "SEATS"
REGISTRATION = "REG#"
STRUCTURE = "STRUCTURE#"
PERSON = "PERSON#"
NEEDS = "NEEDS#"
MISSED = "MISSED#"
FEEDBACK = "FEEDBACK#"
ANSWERED = "ANSWERED#"
"""How the sort keys of what is in a session's partition begin; what a person missed is in the person's own."""


class TrainingsMeta(TableMeta):
    """The table of this feature."""

    table_name = config.table_name("trainings")


class StatusIndex(ByStatus["TrainingItem"]):
    """Sessions and registrations by where they stand, and since when."""

    class Meta(StatusMeta):
        pass


class HolderIndex(ByHolder["TrainingItem"]):
    """Registrations by the address of their structure."""

    class Meta(HolderMeta):
        pass


class TrainingItem(RecordItem):
    """A session, or a registration for one."""

    class Meta(TrainingsMeta):
        pass

    by_status = StatusIndex()
    by_holder = HolderIndex()


class SeatsItem(Item):
    """The seats of a session and the queues for them, apart from what is planned: they alone change at each arrival."""

    class Meta(TrainingsMeta):
        pass

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default=SEATS)
    capacity = NumberAttribute()
    wanted = NumberAttribute()
    taken = NumberAttribute()
    offered = NumberAttribute()
    free = NumberAttribute()
    regular: ListAttribute[Any] = ListAttribute()
    last: ListAttribute[Any] = ListAttribute()
    is_open = NumberAttribute()
    version = NumberAttribute()


class StructureItem(Item):
    """How many people of a structure count on a session."""

    class Meta(TrainingsMeta):
        pass

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    live = NumberAttribute(default=0)


class PersonItem(LeadingItem):
    """The registration under which a person counts on a session: there is one at most."""

    class Meta(TrainingsMeta):
        pass

    registration_id = UnicodeAttribute()


class NeedsItem(Item):
    """What a person needs (disability, diet), apart from all the rest: read by one person, purged after the session."""

    class Meta(TrainingsMeta):
        pass

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    needs: JSONAttribute = JSONAttribute()
    expires_epoch = NumberAttribute()


class MissedItem(Item):
    """A session that a person did not come to, in the person's own partition."""

    class Meta(TrainingsMeta):
        pass

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    expires_epoch = NumberAttribute()


class FeedbackItem(Item):
    """Somebody's answers to a questionnaire; whose, nothing says."""

    class Meta(TrainingsMeta):
        pass

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    answers: JSONAttribute = JSONAttribute()


class AnsweredItem(Item):
    """That a person answered a questionnaire; what, nothing says."""

    class Meta(TrainingsMeta):
        pass

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)


class PointerItem(LeadingItem):
    """What leads to a session or a registration: its reference."""

    class Meta(TrainingsMeta):
        pass

    record_id = UnicodeAttribute()


class LineItem(HistoryItem):
    """A line of history; its record's reference and version in the key make two lines for one change impossible."""

    class Meta(TrainingsMeta):
        pass


def session_key(session_id: str) -> str:
    """The partition of a session."""
    return f"SESSION#{session_id}"


def registration_key(registration_id: str) -> str:
    """The sort key of a registration, in the partition of its session."""
    return REGISTRATION + registration_id.rpartition("-")[2]


def structure_key(key: str) -> str:
    """The sort key of what is counted of a structure."""
    return STRUCTURE + ids.id_of(key)


def person_sort_key(key: str) -> str:
    """The sort key of the registration that a person has."""
    return PERSON + key


def code_key(code: str) -> str:
    """The partition of what a verification code leads to."""
    return f"CODE#{code}"


def line_key(reference: str, version: int) -> str:
    """The sort key of the line that goes with one version of a record."""
    return f"{LINE}{reference}#{version:06d}"
