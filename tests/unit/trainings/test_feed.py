"""When the feed says that a session changed: what readers see, and nothing else, makes it new."""

from xml.etree import ElementTree

import pytest

from chalicelib.trainings.feed import ATOM, feed
from chalicelib.trainings.statuses import SessionEvent
from tests.training_world import instant


def updated(world, session):
    """Of the feed, and of its one entry."""
    root = ElementTree.fromstring(feed([world.planning.get(session.id)], world.rules, "", world.clock()))
    said = [node.findtext(f"{{{ATOM}}}updated") for node in (root, root.find(f"{{{ATOM}}}entry"))]
    assert len(set(said)) == 1
    return said[0]


@pytest.fixture
def session(world):
    """It was written a day before it was published."""
    draft = world.draft(minimum=2)
    world.clock.at = instant(3, 4)
    published = world.planning.publish(draft, "Yann Le Goff")
    world.clock.at = instant(3, 9)
    return published


def test_a_session_is_new_when_it_is_published(world, session):
    assert updated(world, session) == "2027-03-04T08:00:00Z"


@pytest.mark.parametrize(
    "answers",
    [
        {"title": "Autre titre"},
        {"programme": "La lumière d’abord."},
        {"price_cents": 2_000},
        {"half_days": [{"on": "2027-06-01", "begins": "09:00", "ends": "12:30"}]},
    ],
)
def test_what_is_edited_after_it_is_new_again(world, session, answers):
    world.edited(session, **answers)
    assert updated(world, session) == "2027-03-09T08:00:00Z"


@pytest.mark.parametrize(
    "answers", [{"in_charge": "claire"}, {"trainer_email": "ines@example.org"}, {"minimum": 1}]
)
def test_what_no_reader_sees_is_no_news(world, session, answers):
    world.edited(session, **answers)
    assert updated(world, session) == "2027-03-04T08:00:00Z"


def test_where_it_stands_below_its_minimum_is_no_news(world, session):
    world.happens(session, SessionEvent.MINIMUM_MISSED)
    world.happens(session, SessionEvent.KEPT)
    assert world.planning.get(session.id).status_since == instant(3, 9)
    assert updated(world, session) == "2027-03-04T08:00:00Z"


def test_people_who_come_are_no_news(world, session):
    world.comes(session)
    assert updated(world, session) == "2027-03-04T08:00:00Z"
