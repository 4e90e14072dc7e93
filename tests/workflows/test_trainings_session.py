"""The session machine, really executed: approval, news to who registered, the choice below the minimum."""

import json
from contextlib import suppress
from unittest import mock

import pytest

from chalicelib.adapters.step_functions import StepFunctionsProcess, StepFunctionsResumer
from chalicelib.decisions.bootstrap import decision_repository, decision_service
from chalicelib.decisions.model import AlreadyDecided, DecisionState
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.mail.bootstrap import outbox
from chalicelib.trainings.bootstrap import planning, stores
from chalicelib.trainings.registration_repository import RegistrationRepository
from chalicelib.trainings.statuses import SessionStatus, Status
from tests.workflows import session_stories
from tests.workflows.edges import edges_of, taken
from tests.workflows.executed import no_time_between_attempts
from tests.workflows.executed_training import ExecutedSession, training_cloud
from tests.workflows.session_stories import EXTERNAL, LATER, asked, at_risk
from tests.workflows.test_subsidies_award import ATTEMPTS
from tests.workflows.walked_training import SESSION
from tests.world import as_addressee

NAMES = ("Ada Roux", "Noé Blanc")


@pytest.fixture
def cloud():
    with training_cloud() as made:
        yield made


@pytest.fixture
def story(cloud):
    return ExecutedSession(*cloud)


@pytest.mark.parametrize("name", session_stories.STORIES)
def test_a_life_takes_the_kept_steps_when_its_machine_is_really_executed(story, name):
    session_stories.STORIES[name](story)
    assert ordered(story.steps()) == ordered(session_stories.LIVES.by_file(name, "session_id"))
    assert not story.session.is_untold


def test_every_way_out_of_every_state_is_taken_in_some_life():
    states, lives = session_stories.LIVES.states(), session_stories.LIVES.kept()
    assert edges_of(states) - set().union(*(taken(states, steps) for steps in lives.values())) == set()


def test_a_session_of_the_house_is_published_without_a_run(story):
    story.writes()
    assert (story.session.status, story.steps()) == (SessionStatus.PUBLISHED, {})


def test_an_approved_session_is_open_and_its_history_says_who_approved_it(story):
    asked(story)
    assert not seats().is_open
    story.says("accept")
    assert (story.session.status, seats().is_open, seats().capacity) == (SessionStatus.PUBLISHED, True, 2)
    lines = stores.sessions().list_history(story.session)
    assert [line.who for line in lines] == ["Yann Le Goff", "Yann Le Goff", "Claire Martin"]


def test_who_wrote_a_session_that_is_sent_back_reads_why(story):
    asked(story).says("send_back")
    assert (story.session.status, story.session.note) == (SessionStatus.DRAFT, "Un motif.")


def test_a_session_that_nobody_approves_is_a_draft_again_and_may_be_published_anew(story):
    asked(story).is_silent()
    assert (story.session.status, story.ends()) == (SessionStatus.DRAFT, "SUCCEEDED")
    assert story.publishes_again().session.round == 3


def test_everybody_who_registered_is_told_of_another_day_once(story):
    story.writes().registers(*NAMES).edits(half_days=LATER)
    assert mails("rescheduled") == 2
    story.cloud.invoke("tell_registered_people", {"session_id": SESSION})
    assert mails("rescheduled") == 2
    assert story.session.told_version == story.session.plan_version == 1


def test_a_change_that_concerns_nobody_is_told_to_nobody(story):
    story.writes().registers(*NAMES).edits(programme="Le cadrage d’abord.")
    assert (mails("rescheduled"), story.steps()) == (0, {})


def test_a_change_while_the_last_one_is_told_is_told_as_well(story):
    """The second one is written when the first run has read the session: the same run goes round once more."""
    story.writes().registers(*NAMES)
    read = RegistrationRepository.list_of_session
    edits = [lambda: edit(title="Un autre titre")]

    def reads(repository, session_id):
        while edits:
            edits.pop()()
        return read(repository, session_id)

    with mock.patch.object(RegistrationRepository, "list_of_session", reads):
        story.edits(half_days=LATER)
    assert story.session.told_version == story.session.plan_version == 2
    assert [one.told_version for one in people()] == [2, 2]
    assert story.ends() == "SUCCEEDED"


def test_a_session_that_is_called_off_tells_everybody_once_and_frees_nobody_for_it(story):
    story.writes().registers(*NAMES, "Zoé Petit").calls_off()
    assert {one.status for one in people()} == {Status.CALLED_OFF}
    assert mails("called_off") == 3
    assert not seats().is_open
    story.cloud.invoke("tell_registered_people", {"session_id": SESSION})
    assert mails("called_off") == 3


def test_who_is_asked_calls_off_with_a_reason_that_everybody_reads(story):
    at_risk(story).says("call_off")
    assert (story.session.status, story.session.note) == (SessionStatus.CANCELLED, "Un motif.")
    assert [one.note for one in people()] == ["Un motif."]


@pytest.mark.parametrize("end", ["kept", "silent"])
def test_a_session_that_is_kept_is_not_asked_about_again(story, end):
    at_risk(story)
    story.says("keep") if end == "kept" else story.is_silent()
    assert (story.session.status, story.session.is_settled) == (SessionStatus.PUBLISHED, True)
    story.cloud.invoke("keep_training_dates", {})
    assert story.session.status is SessionStatus.PUBLISHED


def test_a_session_that_is_called_off_closes_its_question_and_its_run(story):
    decision = asked(story).pending()
    story.calls_off()
    assert decision_repository().find(decision.id).state is DecisionState.WITHDRAWN
    assert story.ends() == "SUCCEEDED"


def test_a_second_answer_is_told_the_first_and_changes_nothing(story):
    decision = at_risk(story).pending()
    story.says("keep")
    with pytest.raises(AlreadyDecided):
        decision_service().answer(decision.id, as_addressee(decision), "call_off", "Trop tard.")
    assert story.session.status is SessionStatus.PUBLISHED


@pytest.mark.parametrize("event", ["kept", "called_off", "minimum_expired", "approved", "sent_back"])
def test_an_event_of_a_round_before_changes_nothing(story, event):
    before = at_risk(story).session
    told = {"session_id": SESSION, "event": event, "round": before.round - 1}
    assert story.cloud.invoke("record_session_event", told)["status"] == "at_risk"
    assert story.session == before


def test_a_wait_that_outlives_its_question_ends_by_itself(cloud):
    story = ExecutedSession(*cloud, wait_seconds=1).writes(rests=False, **EXTERNAL)
    assert story.ends() == "SUCCEEDED"
    assert story.session.status is SessionStatus.DRAFT


def test_a_task_that_fails_at_every_attempt_ends_its_run_and_another_goes_on(story):
    at_risk(story)
    story.cloud.faults["record_session_event"] = [ChangedMeanwhile("encore")] * ATTEMPTS
    with no_time_between_attempts():
        story.says("keep")
    assert (story.session.status, story.ends()) == (SessionStatus.AT_RISK, "FAILED")
    assert story.is_reconciled().session.status is SessionStatus.PUBLISHED


def test_people_whose_telling_failed_are_told_by_the_next_run(story):
    story.writes().registers(*NAMES)
    story.cloud.faults["tell_registered_people"] = [ChangedMeanwhile("encore")] * ATTEMPTS
    with no_time_between_attempts():
        story.edits(half_days=LATER)
    assert (mails("rescheduled"), story.session.is_untold, story.ends()) == (0, True, "FAILED")
    assert not story.is_reconciled().session.is_untold
    assert mails("rescheduled") == 2


def test_a_crash_between_the_write_and_the_start_is_repaired_by_the_reconciler(story):
    lost = mock.patch.object(StepFunctionsProcess, "start", side_effect=ConnectionError)
    with lost, suppress(ConnectionError):
        story.writes(rests=False, **EXTERNAL)
    assert story.is_reconciled().pending().question.step == "training_publication"
    assert story.session.run == 1


def test_a_crash_between_the_answer_and_the_resume_is_repaired_by_the_sweep(story):
    asked(story)
    lost = mock.patch.object(StepFunctionsResumer, "succeed", side_effect=ConnectionError)
    with lost, suppress(ConnectionError):
        story.says("accept")
    assert story.session.status is SessionStatus.AWAITING_APPROVAL
    assert story.is_swept().session.status is SessionStatus.PUBLISHED


def ordered(steps):
    """Two runs of one session may wait side by side: nobody says which of them is the first to go on."""
    return {
        record: sorted(json.dumps(step, sort_keys=True) for step in went) for record, went in steps.items()
    }


def edit(**answers):
    session = planning.planning_service().get(SESSION)
    planning.planning_service().edit(session, {**session.answers, **answers}, "Yann Le Goff")


def seats():
    return stores.registrations().seats(SESSION)


def people():
    return stores.registrations().list_of_session(SESSION)


def mails(template):
    """How many mails of that kind were written to people."""
    found = [mail for one in people() for mail in outbox().list_by_record(one.id)]
    return sum(mail.message.template == f"trainings/{template}" for mail in found)
