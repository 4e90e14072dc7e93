"""Somebody else is faster between what was read and what is written."""

import pytest

from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.trainings.model import SessionFull, StructureLimitReached
from chalicelib.trainings.registering import BUSY
from chalicelib.trainings.statuses import Event, Status
from tests.training import a_structure

WAITING, OFFERED = Status.WAITING, Status.OFFERED
HOTEL = a_structure()


class TestComing:
    """Two people at once: somebody else is faster between the look at the seats and the write."""

    @staticmethod
    def beaten(world, session, *rivals):
        """The next write is preceded by the arrival of a rival, the one after by the next rival."""
        queue, add = list(rivals), world.registrations.add

        def add_late(*given):
            if queue:
                name = queue.pop(0)
                world.registrations.add = add
                world.comes(session, name)
                world.registrations.add = add_late
            return add(*given)

        world.registrations.add = add_late

    def test_the_slower_one_waits(self, world):
        session = world.published(seats=1)
        self.beaten(world, session, "Rapide Durand")
        late = world.comes(session, "Lente Durand")
        assert late.status is Status.WAITING
        assert world.seats(session).taken == 1
        assert world.told(late) == ["Inscription en liste d’attente"]

    def test_without_a_waiting_list_the_slower_one_is_told_that_all_seats_are_gone(self, world):
        session = world.published(seats=1, has_waitlist="no")
        self.beaten(world, session, "Rapide Durand")
        with pytest.raises(SessionFull):
            world.comes(session, "Lente Durand")

    def test_they_are_told_so_even_where_their_structure_has_all_it_may_have(self, world):
        session = world.published(seats=2, has_waitlist="no", per_structure=1)
        world.comes(session, "Zoé Petit", structure=HOTEL)
        self.beaten(world, session, "Rapide Durand")
        with pytest.raises(SessionFull):
            world.comes(session, "Lente Durand", structure=HOTEL)

    def test_the_last_place_of_a_structure_goes_to_one_of_them(self, world):
        session = world.published(seats=1, per_structure=1)
        world.comes(session, "Zoé Petit")
        add = world.registrations.add

        def add_late(*given):
            world.registrations.add = add
            world.comes(session, "Rapide Durand", structure=HOTEL)
            return add(*given)

        world.registrations.add = add_late
        with pytest.raises(StructureLimitReached):
            world.comes(session, "Lente Durand", structure=HOTEL)
        assert world.queue(session) == ["Rapide Durand"]

    def test_a_seat_that_is_freed_at_that_moment_is_for_who_comes_whatever_the_limit(self, world):
        session = world.published(seats=2, per_structure=1)
        ada, _ = (world.comes(session, name, structure=HOTEL) for name in ("Ada P", "Bob P"))
        add = world.registrations.add

        def add_late(*given):
            world.registrations.add = add
            world.cancels(ada)
            return add(*given)

        world.registrations.add = add_late
        assert world.comes(session, "Cléo P", structure=HOTEL).status is Status.CONFIRMED

    def test_after_too_many_defeats_one_is_asked_to_try_again_and_nothing_is_kept(self, world):
        session = world.published()
        world.registrations.add = lambda *given: False
        with pytest.raises(ChangedMeanwhile) as busy:
            world.comes(session)
        assert str(busy.value) == BUSY
        assert world.outbox.messages == []


class TestChanges:
    """Somebody else is faster between what was read and what is written."""

    @staticmethod
    def before_the_next(store, name, do):
        """`do` happens just before the next call of that method of the store."""
        real = getattr(store, name)

        def late(*given, **named):
            setattr(store, name, real)
            do()
            return real(*given, **named)

        setattr(store, name, late)

    def test_two_seats_that_are_freed_at_once_go_to_two_people(self, world):
        session = world.published(seats=2)
        ada, zoe, bob, cleo = world.come(session, "Ada P", "Zoé P", "Bob P", "Cléo P")
        self.before_the_next(world.registrations, "save", lambda: world.cancels(zoe))
        world.cancels(ada)
        assert world.stands(ada, zoe, bob, cleo) == [Status.CANCELLED] * 2 + [OFFERED] * 2
        assert world.seats(session).offered == 2

    def test_who_leaves_the_queue_at_that_moment_is_offered_nothing(self, world, session, queue):
        self.before_the_next(world.registrations, "save", lambda: world.cancels(queue[1]))
        world.cancels(queue[0])
        assert world.stands(*queue) == [Status.CANCELLED, Status.CANCELLED, OFFERED, WAITING]

    def test_whoever_comes_while_free_seats_are_served_stops_nobody(self, world, session, queue):
        room = world.seats(session)
        world.room.of[session.id] = room.resized(2)
        self.before_the_next(world.registrations, "save", lambda: world.comes(session, "Zoé Petit"))
        assert world.service.serve(session.id) == 1
        assert world.now(queue[1]).status is OFFERED
        assert world.queue(session) == ["Cléo Petit", "Dan Petit", "Zoé Petit"]

    def test_who_accepts_while_the_session_is_moved_is_told_the_new_day(self, world, session, queue):
        new = [{"on": "2027-06-01", "begins": "09:00", "ends": "12:30"}]
        world.cancels(queue[0])

        def moved():
            world.edited(session, half_days=new)

        real = world.sessions.find

        def find(session_id):
            world.sessions.find = real
            found = real(session_id)
            moved()
            return found

        world.sessions.find = find
        bob = world.answers(queue[1], Event.ACCEPTED)
        assert bob.told_version == world.planning.get(session.id).plan_version == 1
        assert world.mails(bob)[-1].context["first_day"] == "1er\u00a0juin 2027"

    def test_a_session_that_changes_all_the_time_asks_to_try_again(self, world, session, queue):
        def busy(*given):
            raise ChangedMeanwhile("Changé.")

        room = world.seats(session)
        world.room.of[session.id] = room.resized(2)
        world.registrations.save = busy
        with pytest.raises(ChangedMeanwhile, match="change sans cesse"):
            world.service.serve(session.id)
