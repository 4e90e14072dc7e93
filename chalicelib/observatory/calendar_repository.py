"""The office's own calendar in DynamoDB: one item, and a line for each of its versions."""

from datetime import date
from typing import Any

from pynamodb.exceptions import DoesNotExist
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb import committed
from chalicelib.adapters.history import LINE, line_attributes, line_from
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.kernel.history import HistoryLine
from chalicelib.observatory.effects import LocalEvent
from chalicelib.observatory.holidays import ForeignHoliday
from chalicelib.observatory.items import CALENDAR, CalendarItem, LineItem
from chalicelib.observatory.kept_calendar import Entry, KeptCalendar

CHANGED = "Le calendrier a changé entre-temps\u00a0: rechargez la page pour le voir."
Json = dict[str, Any]


class CalendarRepository:
    """The calendar of the deployment."""

    def get(self) -> KeptCalendar:
        """The calendar, read strongly; an empty one before anything was kept."""
        try:
            item = CalendarItem.get(CALENDAR, CALENDAR, consistent_read=True)
        except DoesNotExist:
            return KeptCalendar()
        events = {key: LocalEvent(**_read(one)) for key, one in item.file["events"].items()}
        holidays = {key: ForeignHoliday(**_read(one)) for key, one in item.file["holidays"].items()}
        return KeptCalendar(events, holidays, int(item.version))

    def save(self, before: KeptCalendar, after: KeptCalendar, line: HistoryLine) -> None:
        """Keep a change with its line. Raises `ChangedMeanwhile`."""
        item = CalendarItem(file=_file(after), version=after.version)
        as_read = (
            CalendarItem.version == before.version if before.version else CalendarItem.pk.does_not_exist()
        )
        told = LineItem(pk=CALENDAR, sk=f"{LINE}{after.version:06d}", **line_attributes(line))

        def write(transaction: TransactWrite) -> None:
            transaction.save(item, condition=as_read)
            transaction.save(told, condition=LineItem.pk.does_not_exist())

        if not committed(write):
            raise ChangedMeanwhile(CHANGED)

    def list_history(self, count: int) -> list[HistoryLine]:
        """The latest lines, the newest first."""
        found = LineItem.query(CALENDAR, LineItem.sk.startswith(LINE), scan_index_forward=False, limit=count)
        return [line_from(item) for item in found]


def _file(calendar: KeptCalendar) -> Json:
    return {
        "events": {key: _written(one) for key, one in calendar.events.items()},
        "holidays": {key: _written(one) for key, one in calendar.holidays.items()},
    }


def _written(entry: Entry) -> Json:
    return {**vars(entry), "first": entry.first.isoformat(), "last": entry.last.isoformat()}


def _read(stored: Json) -> Json:
    days = {name: date.fromisoformat(stored[name]) for name in ("first", "last")}
    return {**stored, **days}
