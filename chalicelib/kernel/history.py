"""A line of a record's history, written in the same transaction as the change it tells."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class HistoryLine:
    """Who did what when, why, and for whom; `who` and `what` are French words for the reader."""

    at: datetime
    who: str
    what: str
    reason: str = ""
    on_behalf_of: str = ""
