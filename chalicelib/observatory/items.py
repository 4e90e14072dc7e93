"""The items of the observatory's table: the returns of one commune and month in one partition, as reports read them."""

from typing import Any

from pynamodb.attributes import (
    JSONAttribute,
    ListAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
)
from pynamodb.indexes import GlobalSecondaryIndex

from chalicelib.adapters.dynamodb import Item, TableMeta
from chalicelib.adapters.history import LINE, HistoryItem
from chalicelib.adapters.records import ByHolder, ByStatus, HolderMeta, LeadingItem, RecordItem, StatusMeta
from chalicelib.runtime import config

RETURN = "RETURN#"
MONTH = "MONTH#"
SOURCES = "SOURCES"
HEAD = "REPORT"
CALENDAR = "CALENDAR"
COVERED = "COVERED"
BEGUN = "BEGUN"
"""How sort keys begin: of returns, of what leads to them from an establishment, of reports, of the calendar, ..."""


class ObservatoryMeta(TableMeta):
    """The table of this feature."""

    table_name = config.table_name("observatory")


class ReturnStatusIndex(GlobalSecondaryIndex["ReturnItem"]):
    """The returns of a month by where they stand: they are counted there."""

    class Meta(StatusMeta):
        pass

    status_key = UnicodeAttribute(hash_key=True)
    status_since = UnicodeAttribute(range_key=True)


class ReturnItem(Item):
    """The return of an establishment for a month; before it is given, that it was asked."""

    class Meta(ObservatoryMeta):
        pass

    by_status = ReturnStatusIndex()
    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    status = UnicodeAttribute()
    status_key = UnicodeAttribute()
    status_since = UnicodeAttribute()
    file: JSONAttribute = JSONAttribute()
    version = NumberAttribute()
    expires_epoch = NumberAttribute()


class PlaceItem(Item):
    """In which commune an establishment was in a month: where its return is."""

    class Meta(ObservatoryMeta):
        pass

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    commune = UnicodeAttribute()
    expires_epoch = NumberAttribute()


class ReportStatusIndex(ByStatus["ReportItem"]):
    """Reports by where they stand, and since when."""

    class Meta(StatusMeta):
        pass


class ReportHolderIndex(ByHolder["ReportItem"]):
    """Nobody holds a report: the index is the one that every table of records has."""

    class Meta(HolderMeta):
        pass


class ReportItem(RecordItem):
    """A report."""

    class Meta(ObservatoryMeta):
        pass

    by_status = ReportStatusIndex()
    by_holder = ReportHolderIndex()


class SlugItem(LeadingItem):
    """What leads to a report: the end of its address."""

    class Meta(ObservatoryMeta):
        pass

    record_id = UnicodeAttribute()


class CoveredItem(Item):
    """The reports that are made of a month, by their identifiers: while there is one, no figure of it is written."""

    class Meta(ObservatoryMeta):
        pass

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default=COVERED)
    reports = UnicodeSetAttribute(null=True)


class BegunItem(Item):
    """All reports in the order in which they were begun: one item, so that everybody sees the same order."""

    class Meta(ObservatoryMeta):
        pass

    pk = UnicodeAttribute(hash_key=True, default=BEGUN)
    sk = UnicodeAttribute(range_key=True, default=BEGUN)
    reports: ListAttribute[Any] = ListAttribute()


class CalendarItem(Item):
    """The office's own calendar: one item, so that a condition sees all of it."""

    class Meta(ObservatoryMeta):
        pass

    pk = UnicodeAttribute(hash_key=True, default=CALENDAR)
    sk = UnicodeAttribute(range_key=True, default=CALENDAR)
    file: JSONAttribute = JSONAttribute()
    version = NumberAttribute()


class LineItem(HistoryItem):
    """A line of a return's or a report's history; its version in the key makes two lines for one change impossible."""

    class Meta(ObservatoryMeta):
        pass


class SourceItem(Item):
    """Who sends files to the office, and what its columns are called."""

    class Meta(ObservatoryMeta):
        pass

    pk = UnicodeAttribute(hash_key=True, default=SOURCES)
    sk = UnicodeAttribute(range_key=True)
    name = UnicodeAttribute()
    columns: JSONAttribute = JSONAttribute()


def month_key(month: str, commune: str) -> str:
    """The partition of the returns of a commune for a month."""
    return f"MONTH#{month}#{commune}"


def return_key(establishment_id: str) -> str:
    """The sort key of an establishment's return."""
    return RETURN + establishment_id


def return_status_key(status: str, month: str) -> str:
    """The partition of the index of returns of a month that stand there."""
    return f"return#{status}#{month}"


def establishment_key(establishment_id: str) -> str:
    """The partition of what leads to an establishment's returns."""
    return f"ESTABLISHMENT#{establishment_id}"


def line_key(establishment_id: str, version: int) -> str:
    """The sort key of the line that goes with one version of a return."""
    return f"{LINE}{establishment_id}#{version:06d}"


def report_key(report_id: str) -> str:
    """The partition of a report."""
    return f"REPORT#{report_id}"


def covered_key(month: str) -> str:
    """The partition of what says which reports are made of a month."""
    return f"COVERED#{month}"


def slug_key(slug: str) -> str:
    """The partition of what leads to a report."""
    return f"SLUG#{slug}"


def report_line_key(version: int) -> str:
    """The sort key of the line that goes with one version of a report."""
    return f"{LINE}{version:06d}"
