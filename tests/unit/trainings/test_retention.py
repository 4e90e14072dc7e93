"""What is forgotten of trainings, and when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.trainings.retention import Retention
from chalicelib.trainings.statuses import SessionStatus
from tests.fakes.uploads import FakeFiles
from tests.training_world import instant

OF_2027 = instant(5, 4)


class Sessions:
    """The sessions, and what was asked to be forgotten of them."""

    def __init__(self, *sessions):
        self.sessions, self.forgotten, self.erased = sessions, [], []

    def list_in_status(self, *statuses):
        return [one for one in self.sessions if one.status in statuses]

    def forget_needs(self, session_id):
        self.forgotten.append(session_id)
        return 1

    def erase(self, session):
        self.erased.append(session.status)


@pytest.fixture
def purged_at(world):
    """What is forgotten at an instant, of a session that stands so: its needs, and all of it."""

    def purge(at, status):
        world.clock.at = at
        session = replace(world.draft(), status=status, status_since=OF_2027)
        found = Sessions(session)
        Retention(found, FakeFiles(), world.office, world.clock).purge()
        return len(found.forgotten), len(found.erased)

    return purge


@pytest.mark.parametrize("status", [SessionStatus.PUBLISHED, SessionStatus.CLOSED, SessionStatus.CANCELLED])
def test_needs_are_forgotten_two_days_after_the_end_and_sessions_five_years_after_their_year(
    purged_at, status
):
    ended = OF_2027 + timedelta(hours=2, minutes=30)
    assert purged_at(ended + timedelta(days=2, minutes=-1), status) == (0, 0)
    assert purged_at(ended + timedelta(days=2), status) == (1, 0)
    assert purged_at(instant(12, 31, year=2032), status) == (0, 0)
    assert purged_at(instant(1, 1, year=2033), status) == (0, 1)


def test_a_draft_is_nobodys_data(purged_at):
    assert purged_at(instant(1, 1, year=2040), SessionStatus.DRAFT) == (0, 0)
