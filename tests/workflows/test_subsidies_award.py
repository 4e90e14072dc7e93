"""The award machine, really executed: every way from the application to the notified award."""

from contextlib import suppress
from unittest import mock

import pytest

from chalicelib.adapters.files import Files
from chalicelib.adapters.step_functions import StepFunctionsProcess, StepFunctionsResumer
from chalicelib.decisions.bootstrap import decision_repository, decision_service
from chalicelib.decisions.model import AlreadyDecided, DecisionState
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.runtime import config
from chalicelib.subsidies.bootstrap import stores
from chalicelib.subsidies.envelope import Envelope
from chalicelib.subsidies.statuses import Status
from tests.inprocess import ENVIRONMENT, client
from tests.workflows import aid_stories
from tests.workflows.aid_stories import GRANTED, LARGE
from tests.workflows.edges import edges_of, taken
from tests.workflows.executed import no_time_between_attempts
from tests.workflows.executed_aid import Executed, aiding_cloud
from tests.world import as_addressee

ATTEMPTS = 7
"""The first one, and those that the machine grants beside."""


@pytest.fixture
def cloud():
    with aiding_cloud() as made:
        yield made


@pytest.fixture
def story(cloud):
    return Executed(*cloud)


@pytest.mark.parametrize("name", aid_stories.STORIES)
def test_a_life_takes_the_kept_steps_when_its_machine_is_really_executed(story, name):
    aid_stories.STORIES[name](story)
    assert story.steps() == aid_stories.LIVES.by_file(name)


def test_every_way_out_of_every_state_is_taken_in_some_life():
    states, lives = aid_stories.LIVES.states(), aid_stories.LIVES.kept()
    assert edges_of(states) - set().union(*(taken(states, steps) for steps in lives.values())) == set()


def test_a_granted_file_has_its_letter_its_money_and_its_history(story):
    story.sends().says(*GRANTED)
    file = story.file()
    assert story.ends() == "SUCCEEDED"
    assert (file.status, file.office_version, file.process_version) == (Status.GRANTED, 1, config.version())
    assert stores.money().find_year(2027) == Envelope(2027, 50_000, 26_000, reserved=24_000)
    kept = client("s3").list_objects_v2(Bucket=ENVIRONMENT["FILES_BUCKET"])["Contents"]
    assert sorted(one.key for one in file.printed) == sorted(one["Key"] for one in kept)
    assert [line.what for line in stores.subsidies().list_history("s1")] == [
        "Demande envoyée",
        "Accusé de réception établi",
        "Dossier complet",
        "Montant de l’aide calculé",
        "Aide acceptée",
        "Lettre d’attribution envoyée",
    ]


def test_a_large_aid_takes_no_money_before_the_second_approval_of_somebody_else(story):
    story.sends(**LARGE).says(*GRANTED)
    assert stores.money().find_year(2027).reserved == 0
    second = story.pending()
    assert second.question.step == "subsidy_second_approval"
    assert {one.email for one in second.addressees}.isdisjoint({story.file().first_approver})
    story.says("accept")
    assert stores.money().find_year(2027).reserved == story.file().cents == 30_000


def test_a_file_that_waits_for_money_has_no_run_and_gets_a_new_one_in_its_turn(story):
    aid_stories.spent(story).sends().says(*GRANTED)
    assert (story.file().status, story.ends()) == (Status.AWAITING_BUDGET, "SUCCEEDED")
    story.waits_its_turn()
    file = story.file()
    assert (file.status, file.run, file.envelope_year) == (Status.GRANTED, 2, 2028)
    assert stores.money().find_year(2027).reserved == 48_000
    assert stores.money().find_year(2028).reserved == 24_000


def test_a_withdrawn_file_closes_its_question_and_its_run(story):
    decision = story.sends().pending()
    story.is_withdrawn()
    assert story.ends() == "SUCCEEDED"
    assert decision_repository().find(decision.id).state is DecisionState.WITHDRAWN


def test_a_second_answer_is_told_the_first_and_changes_nothing(story):
    decision = story.sends().pending()
    story.says("refuse")
    with pytest.raises(AlreadyDecided):
        decision_service().answer(decision.id, as_addressee(decision), "complete", "")
    assert story.file().status is Status.REFUSED


def test_a_wait_that_outlives_its_question_ends_by_itself(cloud):
    story = Executed(*cloud, wait_seconds=1).sends(rests=False)
    assert story.ends() == "SUCCEEDED"
    assert story.file().status is Status.OVERDUE


def test_a_task_that_fails_for_a_moment_is_tried_again(story):
    story.cloud.faults["record_subsidy_event"] = [ChangedMeanwhile("encore")]
    story.sends().says("refuse")
    assert story.cloud.calls.count("record_subsidy_event") == 2
    assert story.file().status is Status.REFUSED


def test_a_task_that_fails_at_every_attempt_ends_its_run_and_another_goes_on(story):
    story.sends()
    story.cloud.faults["record_subsidy_event"] = [ChangedMeanwhile("encore")] * ATTEMPTS
    with no_time_between_attempts():
        story.says("complete")
    assert (story.file().status, story.ends()) == (Status.SUBMITTED, "FAILED")
    assert story.is_reconciled().file().status is Status.UNDER_REVIEW
    story.says("accept")
    assert (story.file().status, story.file().run) == (Status.GRANTED, 2)


def test_a_receipt_that_cannot_be_printed_holds_nothing_up_and_is_printed_by_the_round(story):
    story.cloud.faults["write_subsidy_document"] = [ChangedMeanwhile("encore")] * ATTEMPTS
    with no_time_between_attempts():
        story.sends()
    assert story.pending().question.step == "subsidy_check"
    assert story.file().printed == ()
    story.clock.wait(hours=2)
    assert story.cloud.invoke("print_missing_receipts", {}) == {"printed": 1}
    assert story.cloud.invoke("print_missing_receipts", {}) == {"printed": 0}
    assert [one.kind for one in story.file().printed] == ["receipt"]


def test_a_letter_that_cannot_be_printed_is_printed_by_the_next_run(story):
    story.sends().says("complete")
    with mock.patch.object(Files, "put", side_effect=OSError("no paper")):
        story.says("accept")
        assert (story.ends(), story.file().notified_on) == ("FAILED", None)
    assert story.is_reconciled().file().notified_on is not None
    assert stores.money().find_year(2027).reserved == 24_000


def test_a_crash_between_the_write_and_the_start_is_repaired_by_the_reconciler(story):
    lost = mock.patch.object(StepFunctionsProcess, "start", side_effect=ConnectionError)
    with lost, suppress(ConnectionError):
        story.sends(rests=False)
    assert story.is_reconciled().pending().question.step == "subsidy_check"
    assert story.file().run == 1


def test_a_crash_between_the_answer_and_the_resume_is_repaired_by_the_sweep(story):
    story.sends()
    lost = mock.patch.object(StepFunctionsResumer, "succeed", side_effect=ConnectionError)
    with lost, suppress(ConnectionError):
        story.says("refuse")
    assert story.file().status is Status.SUBMITTED
    assert story.is_swept().file().status is Status.REFUSED
    assert story.ends() == "SUCCEEDED"
