"""Calendars read by two libraries that know nothing of each other, as the same plain facts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

import icalendar
from ical.calendar_stream import IcsCalendarStream
from ical.timezone import IcsTimezoneInfo


@dataclass(frozen=True)
class Person:
    """Who organises or attends."""

    name: str
    address: str
    role: str = ""
    status: str = ""
    is_asked: bool = False


@dataclass(frozen=True)
class Event:
    """What a calendar shows of an entry; instants in UTC."""

    uid: str
    sequence: int
    status: str
    starts_at: datetime
    ends_at: datetime
    stamped_at: datetime
    changed_at: datetime
    summary: str
    description: str
    location: str
    url: str
    organizer: Person
    attendees: tuple[Person, ...]


@dataclass(frozen=True)
class Found:
    """A calendar, with the zone as its own rules describe it."""

    method: str
    name: str
    url: str
    zone: tzinfo
    events: tuple[Event, ...]


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


def read_by_icalendar(content: bytes) -> Found:
    """By the library that wrote it."""
    calendar = icalendar.Calendar.from_ical(content)
    assert not any(part.errors for part in calendar.walk())
    (zone,) = calendar.timezones
    return Found(
        str(calendar["METHOD"]), str(calendar.get("NAME", "")), str(calendar.get("URL", "")),
        zone.to_tz(lookup_tzid=False), tuple(map(_event_of_icalendar, calendar.events)),
    )  # fmt: skip


def _event_of_icalendar(event: icalendar.Event) -> Event:
    attendees = event.get("ATTENDEE", [])
    return Event(
        uid=str(event["UID"]), sequence=int(event["SEQUENCE"]), status=str(event["STATUS"]),
        starts_at=_utc(event.decoded("DTSTART")), ends_at=_utc(event.decoded("DTEND")),
        stamped_at=_utc(event.decoded("DTSTAMP")), changed_at=_utc(event.decoded("LAST-MODIFIED")),
        summary=str(event.get("SUMMARY", "")), description=str(event.get("DESCRIPTION", "")),
        location=str(event.get("LOCATION", "")), url=str(event.get("URL", "")),
        organizer=_person_of_icalendar(event["ORGANIZER"]),
        attendees=tuple(map(_person_of_icalendar, attendees if isinstance(attendees, list) else [attendees])),
    )  # fmt: skip


def _person_of_icalendar(person: icalendar.vCalAddress) -> Person:
    told = person.params
    return Person(
        told.get("CN", ""), str(person), told.get("ROLE", ""), told.get("PARTSTAT", ""),
        told.get("RSVP") == "TRUE",
    )  # fmt: skip


def read_by_ical(content: bytes) -> Found:
    """By one that has a parser and rules of its own, and takes what it does not know for an extra."""
    calendar = IcsCalendarStream.calendar_from_ics(content.decode())
    assert {extra.name for extra in calendar.extras} <= {"x-wr-calname", "x-published-ttl"}
    (zone,) = calendar.timezones
    return Found(
        calendar.method or "", "".join(calendar.name), str(calendar.url or ""),
        IcsTimezoneInfo.from_timezone(zone), tuple(map(_event_of_ical, calendar.events)),
    )  # fmt: skip


def _event_of_ical(event: Any) -> Event:
    assert event.extras == []
    return Event(
        uid=event.uid, sequence=event.sequence, status=event.status.value,
        starts_at=_utc(event.dtstart), ends_at=_utc(event.dtend),
        stamped_at=_utc(event.dtstamp), changed_at=_utc(event.last_modified),
        summary=event.summary or "", description=event.description or "",
        location=event.location or "", url=str(event.url or ""),
        organizer=_person_of_ical(event.organizer), attendees=tuple(map(_person_of_ical, event.attendees)),
    )  # fmt: skip


def _person_of_ical(person: Any) -> Person:
    return Person(
        person.common_name or "", str(person.uri), person.role or "", person.status or "", bool(person.rsvp)
    )


READERS: dict[str, Callable[[bytes], Found]] = {"icalendar": read_by_icalendar, "ical": read_by_ical}


def unfolded(content: bytes) -> list[str]:
    """The lines as they were before they were folded."""
    return content.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
