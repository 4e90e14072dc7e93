"""The registration machine, really executed: every way from the choice or the offer to a seat, or to none."""

from contextlib import suppress
from unittest import mock

import pytest

from chalicelib.adapters.step_functions import StepFunctionsProcess, StepFunctionsResumer
from chalicelib.decisions.bootstrap import decision_repository, decision_service
from chalicelib.decisions.model import AlreadyDecided, DecisionState
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.trainings.bootstrap import registering, stores
from chalicelib.trainings.statuses import Event, Status
from chalicelib.trainings.telling import line_of
from tests.workflows import registration_stories
from tests.workflows.edges import edges_of, taken
from tests.workflows.executed import no_time_between_attempts
from tests.workflows.executed_training import ExecutedRegistration, training_cloud
from tests.workflows.registration_stories import FIRST, asked, offered
from tests.workflows.test_subsidies_award import ATTEMPTS
from tests.workflows.walked_training import SESSION
from tests.world import as_addressee

NEXT = "Zoé Petit"


@pytest.fixture
def cloud():
    with training_cloud() as made:
        yield made


@pytest.fixture
def story(cloud):
    return ExecutedRegistration(*cloud)


@pytest.mark.parametrize("name", registration_stories.STORIES)
def test_a_life_takes_the_kept_steps_when_its_machine_is_really_executed(story, name):
    registration_stories.STORIES[name](story)
    assert story.steps() == registration_stories.LIVES.by_file(name, "registration_id")
    assert seats().taken + seats().offered == held()


def test_every_way_out_of_every_state_is_taken_in_some_life():
    states, lives = registration_stories.LIVES.states(), registration_stories.LIVES.kept()
    assert edges_of(states) - set().union(*(taken(states, steps) for steps in lives.values())) == set()


def test_who_has_a_seat_or_waits_has_no_run(story):
    story.writes(seats=1).registers(FIRST, NEXT)
    assert [story.registration(one).status for one in (FIRST, NEXT)] == [Status.CONFIRMED, Status.WAITING]
    assert story.steps() == {}


def test_an_accepted_offer_gives_the_seat_and_its_confirmation(story):
    offered(story).says("accept")
    one = story.registration(FIRST)
    assert (one.status, one.round, one.run, story.ends()) == (Status.CONFIRMED, 2, 1, "SUCCEEDED")
    assert [line.what for line in stores.registrations().list_history(one)] == [
        "Inscription en liste d’attente",
        "Place libérée et proposée",
        "Place acceptée",
    ]
    assert (seats().free, seats().taken, len(seats().waiting)) == (0, 1, 1)


def test_a_seat_that_is_left_is_offered_to_the_next_and_its_run_asks_the_next(story):
    offered(story).says("decline")
    assert [story.registration(one).status for one in (FIRST, NEXT)] == [Status.DECLINED, Status.OFFERED]
    assert story.pending(NEXT).addressees[0].email == story.registration(NEXT).email


def test_silence_gives_the_seat_to_the_next(story):
    offered(story).is_silent()
    assert [story.registration(one).status for one in (FIRST, NEXT)] == [Status.LAPSED, Status.OFFERED]


def test_who_is_not_taken_reads_why(story):
    asked(story).says("refuse")
    one = story.registration(FIRST)
    assert (one.status, one.note, story.ends()) == (Status.REFUSED, "Un motif.", "SUCCEEDED")


def test_a_cancelled_offer_closes_its_question_and_its_run(story):
    decision = offered(story).pending()
    story.cancels()
    assert decision_repository().find(decision.id).state is DecisionState.WITHDRAWN
    assert story.registration(FIRST).status is Status.CANCELLED
    assert story.registration(NEXT).status is Status.OFFERED


def test_a_second_answer_is_told_the_first_and_changes_nothing(story):
    decision = offered(story).pending()
    story.says("decline")
    with pytest.raises(AlreadyDecided):
        decision_service().answer(decision.id, as_addressee(decision), "accept", "")
    assert story.registration(FIRST).status is Status.DECLINED


@pytest.mark.parametrize("event", [Event.ACCEPTED, Event.DECLINED, Event.OFFER_EXPIRED])
def test_a_late_event_changes_nothing(story, event):
    before = offered(story).says("accept").registration(FIRST)
    told = {"registration_id": before.id, "event": event.value, "round": before.round}
    again = story.cloud.invoke("record_registration_event", told)
    assert again["status"] == "confirmed"
    assert story.registration(FIRST) == before


def test_an_event_of_a_round_before_says_nothing_of_the_offer(story):
    before = offered(story).registration(FIRST)
    told = {"registration_id": before.id, "event": "declined", "round": before.round - 1}
    assert story.cloud.invoke("record_registration_event", told)["status"] == "offered"


def test_an_answer_after_the_session_was_called_off_gives_no_seat(story):
    decision = offered(story).pending()
    story.is_called_off()
    with pytest.raises(AlreadyDecided):
        decision_service().answer(decision.id, as_addressee(decision), "accept", "")
    assert story.registration(FIRST).status is Status.CALLED_OFF


def test_a_wait_that_outlives_its_question_ends_by_itself(cloud):
    story = ExecutedRegistration(*cloud, wait_seconds=1)
    story.writes(selects="yes", seats=1)
    with mock.patch.object(story, "_rests", return_value=True):
        story.registers(FIRST)
    assert story.ends() == "SUCCEEDED"
    assert story.registration(FIRST).status is Status.UNANSWERED


def test_a_task_that_fails_for_a_moment_is_tried_again(story):
    story.cloud.faults["record_registration_event"] = [ChangedMeanwhile("encore")]
    asked(story).says("refuse")
    assert story.cloud.calls.count("record_registration_event") == 2
    assert story.registration(FIRST).status is Status.REFUSED


def test_a_task_that_fails_at_every_attempt_ends_its_run_and_another_goes_on(story):
    offered(story)
    story.cloud.faults["record_registration_event"] = [ChangedMeanwhile("encore")] * ATTEMPTS
    with no_time_between_attempts():
        story.says("accept")
    assert (story.registration(FIRST).status, story.ends()) == (Status.OFFERED, "FAILED")
    assert story.is_reconciled().registration(FIRST).status is Status.CONFIRMED
    assert story.registration(FIRST).run == 2


def test_a_crash_between_the_write_and_the_start_is_repaired_by_the_reconciler(story):
    story.writes(seats=1).registers("Noé Blanc", FIRST)
    lost = mock.patch.object(StepFunctionsProcess, "start", side_effect=ConnectionError)
    with lost, suppress(ConnectionError):
        story.cancels("Noé Blanc")
    assert story.is_reconciled().pending().question.step == "offer"
    assert story.registration(FIRST).run == 1


def test_a_crash_between_the_answer_and_the_resume_is_repaired_by_the_sweep(story):
    offered(story)
    lost = mock.patch.object(StepFunctionsResumer, "succeed", side_effect=ConnectionError)
    with lost, suppress(ConnectionError):
        story.says("accept")
    assert story.registration(FIRST).status is Status.OFFERED
    assert story.is_swept().registration(FIRST).status is Status.CONFIRMED


def test_the_line_of_a_silence_names_nobody(story):
    asked(story).is_silent()
    line = stores.registrations().list_history(story.registration(FIRST))[-1]
    assert (line.who, line.at) == (line_of("", None).who, story.clock())


def seats():
    return stores.registrations().seats(SESSION)


def held():
    people = stores.registrations().list_of_session(SESSION)
    return sum(registering.registration_service().get(one.id).status in SEATED for one in people)


SEATED = (Status.CONFIRMED, Status.OFFERED)
