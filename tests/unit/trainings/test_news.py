"""Everybody who registered is told of a change, each once, wherever the telling was interrupted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.trainings.statuses import Event, SessionStatus, Status
from tests.fakes.clock import Crash
from tests.training_world import names, newcomer

LATER = [{"on": "2027-06-01", "begins": "09:00", "ends": "12:30"}]


@pytest.fixture
def session(world):
    return world.published(seats=3)


@pytest.fixture
def people(world, session):
    """Ada, Bob and Cléo have seats, Dan waits."""
    return world.come(session, "Ada Petit", "Bob Petit", "Cléo Petit", "Dan Petit")


def told(world, people, template):
    return names([one for one in people if template in world.templates(one)])


def dies_at(world, who):
    """The one who tells dies just before the registration of somebody is written."""
    save = world.registrations.save

    def mortal(changes, *given):
        if any(one.after.id == who.id for one in changes):
            world.registrations.save = save
            raise Crash
        save(changes, *given)

    world.registrations.save = mortal


class TestChanges:
    def test_who_has_a_seat_is_told_and_who_waits_is_not(self, world, session, people):
        world.edited(session, half_days=LATER)
        after = world.news.tell(session.id)
        assert told(world, people, "rescheduled") == ["Ada Petit", "Bob Petit", "Cléo Petit"]
        assert (after.told_version, after.is_untold) == (1, False)
        assert world.told(after)[-1] == "Personnes inscrites prévenues"
        assert world.mails(people[0])[-1].context["first_day"] == "1er\u00a0juin 2027"

    def test_told_again_nothing_goes_out(self, world, session, people):
        world.edited(session, half_days=LATER)
        world.news.tell(session.id)
        before = list(world.outbox.rows)
        world.news.tell(session.id)
        assert list(world.outbox.rows) == before

    def test_that_all_were_told_is_noted_once(self, world, session, people):
        world.edited(session, half_days=LATER)
        first = world.planning.note_told(session.id, 1)
        assert world.planning.note_told(session.id, 1) == first
        assert world.told(first).count("Personnes inscrites prévenues") == 1

    def test_without_news_nobody_is_told(self, world, session, people):
        assert world.news.tell(session.id) == session
        assert told(world, people, "rescheduled") == []

    def test_each_change_is_told_once(self, world, session, people):
        for place in ("Ailleurs", "Encore ailleurs"):
            world.edited(session, place_name=place)
            world.news.tell(session.id)
        assert world.templates(people[0]) == ["confirmed", "rescheduled", "rescheduled"]

    def test_two_changes_before_the_telling_are_told_as_one(self, world, session, people):
        world.edited(session, place_name="Ailleurs")
        world.edited(session, half_days=LATER)
        assert not world.news.tell(session.id).is_untold
        assert world.templates(people[0]) == ["confirmed", "rescheduled"]

    def test_a_change_during_the_telling_is_still_to_be_told(self, world, session, people):
        world.edited(session, place_name="Ailleurs")
        record, done = world.service.record, []

        class Desk:
            @staticmethod
            def record(*given):
                done.append(given)
                if len(done) == 3:
                    world.edited(session, half_days=LATER)
                return record(*given)

        news = replace(world.news, desk=Desk)
        assert news.tell(session.id).is_untold
        assert not world.news.tell(session.id).is_untold
        last = [world.mails(one)[-1].context["first_day"] for one in people[:3]]
        assert last == ["1er\u00a0juin 2027"] * 3

    def test_who_got_a_seat_after_the_change_knows_it_already(self, world, session, people):
        world.cancels(people[0])
        world.edited(session, half_days=LATER)
        dan = world.answers(people[3], Event.ACCEPTED)
        world.news.tell(session.id)
        assert world.templates(dan) == ["waitlisted", "confirmed"]
        assert world.comes(session, "Zoé Petit").status is Status.WAITING

    def test_what_people_need_is_kept_until_after_the_new_days(self, world):
        session = world.published()
        [applied] = world.applies(session, newcomer("Ada Petit", needs={"needs": "Boucle magnétique"}))
        kept_until = dict(world.registrations.needs_until)
        moved = world.edited(session, half_days=LATER)
        world.news.tell(session.id)
        until = moved.plan.ends_at + timedelta(days=world.rules.training_rules.needs_kept_days)
        assert world.registrations.needs_until == {applied.registration.id: until}
        assert kept_until != world.registrations.needs_until

    def test_a_crash_in_the_middle_is_taken_up_where_it_stopped(self, world, session, people):
        world.edited(session, half_days=LATER)
        dies_at(world, people[1])
        with pytest.raises(Crash):
            world.news.tell(session.id)
        assert told(world, people, "rescheduled") == ["Ada Petit", "Cléo Petit"]
        assert world.planning.get(session.id).is_untold
        world.news.tell(session.id)
        assert told(world, people, "rescheduled") == ["Ada Petit", "Bob Petit", "Cléo Petit"]
        assert [world.templates(one).count("rescheduled") for one in people] == [1, 1, 1, 0]


class TestCallingOff:
    def test_everybody_who_counts_on_the_session_reads_why(self, world, session, people):
        world.cancels(people[0])
        world.called_off(session, "Intervenante malade")
        after = world.news.tell(session.id)
        assert world.stands(*people) == [Status.CANCELLED] + [Status.CALLED_OFF] * 3
        assert world.mails(people[1])[-1].context["reason"] == "Intervenante malade"
        assert (after.status, after.is_untold) == (SessionStatus.CANCELLED, False)
        assert world.seats(session).waiting == ()
        assert world.seats(session).held == 0

    def test_who_had_a_seat_has_it_struck_out_of_the_calendar(self, world, session, people):
        world.called_off(session)
        world.news.tell(session.id)
        assert [entry.method for entry in world.mails(people[0])[-1].calendar] == ["CANCEL"]
        assert world.mails(people[3])[-1].calendar == ()

    def test_nobody_is_offered_the_seats_that_become_free_by_it(self, world, session, people):
        world.called_off(session)
        world.news.tell(session.id)
        assert world.templates(people[3]) == ["waitlisted", "called_off"]
        assert world.process.runs == {}

    def test_a_crash_in_the_middle_is_taken_up_where_it_stopped(self, world, session, people):
        world.called_off(session)
        dies_at(world, people[2])
        with pytest.raises(Crash):
            world.news.tell(session.id)
        world.news.tell(session.id)
        assert world.stands(*people) == [Status.CALLED_OFF] * 4
        assert [world.templates(one).count("called_off") for one in people] == [1] * 4

    def test_a_session_that_is_called_off_while_a_change_is_told_ends_with_that(self, world, session, people):
        world.edited(session, half_days=LATER)
        dies_at(world, people[1])
        with pytest.raises(Crash):
            world.news.tell(session.id)
        world.called_off(session)
        world.news.tell(session.id)
        assert told(world, people, "called_off") == names(people)
        assert told(world, people, "rescheduled") == ["Ada Petit", "Cléo Petit"]
