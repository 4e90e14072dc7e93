"""What happens to a registration, and to whom the seat goes that it leaves."""

from datetime import date, timedelta

import pytest

from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.trainings.model import OutOfStep, Person, RegistrationUnknown
from chalicelib.trainings.statuses import Event, Status

CONFIRMED, WAITING, OFFERED = Status.CONFIRMED, Status.WAITING, Status.OFFERED


class TestFreedSeats:
    def test_a_freed_seat_is_offered_to_the_first_who_waits(self, world, session, queue):
        ada, bob, *_ = queue
        world.cancels(ada)
        assert world.stands(*queue) == [Status.CANCELLED, OFFERED, WAITING, WAITING]
        assert world.queue(session) == ["Cléo Petit", "Dan Petit"]
        assert (world.seats(session).taken, world.seats(session).offered) == (0, 1)
        offered = world.now(bob)
        assert offered.offered_until == world.clock() + timedelta(hours=48)
        assert (offered.round, offered.run) == (2, 1)
        assert world.process.inputs == {offered.run_name: {"registration_id": bob.id}}

    def test_the_freed_seat_and_its_offer_are_one_change(self, world, session, queue):
        saved, save = [], world.registrations.save

        def watched(changes, mails, seats=None):
            saved.append([one.after.person.name for one in changes])
            save(changes, mails, seats)

        world.registrations.save = watched
        world.cancels(queue[0])
        assert saved == [["Ada Petit", "Bob Petit"]]

    def test_when_the_change_is_refused_nobody_is_offered_anything(self, world, session, queue):
        def refused(*given):
            raise ChangedMeanwhile("Changé.")

        world.registrations.save = refused
        with pytest.raises(ChangedMeanwhile):
            world.cancels(queue[0])
        assert world.stands(*queue) == [CONFIRMED, WAITING, WAITING, WAITING]
        assert world.process.runs == {}

    def test_who_accepts_has_the_seat(self, world, session, queue):
        world.cancels(queue[0])
        world.clock.wait(hours=3)
        bob = world.answers(queue[1], Event.ACCEPTED)
        assert (bob.status, bob.confirmed_at, bob.told_days) == (CONFIRMED, world.clock(), 1)
        assert world.seats(session).taken == 1
        assert world.templates(bob) == ["waitlisted", "confirmed"]
        assert len(world.mails(bob)[1].calendar) == 1

    @pytest.mark.parametrize(
        ("event", "status", "mail"),
        [
            (Event.DECLINED, Status.DECLINED, "declined"),
            (Event.OFFER_EXPIRED, Status.LAPSED, "lapsed"),
        ],
    )
    def test_a_refusal_or_a_silence_passes_the_seat_on_at_once(
        self, world, session, queue, event, status, mail
    ):
        ada, bob, cleo, dan = queue
        world.cancels(ada)
        world.answers(bob, event)
        assert world.stands(bob, cleo, dan) == [status, OFFERED, WAITING]
        assert world.templates(bob)[-1] == mail
        assert (world.seats(session).taken, world.seats(session).offered) == (0, 1)

    def test_after_the_last_silence_the_seat_is_free(self, world, session, queue):
        world.cancels(queue[0])
        for one in queue[1:]:
            world.answers(one, Event.OFFER_EXPIRED)
        assert world.seats(session).free == 1
        assert world.comes(session, "Zoé Petit").status is CONFIRMED

    def test_who_leaves_the_queue_frees_no_seat(self, world, session, queue):
        world.cancels(queue[2])
        assert world.queue(session) == ["Bob Petit", "Dan Petit"]
        assert world.stands(*queue) == [CONFIRMED, WAITING, Status.CANCELLED, WAITING]

    def test_who_is_offered_a_seat_and_cancels_passes_it_on(self, world, session, queue):
        world.cancels(queue[0])
        world.cancels(queue[1])
        assert world.stands(*queue) == [Status.CANCELLED, Status.CANCELLED, OFFERED, WAITING]

    def test_near_the_beginning_a_freed_seat_is_offered_for_a_shorter_time(self, world, session, queue):
        world.clock.at = session.plan.starts_at - timedelta(days=2)
        world.cancels(queue[0])
        assert world.now(queue[1]).offered_until == world.clock() + timedelta(hours=24)

    def test_too_near_the_beginning_nobody_is_offered_a_seat(self, world, session, queue):
        world.clock.at = session.plan.starts_at - timedelta(hours=3)
        world.cancels(queue[0])
        assert world.stands(*queue)[1:] == [WAITING] * 3
        assert (world.seats(session).free, world.service.serve(session.id)) == (1, 0)

    def test_those_who_missed_too_much_are_offered_a_seat_after_all_others(self, world, session):
        world.missed_before("Bob Petit", date(2027, 1, 5), date(2027, 2, 1))
        ada, bob, cleo = world.come(session, "Ada Petit", "Bob Petit", "Cléo Petit")
        world.cancels(ada)
        assert world.stands(bob, cleo) == [WAITING, OFFERED]
        world.answers(cleo, Event.DECLINED)
        assert world.now(bob).status is OFFERED

    def test_a_session_that_is_called_off_offers_nothing(self, world, session, queue):
        world.called_off(session)
        world.cancels(queue[0])
        assert world.stands(*queue)[1:] == [WAITING] * 3


class TestLostRows:
    """Registrations that were taken away by hand still stand in the queue."""

    def lose(self, world, *people):
        for one in people:
            del world.registrations.registrations[one.id]

    def test_a_freed_seat_goes_to_the_first_of_those_who_are_there(self, world, session, queue):
        ada, bob, cleo, dan = queue
        self.lose(world, bob, cleo)
        world.cancels(ada)
        assert world.now(dan).status is OFFERED
        assert world.seats(session).waiting == ()
        assert world.gone == [bob.id, cleo.id]

    def test_a_seat_that_is_left_free_by_them_is_offered_by_the_round(self, world, session, queue):
        ada, bob, cleo, dan = queue
        world.cancels(ada)
        self.lose(world, cleo)
        world.answers(bob, Event.DECLINED)
        assert world.stands(bob, dan) == [Status.DECLINED, OFFERED]
        self.lose(world, dan)
        assert (world.service.serve(session.id), world.gone) == (0, [cleo.id])

    def test_where_nobody_else_waits_the_seat_is_free_for_who_comes(self, world, session, queue):
        ada, *others = queue
        self.lose(world, *others)
        world.cancels(ada)
        assert (world.seats(session).waiting, world.seats(session).free) == ((), 1)
        assert world.comes(session, "Zoé Petit").status is CONFIRMED

    def test_a_bigger_room_is_served_past_them(self, world, session, queue):
        self.lose(world, *queue[1:])
        before = world.seats(session)
        world.edited(session, seats=2)
        assert world.seats(session).waiting == ()
        assert world.gone == list(before.waiting)

    def test_nobody_is_dropped_and_told_of_twice_when_somebody_is_faster(self, world, session, queue):
        ada, bob, cleo, dan = queue
        self.lose(world, bob)
        save = world.registrations.save

        def save_late(*given):
            world.registrations.save = save
            world.cancels(dan)
            save(*given)

        world.registrations.save = save_late
        world.cancels(ada)
        assert (world.now(cleo).status, world.gone) == (OFFERED, [bob.id])


class TestSelection:
    @pytest.fixture
    def session(self, world):
        return world.published(seats=1, selects="yes")

    def test_who_is_taken_has_a_seat_and_the_next_ones_wait(self, world, session):
        ada, bob = world.come(session, "Ada Petit", "Bob Petit")
        assert world.answers(ada, Event.APPROVED).status is CONFIRMED
        assert world.answers(bob, Event.APPROVED).status is WAITING
        assert world.templates(ada) == ["pending", "confirmed"]
        assert world.templates(bob) == ["pending", "waitlisted"]
        assert world.queue(session) == ["Bob Petit"]

    def test_who_is_accepted_late_stands_where_they_would_have_stood_at_once(self, world, session):
        ada, *others = world.come(session, "Ada Petit", "Bob Petit", "Cléo Petit", "Dan Petit")
        world.answers(ada, Event.APPROVED)
        for late in (others[1], others[2], others[0]):
            assert world.answers(late, Event.APPROVED).status is WAITING
        assert world.queue(session) == ["Bob Petit", "Cléo Petit", "Dan Petit"]

    def test_of_two_who_came_at_one_instant_the_one_who_waits_already_stands_first(self, world, session):
        ada, bob, cleo = (world.comes(session, name) for name in ("Ada Petit", "Bob Petit", "Cléo Petit"))
        for one in (ada, cleo, bob):
            world.answers(one, Event.APPROVED)
        assert world.queue(session) == ["Cléo Petit", "Bob Petit"]

    def test_those_who_missed_too_much_stay_behind_whoever_is_accepted(self, world, session):
        world.missed_before("Bob Petit", date(2027, 1, 5), date(2027, 2, 1))
        people = world.come(session, "Ada Petit", "Bob Petit", "Cléo Petit", "Dan Petit")
        for one in (people[0], people[3], people[1], people[2]):
            world.answers(one, Event.APPROVED)
        assert world.queue(session) == ["Cléo Petit", "Dan Petit", "Bob Petit"]

    def test_whom_staff_put_in_front_stays_in_front_of_who_is_accepted_later(self, world, session):
        people = world.come(session, "Ada Petit", "Bob Petit", "Cléo Petit", "Dan Petit", "Éva Petit")
        ada, bob, cleo, dan, eva = people
        for one in (ada, cleo, dan, eva):
            world.answers(one, Event.APPROVED)
        world.moved(eva, 1)
        world.answers(bob, Event.APPROVED)
        assert world.queue(session) == ["Éva Petit", "Bob Petit", "Cléo Petit", "Dan Petit"]

    def test_whom_staff_put_behind_keeps_nobody_behind_others_who_came_later(self, world, session):
        ada, bob, cleo, dan = world.come(session, "Ada Petit", "Bob Petit", "Cléo Petit", "Dan Petit")
        for one in (ada, cleo, dan):
            world.answers(one, Event.APPROVED)
        world.moved(cleo, 2)
        world.answers(bob, Event.APPROVED)
        assert world.queue(session) == ["Bob Petit", "Dan Petit", "Cléo Petit"]

    def test_who_leaves_the_queue_at_that_moment_is_not_stood_in_front_of(self, world, session):
        ada, bob, cleo, dan = world.come(session, "Ada Petit", "Bob Petit", "Cléo Petit", "Dan Petit")
        for one in (ada, cleo, dan):
            world.answers(one, Event.APPROVED)
        save = world.registrations.save

        def save_late(*given):
            world.registrations.save = save
            world.cancels(cleo)
            save(*given)

        world.registrations.save = save_late
        world.answers(bob, Event.APPROVED)
        assert world.queue(session) == ["Bob Petit", "Dan Petit"]

    def test_who_is_not_taken_reads_why(self, world, session):
        one = world.answers(world.comes(session), Event.REFUSED, reason="Réservé aux débutants.")
        assert (one.status, one.note) == (Status.REFUSED, "Réservé aux débutants.")
        assert world.mails(one)[-1].context["reason"] == "Réservé aux débutants."
        assert world.seats(session).free == 1

    def test_without_an_answer_the_person_is_told_so(self, world, session):
        one = world.answers(world.comes(session), Event.APPROVAL_EXPIRED)
        assert one.status is Status.UNANSWERED
        assert world.templates(one)[-1] == "unanswered"


class TestLateEvents:
    def test_an_event_of_another_round_changes_nothing(self, world, session):
        session = world.published(seats=1, selects="yes")
        ada, bob = world.come(session, "Ada Petit", "Bob Petit")
        world.answers(ada, Event.APPROVED)
        world.answers(bob, Event.APPROVED)
        world.cancels(ada)
        offered = world.now(bob)
        assert (offered.status, offered.round) == (OFFERED, 2)
        for event in (Event.REFUSED, Event.OFFER_EXPIRED):
            late = world.service.record(bob.id, event, world.line("trop tard"), 1)
            assert late == world.now(bob) == offered
        assert "trop tard" not in world.told(bob)

    def test_a_repeated_event_changes_nothing(self, world, session, queue):
        world.cancels(queue[0])
        taken = world.answers(queue[1], Event.ACCEPTED)
        assert world.answers(queue[1], Event.ACCEPTED) == taken
        assert world.answers(queue[1], Event.DECLINED) == taken
        assert world.seats(session).taken == 1

    def test_what_was_cancelled_is_not_cancelled_again(self, world, session, queue):
        world.cancels(queue[0])
        with pytest.raises(OutOfStep):
            world.cancels(queue[0])

    def test_an_acceptance_after_the_silence_comes_too_late(self, world, session, queue):
        world.cancels(queue[0])
        world.answers(queue[1], Event.OFFER_EXPIRED)
        assert world.answers(queue[1], Event.ACCEPTED).status is Status.LAPSED


class TestLookingUp:
    def test_a_registration_is_found_by_its_structure_and_by_nobody_else(self, world, session):
        one = world.comes(session)
        assert world.service.get_by_reference(one.reference) == one
        assert world.service.get_for(one.reference, one.structure.email.upper()) == one
        for reference, email in ((one.reference, "other@example.org"), ("INS-000000", one.structure.email)):
            with pytest.raises(RegistrationUnknown):
                world.service.get_for(reference, email)
        with pytest.raises(RegistrationUnknown):
            world.service.get("nobody")


def test_other_details_of_the_same_person_are_noted_and_the_name_stays(world, session):
    one = world.comes(session)
    person = Person("Somebody", "Else", "new@example.org", "0612345678", "Gérante")
    corrected = world.service.correct(one, person, "Maëlle Le Goff")
    assert (corrected.person.name, corrected.email) == ("Maëlle Le Goff", "new@example.org")
    *_, told = world.mails(corrected)
    assert (told.template, told.to) == ("trainings/fresh_link", "new@example.org")
    assert world.told(one)[-1] == "Coordonnées modifiées"
    assert world.service.correct(corrected, person, "Maëlle Le Goff") == corrected
    with pytest.raises(ChangedMeanwhile):
        world.service.correct(one, person, "Maëlle Le Goff")
