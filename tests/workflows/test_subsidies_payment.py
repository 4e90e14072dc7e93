"""The payment machine, really executed: every way from the proofs to the approved payment."""

from contextlib import suppress
from datetime import date
from unittest import mock

import pytest

from chalicelib.adapters.step_functions import StepFunctionsProcess, StepFunctionsResumer
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.subsidies.bootstrap import paying, stores
from chalicelib.subsidies.envelope import Envelope
from chalicelib.subsidies.statuses import Status
from tests.workflows import payment_stories
from tests.workflows.edges import edges_of, taken
from tests.workflows.executed import no_time_between_attempts
from tests.workflows.executed_aid import ExecutedPayment, aiding_cloud
from tests.workflows.payment_stories import FAILED
from tests.workflows.test_subsidies_award import ATTEMPTS


@pytest.fixture
def cloud():
    with aiding_cloud() as made:
        yield made


@pytest.fixture
def story(cloud):
    return ExecutedPayment(*cloud)


@pytest.mark.parametrize("name", payment_stories.STORIES)
def test_a_life_takes_the_kept_steps_when_its_machine_is_really_executed(story, name):
    payment_stories.STORIES[name](story)
    assert story.steps() == payment_stories.LIVES.by_file(name)


def test_every_way_out_of_every_state_is_taken_in_some_life():
    states, lives = payment_stories.LIVES.states(), payment_stories.LIVES.kept()
    assert edges_of(states) - set().union(*(taken(states, steps) for steps in lives.values())) == set()


def test_an_approved_payment_leaves_with_the_next_batch_and_is_spent_when_it_is_marked(story):
    story.proves().says("accept", "approve")
    file = story.file()
    assert (file.status, file.payable_cents, story.ends()) == (Status.PAYMENT_APPROVED, 24_000, "SUCCEEDED")
    assert file.classification.level == 3
    ordered = collected()
    assert money() == Envelope(2027, 50_000, 26_000, reserved=24_000)
    paying.batch_service().mark_paid(ordered, "Ali Bensaïd", date(2027, 6, 30), "R-6")
    assert money() == Envelope(2027, 50_000, 26_000, consumed=24_000)


def test_a_failed_transfer_is_paid_on_new_proofs_by_a_new_run(story):
    story.proves().says("accept", "approve")
    failed = paying.batch_service().mark_failed(collected(), "Ali Bensaïd", "Compte clos.")
    assert failed.status is Status.PAYMENT_FAILED
    story.proves(iban="FR1420041010050500013M02606").says("accept", "approve")
    assert (story.file().status, story.file().payment_run) == (Status.PAYMENT_APPROVED, 2)
    assert story.ends() == "SUCCEEDED"
    paid = paying.batch_service().mark_paid(collected("key-2"), "Ali Bensaïd", date(2027, 6, 30), "R-6")
    assert paid.status is Status.PAID
    assert money() == Envelope(2027, 50_000, 26_000, consumed=24_000)


def test_half_is_paid_where_the_scheme_says_so_and_nothing_was_classified(story):
    story.proves(**FAILED).says("accept")
    assert (story.file().status, story.file().payable_cents) == (Status.NOT_CLASSIFIED, 12_000)
    story.says("approve")
    paying.batch_service().mark_paid(collected(), "Ali Bensaïd", date(2027, 6, 30), "R-6")
    assert money() == Envelope(2027, 50_000, 38_000, consumed=12_000)
    assert story.file().classification is None


def test_nothing_is_paid_and_no_run_begins_where_the_scheme_pays_for_a_classification_only():
    with aiding_cloud(if_not_classified="none") as made:
        story = ExecutedPayment(*made).proves(**FAILED, rests=False)
        assert story.file().status is Status.UNSUCCESSFUL
        assert story.steps() == {}
        assert money() == Envelope(2027, 50_000, 50_000)


@pytest.mark.parametrize("outcomes", [(), ("accept",), ("request_changes",)])
def test_a_withdrawal_ends_the_run_and_gives_the_money_back(story, outcomes):
    story.proves().says(*outcomes).is_withdrawn()
    assert (story.file().status, story.ends()) == (Status.WITHDRAWN, "SUCCEEDED")
    assert money() == Envelope(2027, 50_000, 50_000)


def test_proofs_that_were_not_completed_in_time_leave_the_award_as_it_is(story):
    story.proves().says("request_changes").is_silent()
    assert (story.file().status, money().reserved) == (Status.VISIT_DONE, 24_000)
    story.proves().says("accept")
    assert (story.file().status, story.file().payment_run) == (Status.CLASSIFIED, 2)


def test_a_wait_that_outlives_its_question_ends_by_itself(cloud):
    story = ExecutedPayment(*cloud, wait_seconds=1).proves(rests=False)
    assert story.ends() == "SUCCEEDED"
    assert story.file().status is Status.PAYMENT_OVERDUE


def test_a_task_that_fails_at_every_attempt_ends_its_run_and_another_goes_on(story):
    story.proves()
    story.cloud.faults["record_payment_event"] = [ChangedMeanwhile("encore")] * ATTEMPTS
    with no_time_between_attempts():
        story.says("accept")
    assert (story.file().status, story.ends()) == (Status.PAYMENT_REQUESTED, "FAILED")
    assert story.is_reconciled().file().status is Status.CLASSIFIED
    story.says("approve")
    assert (story.file().status, story.file().payment_run) == (Status.PAYMENT_APPROVED, 2)


def test_a_crash_between_the_write_and_the_start_is_repaired_by_the_reconciler(story):
    story.proves_nothing_yet()
    lost = mock.patch.object(StepFunctionsProcess, "start", side_effect=ConnectionError)
    with lost, suppress(ConnectionError):
        story.proves(rests=False)
    assert story.is_reconciled().pending().question.step == "subsidy_proofs"
    assert story.file().payment_run == 1


def test_a_crash_between_the_answer_and_the_resume_is_repaired_by_the_sweep(story):
    story.proves()
    lost = mock.patch.object(StepFunctionsResumer, "succeed", side_effect=ConnectionError)
    with lost, suppress(ConnectionError):
        story.says("refuse")
    assert story.file().status is Status.PAYMENT_REQUESTED
    assert story.is_swept().file().status is Status.REFUSED
    assert money() == Envelope(2027, 50_000, 50_000)


def money():
    return stores.money().find_year(2027)


def collected(key="key-1"):
    paying.batch_service().create(key, "Ali Bensaïd")
    return stores.subsidies().find("s1")
