"""The rounds of pending questions: remind, pass on, close, repair, measure."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.decisions.model import DecisionState, until
from chalicelib.kernel.clock import PARIS
from chalicelib.partners.model import Status
from tests.world import World, as_addressee

YANN = "yann.legoff@val.example.org"
NOA = "noa.petit@val.example.org"


@pytest.fixture
def world():
    """A question asked on Wednesday 3 March 2027, the deputy due on Monday 15, the end on 31."""
    world = World()
    world.question = world.ask(world.file_in(Status.SUBMITTED))
    return world


def on(world, day, month=3):
    world.clock.at = datetime(2027, month, day, 9, 0, tzinfo=PARIS)
    return world.sweeper.remind()


def mails(world, template="decisions/reminder"):
    return [message.to for message in world.outbox.messages if message.template == template]


def now(world):
    return world.decisions.find(world.question.id)


def test_reminders_come_on_their_working_day_and_once(world):
    assert [on(world, day) for day in (4, 5, 8, 8, 9, 10)] == [0, 0, 1, 0, 0, 0]
    assert on(world, 11) == 1
    assert mails(world) == [YANN, YANN]


def test_a_round_that_was_missed_sends_the_latest_reminder_only(world):
    assert on(world, 12) == 1
    assert mails(world) == [YANN]


def test_the_deputy_is_asked_once_and_not_reminded_of_what_came_before(world):
    on(world, 11)
    assert on(world, 15) == 1
    assert [one.email for one in now(world).addressees] == [YANN, NOA]
    assert now(world).addressees[1].on_behalf_of == "Yann Le Goff"
    assert mails(world, "decisions/request") == [YANN, NOA]
    assert [on(world, day) for day in (16, 17, 18, 19, 22)] == [0] * 5
    assert mails(world) == [YANN]
    assert len(now(world).addressees) == 2


def test_a_deputy_asked_early_gets_the_reminders_that_come_after(world):
    world.clock.at = datetime(2027, 3, 4, 9, 0, tzinfo=PARIS)
    assert world.sweeper.pass_on(now(world), "bounce-1", "Mail refusé par sa messagerie")
    assert not world.sweeper.pass_on(now(world), "bounce-1", "Mail refusé par sa messagerie")
    on(world, 8)
    assert mails(world) == [YANN, NOA]


def test_the_deputys_answer_counts_as_anyones(world):
    on(world, 15)
    world.desk.answer(world.question.id, as_addressee(now(world), 1), "accept", "")
    assert now(world).answer.by_email == NOA
    assert on(world, 16) == 0


def test_where_there_is_no_deputy_nobody_is_asked(world):
    applicant = world.ask(world.submit("f2", email="lea@gite.example.fr", siret=""))
    assert not world.sweeper.pass_on(applicant, "bounce-1", "Mail refusé")


def test_a_settled_question_is_neither_reminded_of_nor_closed(world):
    world.desk.answer(world.question.id, as_addressee(world.question), "accept", "")
    assert on(world, 15) == 0
    world.clock.wait(days=300)
    assert world.sweeper.expire() == 0
    assert now(world).state is DecisionState.DECIDED


def test_a_question_is_closed_at_midnight_in_paris_after_its_last_day_and_once(world):
    world.clock.at = datetime(2027, 4, 1, 23, 59, 59, tzinfo=PARIS)
    assert world.sweeper.expire() == 0
    world.clock.wait(seconds=1)
    assert (world.sweeper.expire(), world.sweeper.expire()) == (1, 0)
    assert now(world).state is DecisionState.EXPIRED
    assert world.desk.history(world.question.id)[-1].what == "Question close sans réponse"


def test_an_answer_at_the_last_moment_and_the_closing_never_both_count(world):
    world.clock.at = world.question.expires_at
    listed = world.decisions.list_pending()
    world.desk.answer(world.question.id, as_addressee(world.question), "accept", "")
    world.decisions.list_pending = lambda: listed
    assert world.sweeper.expire() == 0
    assert now(world).answer.outcome == "accept"


def test_an_applicant_is_reminded_on_calendar_days(world):
    world.clock.at = datetime(2027, 3, 3, 12, 0, tzinfo=PARIS)
    world.ask(world.submit("f2", email="lea@gite.example.fr", siret=""))
    on(world, 6)
    assert mails(world, "partners/address_confirmation_reminder") == ["lea@gite.example.fr"]


def test_the_oldest_question_for_staff_is_measured_and_applicants_are_not(world):
    world.clock.wait(hours=-5)
    world.ask(world.submit("f2", email="lea@gite.example.fr", siret=""))
    world.clock.wait(hours=8)
    assert world.sweeper.oldest_pending_seconds() == timedelta(hours=3).total_seconds()
    world.desk.answer(world.question.id, as_addressee(world.question), "accept", "")
    assert world.sweeper.oldest_pending_seconds() == 0.0


def test_one_question_in_trouble_does_not_hold_up_the_others(world):
    world.ask(world.file_in(Status.SUBMITTED, "f2", email="lea@gite.example.fr", siret=""), "token-2")
    first, note = world.question.id, world.decisions.note

    def trouble(decision_id, *rest):
        if decision_id == first:
            raise ConnectionError
        return note(decision_id, *rest)

    world.decisions.note = trouble
    with pytest.raises(ConnectionError):
        on(world, 8)
    assert len(mails(world)) == 1


def exact(world, **days):
    """The question of another file, which ends on Friday 5 March at half past eight in the morning."""
    asked = world.asked(world.file_in(Status.SUBMITTED, "f2", email="lea@gite.example.fr", siret=""))
    end = datetime(2027, 3, 5, 8, 30, tzinfo=PARIS)
    timetable = replace(until(end), **days)
    return world.desk.open(replace(asked.question, timetable=timetable), asked.addressee, "token-2")


def test_a_question_with_an_exact_end_is_closed_by_the_round_from_that_instant_on(world):
    question = exact(world)
    world.clock.at = question.expires_at - timedelta(microseconds=1)
    assert world.sweeper.expire() == 0
    world.clock.at = question.expires_at
    assert (world.sweeper.expire(), world.sweeper.expire()) == (1, 0)
    assert world.decisions.find(question.id).state is DecisionState.EXPIRED


def test_a_question_without_reminder_days_is_never_reminded_of(world):
    exact(world)
    assert [on(world, day) for day in (4, 5)] == [0, 0]


def test_after_an_exact_end_nobody_is_reminded_nor_asked_in_place_of_another(world):
    question = exact(world, reminder_days=(1, 2), escalation_days=2)
    assert [on(world, day) for day in (4, 5)] == [1, 0]
    assert not world.sweeper.pass_on(world.decisions.find(question.id), "bounce-1", "Mail refusé")
    assert len(world.decisions.find(question.id).addressees) == 1
