"""People come: each takes a seat, or a place in the queue, or waits for the office's choice."""

from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.kernel.ports import RunState
from chalicelib.trainings.gate import Visitor
from chalicelib.trainings.model import (
    AlreadyRegistered,
    NotAudience,
    RegistrationClosed,
    SessionFull,
    StructureLimitReached,
)
from chalicelib.trainings.registering import purge_at
from chalicelib.trainings.statuses import Status
from tests.training import NOW, a_newcomer, a_structure
from tests.training_world import newcomer

HOTEL = a_structure()
NEEDS = {"needs": "Boucle magnétique"}


def problems(applied):
    return [type(one.problem) for one in applied]


class TestRoom:
    def test_the_thirteenth_person_on_twelve_seats_is_the_first_who_waits(self, world):
        session = world.published(seats=12)
        seated = world.come(session, *(f"Personne {letter}" for letter in "ABCDEFGHIJKL"))
        late = world.comes(session, "Treize Durand")
        assert set(world.stands(*seated)) == {Status.CONFIRMED}
        assert late.status is Status.WAITING
        assert world.seats(session).rank(late.id) == 1
        assert world.seats(session).free == 0

    def test_who_has_a_seat_is_told_with_the_entries_for_the_calendar(self, world):
        one = world.comes(world.published())
        assert (one.confirmed_at, one.told_days, one.run) == (NOW, 1, 0)
        assert world.told(one) == ["Inscription confirmée"]
        [mail] = world.mails(one)
        assert (mail.template, mail.to, len(mail.calendar)) == (
            "trainings/confirmed", "mallelegoff@example.org", 1,
        )  # fmt: skip

    def test_who_waits_is_told_so_and_gets_nothing_for_the_calendar(self, world):
        session = world.published(seats=1)
        world.comes(session, "Ada Petit")
        late = world.comes(session)
        assert (late.confirmed_at, late.told_days, late.run) == (None, 0, 0)
        assert world.templates(late) == ["waitlisted"]
        assert world.mails(late)[0].calendar == ()

    def test_where_the_office_chooses_everybody_waits_for_its_answer(self, world):
        session = world.published(selects="yes", seats=1)
        first, second = world.come(session, "Ada Petit", "Bob Petit")
        assert world.stands(first, second) == [Status.PENDING] * 2
        assert world.seats(session).free == 1
        assert world.templates(first) == ["pending"]
        assert world.process.inputs == {one.run_name: {"registration_id": one.id} for one in (first, second)}
        assert world.process.state(first.run_name) is RunState.RUNNING

    def test_without_a_waiting_list_a_full_session_takes_nobody(self, world):
        session = world.published(seats=1, has_waitlist="no")
        world.comes(session, "Ada Petit")
        with pytest.raises(SessionFull):
            world.comes(session, "Bob Petit")
        assert len(world.registrations.registrations) == 1

    def test_whoever_missed_two_free_sessions_in_a_year_waits_behind_all_others(self, world):
        session = world.published(seats=1)
        world.missed_before("Ada Petit", date(2026, 6, 1), date(2027, 2, 1))
        world.come(session, "Zoé Petit", "Ada Petit", "Bob Petit")
        assert world.queue(session) == ["Bob Petit", "Ada Petit"]

    def test_whoever_missed_free_sessions_is_equal_to_others_where_all_pay(self, world):
        session = world.published(seats=1, price_cents=5_000)
        world.missed_before("Ada Petit", date(2026, 6, 1), date(2027, 2, 1))
        world.come(session, "Zoé Petit", "Ada Petit", "Bob Petit")
        assert world.queue(session) == ["Ada Petit", "Bob Petit"]

    def test_what_was_agreed_stays_with_the_registration(self, world):
        session = world.published(price_cents=5_000)
        [applied] = world.applies(session, newcomer("Ada Petit", answers={"level": "beginner"}))
        one = applied.registration
        assert (one.price_cents, one.office_version, one.answers) == (
            5_000, world.rules.version, {"level": "beginner"},
        )  # fmt: skip

    def test_who_is_registered_by_the_office_reads_by_whom(self, world):
        session = world.published()
        [applied] = world.registering.register(
            session, HOTEL, Visitor(True), [newcomer("Ada Petit")], "k", by="Yann Le Goff"
        )
        [line] = world.registrations.list_history(applied.registration)
        assert (line.who, line.on_behalf_of) == ("Yann Le Goff", HOTEL.contact_name)


class TestOnce:
    def test_a_form_that_is_sent_twice_registers_each_person_once(self, world):
        session, people = world.published(seats=3), [newcomer("Ada Petit"), newcomer("Bob Petit")]
        first = world.applies(session, *people, key="k")
        assert world.applies(session, *people, key="k") == first
        assert world.seats(session).taken == 2
        assert len(world.outbox.messages) == 2

    def test_a_form_for_the_last_seat_that_is_sent_twice_says_twice_that_the_seat_is_theirs(self, world):
        session = world.published(seats=1, has_waitlist="no")
        first = world.applies(session, newcomer("Ada Petit"), key="k")
        assert world.applies(session, newcomer("Ada Petit"), key="k") == first

    def test_the_same_person_by_another_form_is_shown_the_registration_they_have(self, world):
        session = world.published(seats=1)
        one = world.comes(session, "Maëlle Le Goff", structure=HOTEL)
        [again] = world.applies(session, newcomer("MAELLE Le-Goff"), structure=HOTEL)
        assert again.registration == one
        assert isinstance(again.problem, AlreadyRegistered)
        assert again.problem.registration_id == one.id
        assert world.seats(session).waiting == ()

    def test_who_has_the_last_seat_is_shown_it_rather_than_told_that_all_are_gone(self, world):
        session = world.published(seats=1, has_waitlist="no")
        one = world.comes(session, "Ada Petit", structure=HOTEL)
        [again] = world.applies(session, newcomer("Ada Petit"), structure=HOTEL)
        assert (again.registration, problems([again])) == (one, [AlreadyRegistered])

    def test_who_cancelled_may_come_again(self, world):
        session = world.published()
        world.cancels(world.comes(session))
        assert world.comes(session).status is Status.CONFIRMED

    def test_one_who_cannot_be_taken_keeps_nobody_else_out(self, world):
        session = world.published(seats=3)
        world.comes(session, "Bob Petit", structure=HOTEL)
        people = [newcomer(name) for name in ("Ada Petit", "Bob Petit", "Cléo Petit")]
        applied = world.applies(session, *people, structure=HOTEL)
        assert problems(applied) == [type(None), AlreadyRegistered, type(None)]
        assert world.seats(session).taken == 3


class TestStructures:
    def test_the_limit_of_a_structure_holds_only_while_others_would_have_to_wait(self, world):
        session = world.published(seats=3, per_structure=2)
        names = ("Ada Petit", "Bob Petit", "Cléo Petit", "Dan Petit")
        applied = world.applies(session, *map(newcomer, names), structure=HOTEL)
        assert problems(applied) == [type(None)] * 3 + [StructureLimitReached]
        assert "2\u00a0personnes au plus par structure" in str(applied[3].problem)
        assert world.seats(session).waiting == ()

    def test_a_structure_below_its_limit_may_wait(self, world):
        session = world.published(seats=1, per_structure=2)
        world.comes(session, "Zoé Petit")
        applied = world.applies(session, *map(newcomer, ("Ada P", "Bob P", "Cléo P")), structure=HOTEL)
        assert problems(applied) == [type(None), type(None), StructureLimitReached]
        assert world.queue(session) == ["Ada P", "Bob P"]

    def test_without_a_limit_a_whole_team_may_wait(self, world):
        session = world.published(seats=1)
        applied = world.applies(session, *map(newcomer, ("Ada P", "Bob P", "Cléo P")), structure=HOTEL)
        assert problems(applied) == [type(None)] * 3


class TestDoors:
    def test_nobody_registers_once_the_session_has_begun(self, world):
        session = world.published()
        world.clock.at = session.plan.starts_at
        with pytest.raises(RegistrationClosed):
            world.comes(session)

    def test_nobody_registers_for_a_session_that_was_called_off_a_moment_ago(self, world):
        session = world.published()
        world.called_off(session)
        [applied] = world.registering.register(session, HOTEL, Visitor(True), [a_newcomer()], "k")
        assert problems([applied]) == [RegistrationClosed]
        assert world.registrations.registrations == {}

    def test_a_session_for_partners_takes_no_guest(self, world):
        session = world.published(audience="partners")
        with pytest.raises(NotAudience):
            world.comes(session)
        assert world.comes(session, visitor=Visitor(True)).status is Status.CONFIRMED


class TestNeeds:
    def test_what_a_person_needs_is_kept_apart_until_two_days_after_the_end(self, world):
        session = world.published()
        one = world.applies(session, newcomer("Ada Petit", needs=NEEDS))[0].registration
        assert world.registrations.find_needs(one.id) == NEEDS
        assert "Boucle" not in str(one)
        assert purge_at(session, world.rules) == datetime(2027, 5, 6, 10, 30, tzinfo=UTC)


def test_who_comes_later_is_behind_who_came_before(world):
    session = world.published(seats=1)
    world.come(session, "Zoé Petit", "Ada Petit", "Bob Petit", "Cléo Petit")
    assert world.queue(session) == ["Ada Petit", "Bob Petit", "Cléo Petit"]
    listed = world.registrations.list_of_session(session.id)
    assert [one.asked_at - NOW for one in listed] == [timedelta(minutes=n) for n in range(4)]
