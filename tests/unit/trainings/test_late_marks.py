"""A session of which nobody noted anything in time: it stays open, and closes once those who note have come to rest."""

from datetime import timedelta

import pytest

from chalicelib.trainings.attendance import AttendanceClosed, State
from chalicelib.trainings.attending import AttendingService
from chalicelib.trainings.statuses import SessionStatus, Status

A_DAY, A_SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture
def attending(world):
    return AttendingService(
        world.sessions,
        world.planning,
        world.registrations,
        world.service,
        world.missed,
        world.office,
        world.clock,
    )


@pytest.fixture
def session(world):
    return world.published(seats=2)


@pytest.fixture
def people(world, session):
    return world.come(session, "Ada Petit", "Bob Petit")


def note(world, attending, session, one):
    return attending.mark(
        world.planning.get(session.id), one.id, session.plan.half_days[0], State.PRESENT, "Yann"
    )


def test_without_any_mark_it_is_never_closed_by_itself(world, attending, session, people):
    world.clock.at = session.plan.ends_at + 30 * A_DAY
    assert attending.close_due() == 0
    assert world.stands(*people) == [Status.CONFIRMED] * 2


def test_who_notes_late_has_a_day_for_all_before_it_closes(world, attending, session, people):
    ada, bob = people
    world.clock.at = session.plan.ends_at + 3 * A_DAY
    note(world, attending, session, ada)
    world.clock.at += A_DAY - A_SECOND
    assert attending.close_due() == 0
    note(world, attending, session, bob)
    world.clock.at += A_DAY - A_SECOND
    assert attending.close_due() == 0
    world.clock.at += A_SECOND
    assert attending.close_due() == 1
    assert world.stands(*people) == [Status.ATTENDED] * 2


def test_what_was_noted_in_time_closes_a_day_after_the_end(world, attending, session, people):
    world.clock.at = session.plan.ends_at + A_DAY - A_SECOND
    note(world, attending, session, people[0])
    assert attending.close_due() == 0
    world.clock.at += A_SECOND
    assert attending.close_due() == 1
    assert world.stands(*people) == [Status.ATTENDED, Status.ABSENT]


def test_once_it_is_closed_nobody_is_noted(world, attending, session, people):
    world.clock.at = session.plan.ends_at
    note(world, attending, session, people[0])
    assert attending.close(session, "Yann")
    assert world.planning.get(session.id).status is SessionStatus.CLOSED
    with pytest.raises(AttendanceClosed):
        note(world, attending, session, people[1])
