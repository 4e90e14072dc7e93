"""A session of which nobody noted anything in time: it stays open, and closes once those who note have come to rest."""

from datetime import timedelta

import pytest

from chalicelib.trainings.attendance import AttendanceClosed, State
from chalicelib.trainings.attending import AttendingService
from chalicelib.trainings.statuses import Event, SessionStatus, Status

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


class TestWithoutSeat:
    @pytest.fixture
    def waiting(self, world, session, people):
        return world.come(session, "Cléo Petit", "Dan Petit")

    def closed(self, world, attending, session, people):
        world.clock.at = session.plan.ends_at
        note(world, attending, session, people[0])
        assert attending.close(world.planning.get(session.id), "Yann")
        return world.outbox.messages

    def test_who_still_waits_is_told_once_where_others_on_the_theme_are(
        self, world, attending, session, people, waiting
    ):
        world.published(half_days=[{"on": "2027-06-01", "begins": "09:00", "ends": "12:30"}])
        self.closed(world, attending, session, people)
        attending.close(session, "Yann")
        assert world.stands(*waiting) == [Status.UNSERVED] * 2
        for one in waiting:
            assert world.templates(one) == ["waitlisted", "unserved"]
            mail = world.mails(one)[-1]
            assert (mail.context["theme"], mail.link) == ("numerique", None)

    @pytest.mark.parametrize(
        "other",
        [
            {"theme": "accueil", "half_days": [{"on": "2027-06-01", "begins": "09:00", "ends": "12:30"}]},
            {"half_days": [{"on": "2027-05-04", "begins": "08:00", "ends": "10:00"}]},
        ],
    )
    def test_without_another_on_the_theme_the_whole_catalogue_is_told(
        self, world, attending, session, people, waiting, other
    ):
        world.published(**other)
        self.closed(world, attending, session, people)
        assert world.mails(waiting[0])[-1].context["theme"] == ""

    def test_who_was_never_answered_is_told_so_instead(self, world, attending):
        session = world.published(seats=2, selects="yes")
        ada, bob = world.come(session, "Ada Petit", "Bob Petit")
        world.answers(ada, Event.APPROVED)
        self.closed(world, attending, session, [ada])
        assert world.stands(ada, bob) == [Status.ATTENDED, Status.UNANSWERED]
        assert world.templates(bob) == ["pending", "unanswered"]

    def test_when_everybody_has_a_seat_no_other_session_is_looked_for(
        self, world, attending, session, people, monkeypatch
    ):
        monkeypatch.setattr(world.sessions, "list_in_status", lambda *statuses: pytest.fail("asked"))
        self.closed(world, attending, session, people)


def test_once_it_is_closed_nobody_is_noted(world, attending, session, people):
    world.clock.at = session.plan.ends_at
    note(world, attending, session, people[0])
    assert attending.close(session, "Yann")
    assert world.planning.get(session.id).status is SessionStatus.CLOSED
    with pytest.raises(AttendanceClosed):
        note(world, attending, session, people[1])
