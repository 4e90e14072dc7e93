"""The office's own calendar: each change is one conditional write with its line of history."""

from dataclasses import dataclass
from typing import Protocol

from chalicelib.kernel.clock import Clock
from chalicelib.kernel.history import HistoryLine
from chalicelib.observatory.kept_calendar import Entry, KeptCalendar, name_of
from chalicelib.observatory.wording import ENTRY_ADDED, ENTRY_CHANGED, ENTRY_REMOVED


class Calendars(Protocol):
    """Where the calendar is kept."""

    def get(self) -> KeptCalendar:
        """The calendar, read strongly; an empty one before anything was kept."""

    def save(self, before: KeptCalendar, after: KeptCalendar, line: HistoryLine) -> None:
        """Keep a change. Raises `ChangedMeanwhile`."""


@dataclass(frozen=True)
class CalendarKeeping:
    """Adds, changes and removes; the same thing twice is done once."""

    calendars: Calendars
    clock: Clock

    def add(self, entry_id: str, entry: Entry, who: str) -> None:
        """Keep a new entry. Raises `OverlappingHolidays` or `ChangedMeanwhile`."""
        before = self.calendars.get()
        if entry_id not in before.events and entry_id not in before.holidays:
            self._keep(before, before.including(entry_id, entry), who, ENTRY_ADDED, entry)

    def change(self, entry_id: str, entry: Entry, who: str) -> None:
        """Keep another state of an entry. Raises `EntryUnknown`, `OverlappingHolidays` or `ChangedMeanwhile`."""
        before = self.calendars.get()
        if before.entry(entry_id) != entry:
            self._keep(before, before.including(entry_id, entry), who, ENTRY_CHANGED, entry)

    def remove(self, entry_id: str, who: str) -> None:
        """Forget an entry. Raises `EntryUnknown` or `ChangedMeanwhile`."""
        before = self.calendars.get()
        self._keep(before, before.without(entry_id), who, ENTRY_REMOVED, before.entry(entry_id))

    def _keep(self, before: KeptCalendar, after: KeptCalendar, who: str, what: str, entry: Entry) -> None:
        self.calendars.save(before, after, HistoryLine(self.clock(), who, what, name_of(entry)))
