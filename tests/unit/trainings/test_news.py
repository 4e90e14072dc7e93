"""Everybody who registered is told of a change, each once, wherever the telling was interrupted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.trainings.gate import GUEST
from chalicelib.trainings.statuses import Event, SessionStatus, Status
from tests.fakes.clock import Crash
from tests.training import a_structure, training_rules
from tests.training_world import names, newcomer

KEPT_DAYS = training_rules().needs_kept_days
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
    def test_who_has_a_seat_is_told_with_what_belongs_in_the_calendar(self, world, session, people):
        world.edited(session, half_days=LATER)
        after = world.news.tell(session.id)
        assert told(world, people, "rescheduled") == ["Ada Petit", "Bob Petit", "Cléo Petit"]
        assert (after.told_version, after.is_untold) == (1, False)
        assert world.told(after)[-1] == "Personnes inscrites prévenues"
        assert world.mails(people[0])[-1].context["first_day"] == "1er\u00a0juin 2027"
        assert [entry.method for entry in world.mails(people[0])[-1].calendar] == ["REQUEST"]

    def test_who_waits_is_told_of_it_too_and_has_nothing_in_the_calendar(self, world, session, people):
        dan, eve = people[3], world.comes(session, "Eve Petit")
        world.edited(session, half_days=LATER)
        world.news.tell(session.id)
        world.news.tell(session.id)
        assert world.templates(dan) == ["waitlisted", "changed"]
        mail = world.mails(dan)[-1]
        assert (mail.calendar, mail.context["first_day"]) == ((), "1er\u00a0juin 2027")
        assert (world.now(dan).status, world.queue(session)) == (Status.WAITING, ["Dan Petit", "Eve Petit"])
        assert world.templates(eve) == ["waitlisted", "changed"]

    def test_nobody_loses_their_rank_by_being_told(self, world, session, people):
        eve = world.comes(session, "Eve Petit")
        world.edited(session, half_days=LATER)
        dies_at(world, eve)
        with pytest.raises(Crash):
            world.news.tell(session.id)
        assert world.templates(people[3])[-1] == "changed"
        assert world.queue(session) == ["Dan Petit", "Eve Petit"]

    def test_who_is_offered_a_seat_is_told_and_keeps_the_offer(self, world, session, people):
        world.cancels(people[0])
        offered = world.now(people[3])
        world.edited(session, half_days=LATER)
        world.news.tell(session.id)
        told_of = world.now(offered)
        assert world.templates(offered) == ["waitlisted", "changed"]
        assert (told_of.status, told_of.offered_until) == (Status.OFFERED, offered.offered_until)
        assert (told_of.run, told_of.round, list(world.process.runs)) == (1, 2, [offered.run_name])

    def test_whom_the_offer_told_already_is_not_told_again(self, world, session, people):
        world.edited(session, half_days=LATER)
        world.cancels(people[0])
        world.news.tell(session.id)
        assert world.stands(people[3]) == [Status.OFFERED]
        assert world.templates(people[3]) == ["waitlisted"]

    def test_who_asked_to_be_taken_is_told(self, world):
        session = world.published(selects="yes")
        one = world.comes(session)
        world.edited(session, half_days=LATER)
        world.news.tell(session.id)
        assert world.templates(one) == ["pending", "changed"]

    def test_who_was_taken_after_the_change_and_waits_knows_it_already(self, world):
        session = world.published(selects="yes", seats=1)
        ada, bob = world.come(session, "Ada Petit", "Bob Petit")
        world.edited(session, half_days=LATER)
        world.answers(ada, Event.APPROVED)
        world.answers(bob, Event.APPROVED)
        world.news.tell(session.id)
        assert [world.templates(one) for one in (ada, bob)] == [
            ["pending", "confirmed"],
            ["pending", "waitlisted"],
        ]

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
        kept_until = dict(world.registrations.needed_until)
        moved = world.edited(session, half_days=LATER)
        world.news.tell(session.id)
        until = moved.plan.ends_at + timedelta(days=world.rules.training_rules.needs_kept_days)
        assert world.registrations.needed_until == {applied.registration.id: until}
        assert kept_until != world.registrations.needed_until

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


class TestNeeds:
    """What people need is kept as long after the session as the office says, whenever it takes place."""

    @pytest.fixture
    def ana(self, world, session):
        [applied] = world.applies(session, newcomer("Ana Roux", needs={"needs": "Boucle magnétique"}))
        return applied.registration

    @pytest.mark.parametrize(("month", "day"), [(6, 1), (3, 20)])
    def test_a_session_that_moves_takes_the_date_of_the_purge_along(self, world, session, ana, month, day):
        world.edited(session, half_days=[{**LATER[0], "on": f"2027-{month:02}-{day:02}"}])
        world.news.tell(session.id)
        ends_at = world.planning.get(session.id).plan.ends_at
        assert world.registrations.needed_until[ana.id] == ends_at + timedelta(days=KEPT_DAYS)

    def test_of_who_registered_by_the_old_date_the_round_moves_it(self, world, session):
        world.news.tell(world.edited(session, half_days=LATER).id)
        needs = {"diet": "Végétarien"}
        [late] = world.registering.register(
            session, a_structure(), GUEST, [newcomer("Zoé Petit", needs=needs)], "late"
        )
        world.watch.keep_dates()
        ends_at = world.planning.get(session.id).plan.ends_at
        assert world.registrations.needed_until[late.registration.id] == ends_at + timedelta(days=KEPT_DAYS)

    def test_what_was_forgotten_stays_forgotten(self, world, session, ana):
        world.registrations.forget_needs(ana.id)
        world.news.tell(world.edited(session, half_days=LATER).id)
        assert world.registrations.find_needs(ana.id) == {}


class StaleList:
    """The registrations as they were read a while ago."""

    def __init__(self, read):
        self.read = read

    def list_of_session(self, session_id):
        return self.read

    def keep_needs(self, session_id, until):
        return 0


class TestTwoWhoTellAtOnce:
    """Each time one of them is about to write, the other one tells everybody."""

    @staticmethod
    def overtaken(world, session):
        save = world.registrations.save

        def save_late(*given):
            world.registrations.save = save
            world.news.tell(session.id)
            save(*given)

        world.registrations.save = save_late

    @pytest.mark.parametrize(("changed", "template"), [(True, "rescheduled"), (False, "called_off")])
    def test_nobody_is_mailed_twice(self, world, session, people, changed, template):
        if changed:
            world.edited(session, half_days=LATER)
        else:
            world.called_off(session)
        self.overtaken(world, session)
        world.news.tell(session.id)
        assert [world.templates(one).count(template) for one in people[:3]] == [1, 1, 1]
        assert len(world.mails(people[3])) == 2
        assert not world.planning.get(session.id).is_untold

    def test_nor_is_who_was_read_before_the_other_had_told(self, world, session, people):
        world.edited(session, half_days=LATER)
        read = world.registrations.list_of_session(session.id)
        stale = replace(world.news, registrations=StaleList(read))
        world.news.tell(session.id)
        known = world.planning.get(session.id)
        world.sessions.sessions[session.id] = replace(known, told_version=0)
        stale.tell(session.id)
        assert [len(world.mails(one)) for one in people] == [2, 2, 2, 2]


class TestLateOnes:
    """Somebody whose page was opened before the change registers after all others were told of it."""

    @pytest.fixture
    def late(self, world, session):
        world.edited(session, place_name="Ailleurs")
        world.news.tell(session.id)
        [late] = world.registering.register(session, a_structure(), GUEST, [newcomer("Zoé Petit")], "late")
        return late.registration

    def test_the_round_tells_them_once(self, world, session, people, late):
        assert late.told_version == 0
        assert world.watch.keep_dates() == 1
        assert world.watch.keep_dates() == 0
        assert world.templates(late)[-1] == "changed"
        assert "Ailleurs" in world.mails(late)[-1].context["place"]

    def test_while_a_run_tells_a_change_it_is_left_to_the_run(self, world, session, late):
        world.edited(session, place_name="Encore ailleurs")
        assert world.watch.keep_dates() == 0
        world.news.tell(session.id)
        assert len(world.mails(late)) == 2

    def test_once_the_session_is_over_nobody_is_told_any_more(self, world, session, late):
        world.clock.at = session.plan.ends_at
        assert world.watch.keep_dates() == 0


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
