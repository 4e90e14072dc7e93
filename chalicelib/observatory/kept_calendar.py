"""What the office itself knows of days: events of the territory, and school holidays abroad.

All of it is one record, changed on its version: of two holidays that overlap, only one can be kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from chalicelib.kernel.errors import NotFound
from chalicelib.observatory.effects import LocalEvent
from chalicelib.observatory.holidays import ForeignCalendar, ForeignHoliday

Entry = LocalEvent | ForeignHoliday


class EntryUnknown(NotFound):
    """No such event and no such holidays."""

    def __init__(self) -> None:
        super().__init__(
            "Cette ligne du calendrier n’existe plus. Revenez au calendrier pour voir ce qui s’y trouve."
        )


@dataclass(frozen=True)
class KeptCalendar:
    """Events and holidays by their identifiers; `version` is 0 before anything was kept."""

    events: Mapping[str, LocalEvent] = field(default_factory=dict)
    holidays: Mapping[str, ForeignHoliday] = field(default_factory=dict)
    version: int = 0

    @property
    def foreign(self) -> ForeignCalendar:
        """The holidays abroad."""
        return ForeignCalendar(tuple(self.holidays.values()))

    def entry(self, entry_id: str) -> Entry:
        """The event or the holidays. Raises `EntryUnknown`."""
        found = self.events.get(entry_id) or self.holidays.get(entry_id)
        if found is None:
            raise EntryUnknown
        return found

    def including(self, entry_id: str, entry: Entry) -> "KeptCalendar":
        """With this entry, in the place of the one that it changes. Raises `OverlappingHolidays`."""
        version = self.version + 1
        if isinstance(entry, LocalEvent):
            return replace(self, events={**self.events, entry_id: entry}, version=version)
        changed = replace(self, holidays={**self.holidays, entry_id: entry}, version=version)
        ForeignCalendar(tuple(changed.holidays.values()))
        return changed

    def without(self, entry_id: str) -> "KeptCalendar":
        """Without this entry. Raises `EntryUnknown`."""
        self.entry(entry_id)
        events = {key: event for key, event in self.events.items() if key != entry_id}
        holidays = {key: holiday for key, holiday in self.holidays.items() if key != entry_id}
        return KeptCalendar(events, holidays, self.version + 1)


def name_of(entry: Entry) -> str:
    """What an entry is called."""
    return entry.label if isinstance(entry, LocalEvent) else entry.name
