"""What a rule says of a record, for who decides about it."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """A rule is kept, wants a look, or forbids."""

    OK = "ok"
    WARNING = "warning"
    BLOCKING = "blocking"


@dataclass(frozen=True)
class Verdict:
    """One rule in words and what it says of a record."""

    label: str
    level: str
    detail: str = ""

    @property
    def is_blocking(self) -> bool:
        """Whether the rule forbids."""
        return self.level == Level.BLOCKING
