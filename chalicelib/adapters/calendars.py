"""Entries as calendars read them (RFC 5545): an invitation that goes with a mail, and a calendar to subscribe to.

The library is in a layer of its own, which only functions that write such files have (docs/decisions/0033). Whatever
the texts of an entry hold, it has the properties that are written here and no others.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from chalicelib.kernel.clock import PARIS
from chalicelib.kernel.letters import clean_lines, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from icalendar import Calendar, Event, Timezone, vCalAddress

    from chalicelib.kernel.calendar import CalendarEntry

PRODID = "-//Cordée//Agenda//FR"
REFRESHED_EVERY = timedelta(hours=12)
"""What a subscribed calendar is asked to wait; most have a mind of their own."""
WITHOUT_BACKSLASH = str.maketrans({"\\": "/"})
"""The library takes a backslash before a capital N for a line break."""
IN_A_NAME = str.maketrans({'"': "’", "^": " "})
"""A parameter holds no quotation mark, and what stands for one (RFC 6868) is not read everywhere."""

IN_A_LINK, IN_A_MAILBOX = ":/?#[]@!$&'()*+,;=%", "@!$&'*+="
"""What stands for itself in the address of a page (RFC 3986) and of a person (RFC 6068)."""


class _Turn(NamedTuple):
    """Clocks are put to another offset, on the last Sunday of a month (directive 2000/84/EC)."""

    name: str
    first_at: datetime
    hours_before: int
    hours_after: int


SUMMER = _Turn("CEST", datetime(1996, 3, 31, 2), 1, 2)  # noqa: DTZ001 - RFC 5545: in the hours before it
WINTER = _Turn("CET", datetime(1996, 10, 27, 3), 2, 1)  # noqa: DTZ001


def invitation(entry: CalendarEntry) -> bytes:
    """The entry for the calendar of its attendee, who has already accepted; or its cancellation.

    Raises `ValueError` for an entry without attendee.
    """
    if not entry.attendee_email:
        raise ValueError("nobody is invited")
    calendar, event = _calendar(entry.method), _event(entry)
    guest = _person(entry.attendee_name, entry.attendee_email)
    guest.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"})
    event.add("attendee", guest)
    calendar.add_component(event)
    return calendar.to_ical()


def published(entries: Iterable[CalendarEntry], name: str, url: str) -> bytes:
    """All entries as a calendar of that name, which says of no one that they attend.

    `url` is the page that shows the same. A cancelled entry stays, as cancelled: what is left out would stay as it was
    in some calendars.
    """
    from icalendar import vDuration

    calendar = _calendar("PUBLISH")
    calendar.calendar_name = _text(name)
    calendar.add("url", _address(url, IN_A_LINK))
    calendar.add("refresh-interval", REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESHED_EVERY))
    for entry in entries:
        calendar.add_component(_event(entry))
    return calendar.to_ical()


def _calendar(method: str) -> Calendar:
    from icalendar import Calendar

    calendar = Calendar()
    for name, value in (
        ("prodid", PRODID),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", method),
    ):
        calendar.add(name, value)
    calendar.add_component(_paris())
    return calendar


def _paris() -> Timezone:
    """The rules of Paris, without an end.

    The library's own, made of a `ZoneInfo`, end in 2038 and begin each summer an hour late.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = Timezone()
    zone.add("tzid", PARIS.key)
    for part, turn in ((TimezoneDaylight(), SUMMER), (TimezoneStandard(), WINTER)):
        part.add("tzname", turn.name)
        part.add("dtstart", turn.first_at)
        part.add("rrule", {"FREQ": "YEARLY", "BYMONTH": turn.first_at.month, "BYDAY": "-1SU"})
        part.add("tzoffsetfrom", timedelta(hours=turn.hours_before))
        part.add("tzoffsetto", timedelta(hours=turn.hours_after))
        zone.add_component(part)
    return zone


def _event(entry: CalendarEntry) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", _text(entry.uid))
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("dtstart", _in_paris(entry.starts_at))
    event.add("dtend", _in_paris(entry.ends_at))
    for name in ("dtstamp", "last-modified"):
        event.add(name, entry.changed_at.astimezone(UTC))
    event.add("organizer", _person(entry.organizer_name, entry.organizer_email))
    _say(event, entry)
    return event


def _say(event: Event, entry: CalendarEntry) -> None:
    said = {
        "summary": _text(entry.summary),
        "description": "\n".join(map(_without_backslash, clean_lines(entry.description))).strip(),
        "location": _text(entry.location),
        "url": _address(entry.url, IN_A_LINK),
    }
    for name, value in said.items():
        if value:
            event.add(name, value)


def _in_paris(at: datetime) -> datetime:
    """The hour on the clocks of Paris; in UTC where they show the same hour a second time, which says the first one."""
    local = at.astimezone(PARIS)
    return at.astimezone(UTC) if local.fold else local


def _person(name: str, email: str) -> vCalAddress:
    from icalendar import vCalAddress

    person = vCalAddress(f"mailto:{_address(email, IN_A_MAILBOX)}")
    called = _text(name.translate(IN_A_NAME))
    if called:
        person.params["CN"] = called
    return person


def _text(text: str) -> str:
    return one_line(_without_backslash(text))


def _without_backslash(text: str) -> str:
    return text.translate(WITHOUT_BACKSLASH)


def _address(address: str, signs: str) -> str:
    """An address without controls and spaces; letters, digits and `signs` stand for themselves, the rest is encoded."""
    return quote("".join(sign for sign in address if sign.isprintable() and sign != " "), signs)
