"""Sessions for calendars and feed readers, read as those programs read them."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from chalicelib.trainings.bootstrap import planning
from tests.integration.trainings.desk_house import WHO, as_, clock, drafted, empty_house, published

__all__ = ["clock", "empty_house"]

ATOM = "{http://www.w3.org/2005/Atom}"
TWO_DAYS = [
    {"on": "2027-05-04", "begins": "09:00", "ends": "12:30"},
    {"on": "2027-05-04", "begins": "14:00", "ends": "17:00"},
    {"on": "2027-05-11", "begins": "09:00", "ends": "12:30"},
]


def calendar(path):
    answer = as_().get(path)
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert "attachment" in answer.headers["Content-Disposition"]
    return Calendar.from_ical(answer.body)


def events(path):
    return list(calendar(path).walk("VEVENT"))


def test_a_session_is_an_entry_for_each_of_its_days_in_the_time_of_paris(clock):
    session = published(half_days=TWO_DAYS)
    first, second = events(f"/formations/{session.reference}/agenda.ics")
    assert first.decoded("dtstart").astimezone(UTC) == datetime(2027, 5, 4, 7, 0, tzinfo=UTC)
    assert first.decoded("dtend").astimezone(UTC) == datetime(2027, 5, 4, 15, 0, tzinfo=UTC)
    assert second.decoded("dtstart").astimezone(UTC) == datetime(2027, 5, 11, 7, 0, tzinfo=UTC)
    assert str(first["summary"]) == session.plan.title
    assert str(first["location"]).startswith("Maison du territoire")
    assert str(first["url"]).endswith(f"/formations/{session.reference}")
    assert first["uid"] != second["uid"]


def test_nobody_is_named_in_a_public_calendar_and_no_video_link(clock):
    session = published(
        mode="remote", video_link="https://visio.example.org/salle", place_name=None, place_address=None
    )
    body = as_().get(f"/formations/{session.reference}/agenda.ics").body
    assert "ATTENDEE" not in body
    assert "visio.example.org" not in body


def test_the_calendar_to_subscribe_to_holds_what_is_to_come_and_what_was_cancelled(clock):
    published("kept", title="Photos")
    gone = published("gone", title="Accueil")
    drafted("draft", title="Brouillon")
    planning.planning_service().call_off(gone, WHO, "Intervenante malade")
    found = {str(one["summary"]): one for one in events("/formations.ics")}
    assert found.keys() == {"Photos", "Accueil"}
    assert str(found["Accueil"]["status"]) == "CANCELLED"
    assert str(found["Photos"].get("status", "CONFIRMED")) == "CONFIRMED"
    clock.at = datetime(2027, 5, 5, tzinfo=UTC)
    assert events("/formations.ics") == []
    assert calendar("/formations.ics")["version"] == "2.0"


def test_an_entry_that_changes_keeps_its_identifier_and_counts_up(clock):
    session = published()
    path = f"/formations/{session.reference}/agenda.ics"
    [before] = events(path)
    later = [{"on": "2027-05-04", "begins": "10:00", "ends": "12:30"}]
    planning.planning_service().edit(session, {**session.answers, "half_days": later}, WHO)
    [after] = events(path)
    assert after["uid"] == before["uid"]
    assert int(after["sequence"]) > int(before["sequence"])


@pytest.fixture
def feed(clock):
    """The feed of two sessions, taken apart."""
    published("may", title="Photos & cadrage <1>")
    published("june", title="Accueil", half_days=[{"on": "2027-06-01", "begins": "09:00", "ends": "12:30"}])
    drafted("draft", title="Brouillon")
    answer = as_().get("/formations.atom")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.body)


def test_the_feed_is_atom_with_all_that_it_must_have(feed):
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{name}"), name
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    links = {one.get("rel"): one.get("href") for one in feed.findall(f"{ATOM}link")}
    assert links["self"].endswith("/formations.atom")
    assert links["alternate"].endswith("/formations")


def test_every_entry_of_the_feed_has_an_identifier_a_title_an_instant_and_a_page(feed):
    entries = feed.findall(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}title") for one in entries] == ["Photos & cadrage <1>", "Accueil"]
    assert len({one.findtext(f"{ATOM}id") for one in entries}) == 2
    for one in entries:
        assert datetime.fromisoformat(one.findtext(f"{ATOM}updated")).tzinfo
        assert "/formations/SES-" in one.find(f"{ATOM}link").get("href")
        assert "2027" in one.findtext(f"{ATOM}summary")


def test_the_feed_of_nothing_is_a_feed_all_the_same(clock):
    root = ElementTree.fromstring(as_().get("/formations.atom").body)
    assert root.findall(f"{ATOM}entry") == []
    assert datetime.fromisoformat(root.findtext(f"{ATOM}updated"))


@pytest.mark.parametrize("path", ["/formations.ics", "/formations.atom"])
def test_programs_that_ask_often_may_keep_what_they_got_for_a_minute(clock, path):
    published()
    assert as_().get(path).headers["Cache-Control"] == "public, max-age=60"


def test_a_draft_has_no_calendar(clock):
    session = drafted()
    assert as_().get(f"/formations/{session.reference}/agenda.ics").status == 404
