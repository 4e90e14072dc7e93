"""One question, one answer: asked once, answered once, told to whoever waits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest

from chalicelib.decisions.model import (
    AlreadyDecided,
    ChoiceMissing,
    DecisionState,
    DecisionUnknown,
    NotYours,
    ReasonMissing,
    ReasonTooLong,
    Timetable,
    Visitor,
    as_of,
    until,
)
from chalicelib.partners.model import Status
from tests.fakes.clock import Crash
from tests.world import World, as_addressee

OFFICER = frozenset({"network_officer"})
END = datetime(2027, 3, 5, 13, 30, tzinfo=UTC)


@pytest.fixture
def world():
    return World()


@pytest.fixture
def question(world):
    world.resumer.waiting = {"token-1", "token-2"}
    return world.ask(world.file_in(Status.SUBMITTED))


@pytest.fixture
def exact(world):
    """The same question with an end on 5 March, at half past two in Paris."""
    world.resumer.waiting = {"token-1", "token-2"}
    asked = world.asked(world.file_in(Status.SUBMITTED))
    return world.desk.open(replace(asked.question, timetable=until(END)), asked.addressee, "token-1")


def state(world, question):
    return world.decisions.find(question.id).state


def answer(world, question, outcome="accept", reason="", visitor=None):
    return world.desk.answer(question.id, visitor or as_addressee(question), outcome, reason)


def test_a_question_is_put_with_its_mail_its_line_and_its_end(world, question):
    assert state(world, question) is DecisionState.PENDING
    assert question.expires_at.isoformat() == "2027-04-02T00:00:00+02:00"
    (mail,) = [message for message in world.outbox.messages if message.template == "decisions/request"]
    assert (mail.to, mail.link.path, mail.link.subject) == (
        question.addressees[0].email,
        "/decisions",
        question.id,
    )
    assert [line.what for line in world.desk.history(question.id)] == ["Question posée à Yann Le Goff"]


def test_the_link_outlives_the_question_to_show_the_answer(world, question):
    mail = world.outbox.messages[-1]
    assert mail.link.valid_for_seconds > (question.expires_at - world.clock()).total_seconds() + 59 * 86_400


def test_asked_again_it_is_the_same_question_and_both_states_wait(world, question):
    mails = len(world.outbox.rows)
    again = world.ask(world.service.get("f1"), "token-2")
    assert (again.id, again.asked_at) == (question.id, question.asked_at)
    assert len(world.outbox.rows) == mails
    answer(world, question)
    assert world.resumer.told == [("token-1", "accept"), ("token-2", "accept")]


def test_a_question_that_was_lost_is_asked_anew_without_a_second_mail(world, question):
    mails = len(world.outbox.rows)
    del world.decisions.decisions[question.id]
    world.ask(world.service.get("f1"), "token-2")
    assert world.desk.get(question.id).task_tokens == ("token-2",)
    assert len(world.outbox.rows) == mails


def test_a_late_retry_with_a_dead_token_does_not_silence_the_live_one(world, question):
    world.ask(world.service.get("f1"), "dead")
    answer(world, question)
    assert ("token-1", "accept") in world.resumer.told


@pytest.mark.parametrize("outcome", ["accept", "refuse", "request_changes"])
def test_a_settled_question_answers_a_new_run_at_once(world, question, outcome):
    answer(world, question, outcome, "Un motif.")
    world.ask(world.service.get("f1"), "token-2")
    world.resumer.waiting = {"token-3"}
    world.ask(world.service.get("f1"), "token-3")
    assert world.resumer.told[-1] == ("token-3", outcome)


@pytest.mark.parametrize(
    ("close", "told"), [("expire", "DecisionExpired"), ("withdraw", "DecisionWithdrawn")]
)
def test_a_question_closed_without_an_answer_tells_a_new_run_so(world, question, close, told):
    if close == "expire":
        world.clock.at = question.expires_at
        world.sweeper.expire()
    else:
        world.desk.withdraw(question.id, "Le dossier a avancé.")
    world.resumer.waiting.add("token-3")
    world.ask(world.service.get("f1"), "token-3")
    assert ("token-3", told) in world.resumer.told


def test_an_answer_is_recorded_with_who_when_what_why_and_how(world, question):
    answer(world, question, "refuse", "  Hors périmètre. ")
    given = world.decisions.find(question.id).answer
    assert (given.outcome, given.reason, given.by_name, given.via) == (
        "refuse", "Hors périmètre.", "Yann Le Goff", "link",
    )  # fmt: skip
    line = world.desk.history(question.id)[-1]
    assert (line.at, line.who, line.what, line.reason) == (
        world.clock(), "Yann Le Goff", "Réponse\u00a0: Refuser", "Hors périmètre.",
    )  # fmt: skip


@pytest.mark.parametrize("second", ["accept", "refuse"])
def test_the_second_answer_is_told_the_first_and_nobody_hears_of_it(world, question, second):
    answer(world, question, "accept")
    with pytest.raises(AlreadyDecided) as told:
        answer(world, question, second, "Un motif.")
    assert told.value.decision.answer.outcome == "accept"
    assert [one for one in world.resumer.told if one[0] == "token-1"] == [("token-1", "accept")]


def test_who_loses_the_race_is_told_who_won(world, question):
    """Both read a pending question; the store takes one answer."""
    find, seen = world.decisions.find, []

    def pending_at_first(decision_id):
        seen.append(decision_id)
        return question if len(seen) == 1 else find(decision_id)

    answer(world, question, "refuse", "Hors périmètre.")
    world.decisions.find = pending_at_first
    with pytest.raises(AlreadyDecided) as told:
        answer(world, question, "accept")
    assert told.value.decision.answer.outcome == "refuse"


def test_a_state_that_waits_since_the_question_was_read_is_told_too(world, question):
    """A new run asks between the reading and the closing of a question."""
    settle = world.decisions.settle

    def asked_just_before(decision, line):
        world.decisions.add_token(decision.id, "token-2")
        return settle(decision, line)

    world.decisions.settle = asked_just_before
    world.desk.withdraw(question.id, "Le dossier a avancé.")
    assert ("token-2", "DecisionWithdrawn") in world.resumer.told


def test_an_unknown_question_is_said_to_be_unknown(world):
    with pytest.raises(DecisionUnknown):
        world.desk.get("unknown")


@pytest.mark.parametrize("outcome", ["", "maybe", "ACCEPT"])
def test_an_answer_must_be_one_of_the_choices(world, question, outcome):
    with pytest.raises(ChoiceMissing):
        answer(world, question, outcome)
    assert state(world, question) is DecisionState.PENDING


@pytest.mark.parametrize("outcome", ["refuse", "request_changes"])
def test_a_refusal_and_a_request_need_a_reason(world, question, outcome):
    with pytest.raises(ReasonMissing):
        answer(world, question, outcome, "  \n ")
    assert state(world, question) is DecisionState.PENDING


def test_a_text_that_is_too_long_is_sent_back_and_not_cut(world, question):
    with pytest.raises(ReasonTooLong, match="4\u202f000"):
        answer(world, question, "refuse", 4001 * "x")
    assert state(world, question) is DecisionState.PENDING
    answer(world, question, "refuse", 4000 * "x" + "  ")
    assert len(world.decisions.find(question.id).answer.reason) == 4000


def test_staff_with_the_role_answer_at_the_desk_and_the_record_says_so(world, question):
    claire = Visitor("Claire Martin", "claire.martin@val.example.org", "desk", OFFICER)
    answer(world, question, visitor=claire)
    given = world.decisions.find(question.id).answer
    assert (given.by_name, given.via, given.on_behalf_of) == ("Claire Martin", "desk", "")


@pytest.mark.parametrize(
    "visitor",
    [
        Visitor("Noa Petit", "noa.petit@val.example.org", "desk", frozenset({"accounting"})),
        Visitor("Personne", "x@example.org", "link"),
        Visitor("Maëlle", "Maelle@hotel.example.fr", "desk", OFFICER),
    ],
)
def test_nobody_answers_who_was_not_asked_has_not_the_role_or_applies_themselves(world, question, visitor):
    with pytest.raises(NotYours):
        answer(world, question, visitor=visitor)
    assert state(world, question) is DecisionState.PENDING


def test_an_applicants_question_is_answered_by_no_role(world):
    question = world.ask(world.submit())
    with pytest.raises(NotYours):
        answer(world, question, "confirm", visitor=Visitor("Yann", "y@val.example.org", "desk", OFFICER))


def test_a_deputy_answers_in_the_name_of_whom_they_replace(world):
    world.clock.at = world.clock.at.replace(month=8)
    question = world.ask(world.file_in(Status.SUBMITTED))
    answer(world, question)
    assert world.decisions.find(question.id).answer.on_behalf_of == "Yann Le Goff"


def test_an_answer_that_nobody_waits_for_is_recorded_all_the_same(world, question):
    world.resumer.waiting.clear()
    answer(world, question)
    assert world.decisions.find(question.id).is_delivered


def test_an_answer_whose_delivery_crashed_is_recorded_and_delivered_by_the_repair(world, question):
    with pytest.raises(Crash), mock.patch.object(world.resumer, "succeed", side_effect=Crash):
        answer(world, question)
    assert world.sweeper.repair() == 0
    world.clock.wait(minutes=1)
    assert (world.sweeper.repair(), world.sweeper.repair()) == (1, 0)
    assert world.resumer.told == [("token-1", "accept")]


def test_an_answer_whose_delivery_crashed_reaches_the_state_that_waits_though_a_late_retry_asks_first(
    world, question
):
    with pytest.raises(Crash), mock.patch.object(world.resumer, "succeed", side_effect=Crash):
        answer(world, question)
    world.ask(world.service.get("f1"), "dead")
    assert world.resumer.told == [("token-1", "accept")]


def test_a_question_is_withdrawn_once_and_only_while_it_is_pending(world, question):
    answer(world, question)
    world.desk.withdraw(question.id, "Trop tard.")
    assert state(world, question) is DecisionState.DECIDED
    assert len(world.desk.history(question.id)) == 2


def test_a_run_that_begins_to_wait_while_the_answer_is_written_is_told_too(world, question):
    read = world.decisions.find(question.id)
    world.decisions.add_token(question.id, "token-2")
    world.desk.record(read, as_addressee(question), "accept", "")
    assert world.resumer.told == [("token-1", "accept"), ("token-2", "accept")]
    assert world.decisions.find(question.id).is_delivered


def test_telling_twice_changes_nothing(world, question):
    answer(world, question)
    before = replace(world.decisions.find(question.id))
    world.desk.deliver(question.id)
    assert world.decisions.find(question.id) == before
    assert world.resumer.told == [("token-1", "accept")]


def test_an_exact_end_is_kept_with_the_question_and_told_with_its_hour(world, exact):
    assert exact.expires_at == END
    assert exact.deadline.replace("\u00a0", " ") == "vendredi 5 mars 2027 à 14 h 30"
    told = world.outbox.messages[-1].context
    assert told["deadline"] == exact.deadline
    assert told["deadline_short"].replace("\u00a0", " ") == "5 mars à 14 h 30"


def test_an_end_that_is_counted_in_days_is_told_without_an_hour(world, question):
    assert question.deadline.replace("\u00a0", " ") == "jeudi 1er avril 2027"
    told = world.outbox.messages[-1].context
    assert (told["deadline"], told["deadline_short"]) == (question.deadline, "1er\u00a0avril")


def test_an_answer_just_before_an_exact_end_counts(world, exact):
    world.clock.at = END - timedelta(microseconds=1)
    answer(world, exact)
    assert world.decisions.find(exact.id).answer.at < END
    assert world.resumer.told == [("token-1", "accept")]


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=30)])
def test_an_answer_from_an_exact_end_on_closes_the_question_instead(world, exact, late):
    world.clock.at = END + late
    world.ask(world.service.get("f1"), "token-2")
    with pytest.raises(AlreadyDecided) as told:
        answer(world, exact, "refuse", "Trop tard.")
    known = world.decisions.find(exact.id)
    assert (known.state, known.answer, known.is_delivered) == (DecisionState.EXPIRED, None, True)
    assert (told.value.decision.id, told.value.decision.state) == (exact.id, DecisionState.EXPIRED)
    assert world.resumer.told == [("token-1", "DecisionExpired"), ("token-2", "DecisionExpired")]
    assert world.desk.history(exact.id)[-1].what == "Question close sans réponse"


@pytest.mark.parametrize(
    ("outcome", "visitor"),
    [("maybe", None), ("accept", Visitor("Personne", "x@example.org", "link"))],
    ids=["an answer that is none", "a stranger"],
)
def test_nothing_is_asked_of_who_comes_after_an_exact_end(world, exact, outcome, visitor):
    world.clock.at = END
    with pytest.raises(AlreadyDecided):
        answer(world, exact, outcome, visitor=visitor)
    assert state(world, exact) is DecisionState.EXPIRED


def test_who_comes_too_late_is_told_the_answer_that_came_in_time(world, exact):
    """The answer was written after the late one had read the question."""
    world.clock.at = END - timedelta(seconds=1)
    answer(world, exact)
    world.clock.at = END
    with pytest.raises(AlreadyDecided) as told:
        world.desk.record(exact, as_addressee(exact), "refuse", "Trop tard.")
    assert told.value.decision.answer.outcome == "accept"
    assert world.resumer.told == [("token-1", "accept")]


def test_a_late_answer_whose_process_was_not_told_is_told_by_the_repair(world, exact):
    world.clock.at = END
    with pytest.raises(Crash), mock.patch.object(world.resumer, "fail", side_effect=Crash):
        answer(world, exact)
    world.clock.wait(minutes=1)
    assert (world.sweeper.repair(), world.sweeper.repair()) == (1, 0)
    assert world.resumer.told == [("token-1", "DecisionExpired")]


def test_a_question_that_is_counted_in_days_takes_answers_until_the_round_closes_it(world, question):
    world.clock.at = question.expires_at + timedelta(minutes=4)
    answer(world, question)
    assert state(world, question) is DecisionState.DECIDED


def test_a_question_is_shown_closed_from_its_exact_end_on_and_its_answer_stays(world, exact):
    counted = replace(exact, question=replace(exact.question, timetable=Timetable((3,), 2)))
    assert as_of(exact, END - timedelta(microseconds=1)) == exact
    assert as_of(exact, END) == replace(exact, state=DecisionState.EXPIRED)
    assert as_of(counted, END) == counted
    answer(world, exact)
    decided = world.decisions.find(exact.id)
    assert as_of(decided, END) == decided
    world.clock.at = END
    assert world.desk.as_shown(exact).state is DecisionState.EXPIRED
    assert (world.desk.is_open(exact), world.desk.is_open(counted)) == (False, True)


def test_a_question_that_is_put_after_its_exact_end_is_mailed_to_nobody_and_closed_by_the_round(world):
    asked = world.asked(world.file_in(Status.SUBMITTED))
    world.resumer.waiting, mails = {"token-1"}, len(world.outbox.messages)
    late = replace(asked.question, timetable=until(world.clock()))
    decision = world.desk.open(late, asked.addressee, "token-1")
    assert len(world.outbox.messages) == mails
    assert world.sweeper.expire() == 1
    assert (state(world, decision), world.resumer.told) == (
        DecisionState.EXPIRED, [("token-1", "DecisionExpired")],
    )  # fmt: skip
