"""A function dies between a change and what should follow it: the record waits, and a round finds it."""

import pytest

from chalicelib.trainings.statuses import Status
from tests.fakes.clock import Crash

CONFIRMED, WAITING, OFFERED = Status.CONFIRMED, Status.WAITING, Status.OFFERED


class TestCrashes:
    """A function dies between the transaction and the start of the run: the record waits, and a round finds it."""

    @pytest.fixture
    def orphan(self, world, session, queue):
        """Bob, whose offer was kept and whose run was never started."""

        def dies(name):
            raise Crash

        world.process.on_start = dies
        with pytest.raises(Crash):
            world.cancels(queue[0])
        world.process.on_start = None
        return queue[1]

    def test_the_run_that_never_began_is_started_under_its_name(self, world, orphan):
        assert world.now(orphan).status is OFFERED
        assert world.process.runs == {}
        assert world.reconciler.reconcile() == 0
        world.clock.wait(minutes=5)
        assert world.reconciler.reconcile() == 1
        assert list(world.process.runs) == [world.now(orphan).run_name]
        assert world.reconciler.reconcile() == 0

    def test_it_is_the_same_for_who_waits_for_the_choice_of_the_office(self, world):
        session = world.published(selects="yes")

        def dies(name):
            raise Crash

        world.process.on_start = dies
        with pytest.raises(Crash):
            world.comes(session)
        world.process.on_start = None
        [one] = world.registrations.list_of_session(session.id)
        world.clock.wait(minutes=5)
        assert world.reconciler.reconcile() == 1
        assert list(world.process.runs) == [one.run_name]

    def test_seats_that_were_raised_by_somebody_who_died_are_offered_by_the_next_round(
        self, world, session, queue
    ):
        real = world.registrations.save

        def dies(*given):
            raise Crash

        world.registrations.save = dies
        with pytest.raises(Crash):
            world.edited(session, seats=3)
        world.registrations.save = real
        assert world.seats(session).owes_an_offer
        assert world.watch.serve_waitlists() == 2
        assert world.stands(*queue) == [CONFIRMED, OFFERED, OFFERED, WAITING]
        assert world.watch.serve_waitlists() == 0

    def test_a_session_whose_news_were_never_begun_is_found_too(self, world, session):
        def dies(name):
            raise Crash

        world.session_process.on_start = dies
        with pytest.raises(Crash):
            world.called_off(session)
        world.session_process.on_start = None
        world.clock.wait(minutes=5)
        assert world.session_reconciler.reconcile() == 1
        known = world.planning.get(session.id)
        assert world.session_process.inputs == {known.run_name: {"session_id": session.id}}
        world.news.tell(session.id)
        world.clock.wait(hours=2)
        assert world.session_reconciler.reconcile() == 0
