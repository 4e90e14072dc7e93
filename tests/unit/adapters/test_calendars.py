"""Entries in calendars: what is written is what two libraries read, at the hour of Paris, whatever the texts hold."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.adapters.calendars import invitation, published
from chalicelib.kernel.clock import PARIS
from tests.fakes.clock import NOON
from tests.harness.entries import an_entry
from tests.unit.adapters.calendar_readers import READERS, Event, Person, unfolded

NAME, PAGE = "Formations et rencontres du Val", "https://bureau.example.org/formations"
ENTRY = an_entry()
OFFICE = Person("Office de tourisme du Val, formations", "mailto:accueil@val.example.org")
CAMILLE = Person(
    "Camille Durand", "mailto:camille.durand@example.org", "REQ-PARTICIPANT", "ACCEPTED", is_asked=False
)
AS_READ = Event(
    uid=ENTRY.uid, sequence=0, status="CONFIRMED", starts_at=ENTRY.starts_at, ends_at=ENTRY.ends_at,
    stamped_at=NOON, changed_at=NOON, summary=ENTRY.summary, description=ENTRY.description,
    location=ENTRY.location, url=ENTRY.url, organizer=OFFICE, attendees=(CAMILLE,),
)  # fmt: skip
TEXTS = ("uid", "summary", "description", "location", "url", "organizer_name", "organizer_email")
PERSONAL = (*TEXTS, "attendee_name", "attendee_email")

both_readers = pytest.mark.parametrize("read", READERS.values(), ids=READERS)


@both_readers
def test_an_invitation_says_when_where_and_to_whom(read):
    found = read(invitation(ENTRY))
    assert (found.method, found.events) == ("REQUEST", (AS_READ,))


@both_readers
def test_a_cancellation_strikes_out_the_entry_of_the_same_name(read):
    found = read(invitation(replace(ENTRY, is_cancelled=True, sequence=3)))
    assert (found.method, found.events) == ("CANCEL", (replace(AS_READ, status="CANCELLED", sequence=3),))


@both_readers
def test_a_change_keeps_the_name_and_has_a_higher_sequence(read):
    (before,) = read(invitation(ENTRY)).events
    moved = replace(
        ENTRY, sequence=1, ends_at=ENTRY.ends_at + timedelta(hours=1), changed_at=NOON + timedelta(days=1)
    )
    (after,) = read(invitation(moved)).events
    assert (after.uid, after.sequence) == (before.uid, before.sequence + 1)
    assert after.ends_at - before.ends_at == timedelta(hours=1)
    assert after.changed_at - before.changed_at == timedelta(days=1)


def test_nobody_is_invited_without_an_address():
    with pytest.raises(ValueError, match="nobody"):
        invitation(an_entry(attendee_email=""))


@both_readers
def test_a_published_calendar_has_a_name_and_names_nobody_who_attends(read):
    cancelled = an_entry(uid="seance-s2-1@bureau.example.org", is_cancelled=True, sequence=1)
    found = read(published([ENTRY, cancelled], NAME, PAGE))
    assert (found.method, found.name, found.url) == ("PUBLISH", NAME, PAGE)
    assert [(event.uid, event.status, event.attendees) for event in found.events] == [
        (ENTRY.uid, "CONFIRMED", ()),
        (cancelled.uid, "CANCELLED", ()),
    ]


@both_readers
def test_a_published_calendar_without_entries_is_one_all_the_same(read):
    assert read(published([], NAME, PAGE)).events == ()


def test_a_published_calendar_says_to_every_kind_of_reader_how_often_to_come_back():
    lines = unfolded(published([ENTRY], NAME, PAGE))
    assert {f"NAME:{NAME}", f"X-WR-CALNAME:{NAME}"} <= set(lines)
    assert {"REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H"} <= set(lines)


def test_both_say_who_wrote_them():
    for content in (invitation(ENTRY), published([ENTRY], NAME, PAGE)):
        assert {"PRODID:-//Cordée//Agenda//FR", "VERSION:2.0"} <= set(unfolded(content))


@pytest.mark.parametrize(
    ("at", "written"),
    [
        ("2027-01-12T13:00", ";TZID=Europe/Paris:20270112T140000"),
        ("2027-07-06T12:00", ";TZID=Europe/Paris:20270706T140000"),
        ("2027-03-27T22:30", ";TZID=Europe/Paris:20270327T233000"),
        ("2027-03-28T00:59", ";TZID=Europe/Paris:20270328T015900"),
        ("2027-03-28T01:00", ";TZID=Europe/Paris:20270328T030000"),
        ("2027-10-30T22:30", ";TZID=Europe/Paris:20271031T003000"),
        ("2027-10-31T00:30", ";TZID=Europe/Paris:20271031T023000"),
        ("2027-10-31T01:30", ":20271031T013000Z"),
        ("2027-10-31T02:00", ";TZID=Europe/Paris:20271031T030000"),
    ],
)
def test_an_hour_is_the_one_on_the_clocks_of_paris_unless_they_show_it_twice(at, written):
    starts_at = datetime.fromisoformat(at).replace(tzinfo=UTC)
    entry = an_entry(starts_at=starts_at, ends_at=starts_at + timedelta(hours=3))
    assert f"DTSTART{written}" in unfolded(invitation(entry))


@both_readers
@pytest.mark.parametrize("day", ["2027-03-27", "2027-10-30"])
def test_an_evening_that_lasts_into_the_change_of_clocks_ends_when_it_ends(read, day):
    evening = datetime.fromisoformat(f"{day}T20:00").replace(tzinfo=UTC)
    for hours in range(1, 9):
        ends_at = evening + timedelta(hours=hours)
        (event,) = read(invitation(an_entry(starts_at=evening, ends_at=ends_at))).events
        assert (event.starts_at, event.ends_at) == (evening, ends_at)


@both_readers
@pytest.mark.parametrize("year", [2026, 2027, 2031, 2044])
def test_the_zone_that_goes_with_it_changes_its_clocks_when_paris_does(read, year):
    """Read alone, as by who does not know the zone by its name. Later than the library's own rules, too."""
    zone = read(invitation(ENTRY)).zone
    nights = [datetime(year, month, 24, tzinfo=UTC) for month in (3, 10)]
    minutes = [night + timedelta(minutes=15 * step) for night in nights for step in range(8 * 96)]
    seasons = [datetime(year, month, 15, 12, tzinfo=UTC) for month in range(1, 13)]
    for at in (*minutes, *seasons):
        assert at.astimezone(zone).utcoffset() == at.astimezone(PARIS).utcoffset(), at


def test_lines_are_folded_at_75_octets_between_whole_letters():
    long = "Été à l’hôtel « Bellevue »\u00a0: répondre aux avis, œuvrer ensemble 😀 " * 3
    content = invitation(an_entry(summary=long, location=long, attendee_name=long, description=long * 4))
    assert content.endswith(b"\r\n")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) in range(70, 76)
    for line in lines:
        assert not set(line.decode()) & {"\r", "\n"}


def test_the_same_entry_is_the_same_bytes():
    in_paris = replace(ENTRY, starts_at=ENTRY.starts_at.astimezone(PARIS), changed_at=NOON.astimezone(PARIS))
    assert invitation(ENTRY) == invitation(in_paris)
    assert published([ENTRY], NAME, PAGE) == published([in_paris], NAME, PAGE)


ATTACKS = [
    "Atelier\r\nATTENDEE:mailto:eve@evil.example",
    "Atelier\nEND:VEVENT\nBEGIN:VEVENT\nUID:2",
    "Atelier\rBEGIN:VALARM\rACTION:AUDIO\rEND:VALARM",
    "Atelier\u2028METHOD:CANCEL\u2029\x85X-EVIL:1\x0b\x0c\x1c",
    "Atelier\r\n suite",
    'Atelier";PARTSTAT=DECLINED;X="',
    "Atelier;ROLE=CHAIR:mailto:eve@evil.example",
    "Atelier\\nEND:VCALENDAR\\",
    "C:\\Noyers",
    "^n^'^^ \x00\x07\x1b[31m\ud800\udfff\ufeff",
    "=?utf-8?q?Atelier=0D=0AX-EVIL:1?=",
    "Atelier \u202emoc.live\u202c\u2066\u200f",
    "",
]
hostile = st.one_of(st.sampled_from(ATTACKS), st.text(st.characters(exclude_categories=())))


def properties(content):
    """How often each component begins and each property of it stands, by the line's name."""
    return Counter(
        line if line[:6] in ("BEGIN:", "END:VE") else line.replace(":", ";").split(";")[0]
        for line in unfolded(content)
    )


def check_that_nothing_was_added(content, plain):
    found = properties(content)
    assert found <= plain
    assert set(plain - found) <= {"SUMMARY", "DESCRIPTION", "LOCATION", "URL"}, (
        "nothing goes but what is empty"
    )
    controls = {sign for sign in content.decode() if sign < " " or sign == "\x7f"}
    assert controls == {"\r", "\n"}
    assert content.count(b"\r") == content.count(b"\n") == content.count(b"\r\n")
    for read in READERS.values():
        (event,) = read(content).events
        assert (event.sequence, event.starts_at, event.ends_at) == (0, ENTRY.starts_at, ENTRY.ends_at)
        assert {person.status for person in event.attendees} <= {"ACCEPTED"}


@given(st.fixed_dictionaries(dict.fromkeys(PERSONAL, hostile)))
def test_no_text_adds_a_property_or_a_component_to_an_invitation(texts):
    entry = an_entry(**{**texts, "attendee_email": f"c{texts['attendee_email']}"})
    check_that_nothing_was_added(invitation(entry), properties(invitation(ENTRY)))


@given(st.fixed_dictionaries(dict.fromkeys(TEXTS, hostile)), hostile, hostile)
@example(dict.fromkeys(TEXTS, ATTACKS[0]), ATTACKS[0], ATTACKS[0])
def test_no_text_adds_a_property_or_a_component_to_a_published_calendar(texts, name, url):
    content = published([an_entry(**texts)], name, url)
    check_that_nothing_was_added(content, properties(published([ENTRY], NAME, PAGE)))


@both_readers
def test_signs_that_calendars_take_amiss_are_written_otherwise(read):
    texts = {"summary": "C:\\Noyers", "description": "\\Nord", "attendee_name": 'Anne "Nan" ^ Durand'}
    (event,) = read(invitation(an_entry(**texts))).events
    assert (event.summary, event.description) == ("C:/Noyers", "/Nord")
    assert event.attendees[0].name == "Anne ’Nan’ Durand"
    assert "^" not in invitation(an_entry(**texts)).decode()


@pytest.mark.parametrize("text", ATTACKS)
@pytest.mark.parametrize("field", PERSONAL)
def test_a_text_stays_in_its_property(field, text):
    content = invitation(an_entry(**{field: f"x{text}"}))
    check_that_nothing_was_added(content, properties(invitation(ENTRY)))
    assert not set(content.decode()) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
    )


STRANGE = ("Cc", "Cs", "Cf", "Cn", "Co", "Zl", "Zp", "Zs")
words = st.text(st.characters(exclude_categories=STRANGE, exclude_characters="\\"), min_size=1, max_size=12)
lines = st.lists(words, min_size=1, max_size=12).map(" ".join).filter(lambda line: "=?" not in line)
names = lines.filter(lambda name: not set('"^') & set(name))
paragraphs = st.lists(lines, min_size=1, max_size=5).map("\n".join)
DECADES = (datetime(2000, 1, 1), datetime(2090, 1, 1))  # noqa: DTZ001 - Hypothesis gives them their zone
instants = st.datetimes(*DECADES, timezones=st.just(UTC)).map(lambda at: at.replace(microsecond=0))
addresses = st.from_regex(r"[a-z0-9._+-]{1,40}@[a-z]{1,20}\.example\.org", fullmatch=True)
entries = st.builds(
    an_entry, uid=lines, sequence=st.integers(0, 10_000), starts_at=instants, ends_at=instants,
    summary=lines, description=paragraphs, location=lines, organizer_name=names, organizer_email=addresses,
    attendee_name=names, attendee_email=addresses, is_cancelled=st.booleans(), changed_at=instants,
).filter(lambda entry: entry.starts_at < entry.ends_at)  # fmt: skip


@given(entries)
@example(
    an_entry(
        description="Bonjour;\n\n« venez », à 9\u00a0h: ok\n:;,", attendee_name="O’Neil, Anne; dite Nan:"
    )
)
def test_what_is_written_is_what_is_read(entry):
    for read in READERS.values():
        found = read(invitation(entry))
        (event,) = found.events
        assert event == Event(
            entry.uid, entry.sequence, "CANCELLED" if entry.is_cancelled else "CONFIRMED",
            entry.starts_at, entry.ends_at, entry.changed_at, entry.changed_at,
            entry.summary, entry.description, entry.location, entry.url,
            Person(entry.organizer_name, f"mailto:{entry.organizer_email}"),
            (replace(CAMILLE, name=entry.attendee_name, address=f"mailto:{entry.attendee_email}"),),
        )  # fmt: skip
        assert found.method == entry.method
