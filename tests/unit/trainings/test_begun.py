"""Once a session has begun nobody leaves it, and nobody is seated in it: who does not come is marked, not gone."""

from datetime import timedelta

import pytest

from chalicelib.trainings.model import RegistrationClosed, SessionBegun
from chalicelib.trainings.statuses import Event, Status

TOMORROW = [{"on": "2027-03-04", "begins": "09:00", "ends": "12:30"}]
A_SECOND = timedelta(seconds=1)


def begins(world, session):
    """It is the hour of the session as it stands now."""
    world.clock.at = world.planning.get(session.id).plan.starts_at


class TestCancelling:
    def test_the_last_second_before_the_beginning_is_the_last_one_to_cancel(self, world, session, queue):
        begins(world, session)
        world.clock.at -= A_SECOND
        assert world.cancels(queue[0]).status is Status.CANCELLED

    @pytest.mark.parametrize("number", [0, 1])
    def test_from_the_beginning_on_nobody_cancels(self, world, session, queue, number):
        begins(world, session)
        before = world.now(queue[number])
        with pytest.raises(SessionBegun, match="Appelez l’office"):
            world.cancels(queue[number])
        assert world.now(queue[number]) == before

    def test_of_a_session_that_moved_the_new_hour_counts(self, world, session, queue):
        later = world.edited(session, half_days=[{**TOMORROW[0], "on": "2027-06-01"}])
        begins(world, session)
        world.clock.at = session.plan.starts_at
        assert later.plan.starts_at > world.clock()
        assert world.cancels(queue[0]).status is Status.CANCELLED


class TestComingInstead:
    def test_a_colleague_comes_instead_until_the_end_and_not_after_it(self, world, session, queue):
        world.clock.at = session.plan.ends_at - A_SECOND
        hugo = world.replaced(queue[0], "Hugo Petit")
        assert hugo.status is Status.CONFIRMED
        world.clock.at = session.plan.ends_at
        with pytest.raises(RegistrationClosed, match="terminée"):
            world.replaced(hugo, "Zoé Petit")
        assert world.stands(hugo) == [Status.CONFIRMED]


class TestSeating:
    @pytest.fixture
    def bob(self, world, session, queue):
        """He is offered the seat for two days, then the session is moved to tomorrow."""
        world.cancels(queue[0])
        world.edited(session, half_days=TOMORROW)
        return queue[1]

    def test_an_offer_that_is_taken_after_the_beginning_has_run_out(self, world, session, bob):
        begins(world, session)
        assert world.clock() < world.now(bob).offered_until
        lapsed = world.answers(bob, Event.ACCEPTED)
        assert (lapsed.status, world.templates(lapsed)[-1]) == (Status.LAPSED, "lapsed")
        assert world.told(bob)[-1].startswith("Proposition restée sans réponse")
        assert (world.seats(session).taken, world.seats(session).offered) == (0, 0)

    def test_before_the_beginning_it_holds_as_long_as_was_said(self, world, session, bob):
        until = world.now(bob).offered_until
        begins(world, session)
        world.clock.at -= A_SECOND
        assert world.now(bob).offered_until == until
        assert world.answers(bob, Event.ACCEPTED).status is Status.CONFIRMED

    def test_an_answer_in_time_counts_however_late_the_process_is(self, world, session, bob):
        line = world.line("Place acceptée", "Bob Petit")
        begins(world, session)
        one = world.service.record(bob.id, Event.ACCEPTED, line, world.now(bob).round)
        assert one.status is Status.CONFIRMED

    def test_who_is_taken_after_the_beginning_hears_that_it_is_too_late(self, world):
        session = world.published(selects="yes")
        ada = world.comes(session, "Ada Petit")
        begins(world, session)
        assert world.answers(ada, Event.APPROVED).status is Status.UNANSWERED
        assert world.seats(session).taken == 0
