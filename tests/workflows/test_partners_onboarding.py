"""The onboarding machine, really executed: every branch from the form that was sent to the end."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from unittest import mock

import pytest

from chalicelib.adapters.step_functions import StepFunctionsProcess, StepFunctionsResumer
from chalicelib.decisions.bootstrap import decision_repository, decision_service, decision_sweeper
from chalicelib.decisions.model import AlreadyDecided, Decision, DecisionState, Visitor
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.errors import ChangedMeanwhile
from chalicelib.partners import bootstrap
from chalicelib.partners.model import Application, Status
from chalicelib.partners.submitting import Submission
from chalicelib.runtime import config
from tests.factories import some_answers
from tests.inprocess import InProcess, Machine, wait_until

PROCESS = "partners_onboarding"
NO_LODGING = {
    "capacity_units": None,
    "capacity_persons": None,
    "star_rating": None,
    "classified_until": None,
}


class Desk:
    """One file on its way through the machine."""

    def __init__(self, machine: Machine, **answers: object) -> None:
        self.machine = machine
        submission = Submission("a" * 32, some_answers(**answers), "1")
        self.file = bootstrap.submission_service().submit(submission)

    def now(self) -> Application:
        return bootstrap.application_service().get(self.file.id)

    def waits_for(self, step: str, round_: int = 1) -> Decision:
        def pending() -> Decision | None:
            found = decision_repository().list_by_record(self.file.id)
            wanted = [d for d in found if (d.question.step, d.question.round) == (step, round_)]
            return wanted[0] if wanted and wanted[0].state is DecisionState.PENDING else None

        return wait_until(pending, f"the question {step} of round {round_}")

    def answers(self, step: str, outcome: str, reason: str = "", round_: int = 1) -> Decision:
        decision = self.waits_for(step, round_)
        person = decision.addressees[0]
        return decision_service().answer(
            decision.id, Visitor(person.name, person.email, "link"), outcome, reason
        )

    def becomes(self, status: Status) -> Application:
        return wait_until(lambda: (a := self.now()).status is status and a, f"status {status}")

    def ends(self) -> str:
        return self.machine.ended(self.file.run_name)


@pytest.fixture
def desk(cloud: InProcess) -> Desk:
    return Desk(cloud.machine(PROCESS))


def test_an_accepted_and_paid_file_becomes_an_active_partner(desk):
    desk.answers("confirmation", "confirm")
    desk.answers("membership", "accept")
    desk.answers("payment", "confirm")
    file = desk.becomes(Status.ACTIVE)
    assert desk.ends() == "SUCCEEDED"
    assert file.active_until is not None
    assert (file.office_version, file.decided_office_version) == (1, 1)
    assert file.process_version == file.decided_process_version == config.version()
    told = [line.what for line in bootstrap.applications().list_history(file.id)]
    assert told == [
        "Demande envoyée",
        "Adresse confirmée, demande transmise à l’office",
        "Demande acceptée",
        "Règlement reçu",
        "Partenariat actif",
    ]


def test_a_refused_file_is_closed_with_its_reason(desk):
    desk.answers("confirmation", "confirm")
    desk.answers("membership", "refuse", "Hors du champ de l'office.")
    file = desk.becomes(Status.REFUSED)
    assert file.note == "Hors du champ de l'office."
    assert desk.ends() == "SUCCEEDED"


def test_a_file_with_changes_asked_for_comes_back_in_a_new_round_with_its_corrected_answers(desk):
    desk.answers("confirmation", "confirm")
    desk.answers("membership", "request_changes", "Précisez l'enseigne.")
    drafts = bootstrap.draft_service()
    draft = drafts.open_corrections(desk.becomes(Status.CHANGES_REQUESTED))
    drafts.revise(draft, lambda answers: {**answers, "business_name": "Gîte des Noyers"})
    desk.answers("corrections", "resubmit")
    file = desk.becomes(Status.SUBMITTED)
    assert (file.round, file.business_name) == (2, "Gîte des Noyers")
    desk.answers("membership", "refuse", "Encore incomplet.", round_=2)
    desk.becomes(Status.REFUSED)
    assert desk.ends() == "SUCCEEDED"


def test_a_free_membership_becomes_active_without_any_payment(cloud):
    desk = Desk(cloud.machine(PROCESS), category="ambassador", **NO_LODGING)
    desk.answers("confirmation", "confirm")
    desk.answers("membership", "accept")
    desk.becomes(Status.ACTIVE)
    assert desk.ends() == "SUCCEEDED"
    assert "Ask whether the payment has come" not in desk.machine.states(desk.file.run_name)


def test_a_payment_given_up_closes_the_file_and_staff_can_take_it_up_again(desk):
    desk.answers("confirmation", "confirm")
    desk.answers("membership", "accept")
    desk.answers("payment", "cancel", "Chèque jamais reçu.")
    unpaid = desk.becomes(Status.UNPAID)
    assert desk.ends() == "SUCCEEDED"
    desk.file = bootstrap.application_service().reopen(unpaid, "Claire Martin", "Virement annoncé.")
    desk.answers("payment", "confirm", round_=2)
    desk.becomes(Status.ACTIVE)
    assert desk.ends() == "SUCCEEDED"


@pytest.mark.parametrize(
    ("answers", "silent_step", "closed"),
    [
        ([], "confirmation", Status.UNCONFIRMED),
        ([("confirmation", "confirm", "")], "membership", Status.OVERDUE),
        (
            [("confirmation", "confirm", ""), ("membership", "request_changes", "Précisez.")],
            "corrections",
            Status.ABANDONED,
        ),
        ([("confirmation", "confirm", ""), ("membership", "accept", "")], "payment", Status.UNPAID),
    ],
)
def test_silence_at_each_step_ends_in_a_status_that_says_so(desk, answers, silent_step, closed):
    for step, outcome, reason in answers:
        desk.answers(step, outcome, reason)
    expire(desk.waits_for(silent_step))
    desk.becomes(closed)
    assert desk.ends() == "SUCCEEDED"


def test_a_wait_that_outlives_its_question_ends_by_itself(cloud):
    desk = Desk(cloud.machine(PROCESS, wait_seconds=1))
    desk.becomes(Status.UNCONFIRMED)
    assert desk.ends() == "SUCCEEDED"


def test_an_overdue_file_taken_up_again_is_decided_in_a_new_run(desk):
    desk.answers("confirmation", "confirm")
    expire(desk.waits_for("membership"))
    overdue = desk.becomes(Status.OVERDUE)
    desk.file = bootstrap.application_service().reopen(overdue, "Claire Martin", "Reprise par la direction.")
    desk.answers("membership", "refuse", "Doublon.", round_=2)
    desk.becomes(Status.REFUSED)
    assert desk.ends() == "SUCCEEDED"


def test_a_withdrawn_file_closes_its_question_and_its_run(desk):
    desk.answers("confirmation", "confirm")
    decision = desk.waits_for("membership")
    file = bootstrap.application_service().withdraw(desk.now())
    assert bootstrap.reconciler().withdraw_stale(file.id) == 1
    assert desk.ends() == "SUCCEEDED"
    assert decision_repository().find(decision.id).state is DecisionState.WITHDRAWN


def test_a_second_answer_is_told_the_first_and_changes_nothing(desk):
    desk.answers("confirmation", "confirm")
    decision = desk.answers("membership", "refuse", "Hors périmètre.")
    person = decision.addressees[0]
    with pytest.raises(AlreadyDecided) as told:
        decision_service().answer(decision.id, Visitor(person.name, person.email, "link"), "accept", "")
    assert told.value.decision.answer.outcome == "refuse"
    desk.becomes(Status.REFUSED)
    assert desk.ends() == "SUCCEEDED"


def test_a_task_that_fails_for_a_moment_is_tried_again(cloud):
    cloud.faults["look_up_application"] = [ChangedMeanwhile("encore")]
    desk = Desk(cloud.machine(PROCESS, retry_seconds=1))
    desk.answers("confirmation", "confirm")
    desk.becomes(Status.SUBMITTED)
    assert cloud.calls.count("look_up_application") == 2


def test_a_run_that_fails_is_replaced_by_the_reconciler_and_goes_on_where_the_file_stands(cloud):
    cloud.faults["request_membership_decision"] = [ValueError("panne")]
    desk = Desk(cloud.machine(PROCESS))
    desk.answers("confirmation", "confirm")
    assert desk.ends() == "FAILED"
    assert reconcile_later() == 1
    desk.file = desk.now()
    assert desk.file.run == 2
    desk.answers("membership", "accept")
    desk.answers("payment", "confirm")
    desk.becomes(Status.ACTIVE)
    assert desk.ends() == "SUCCEEDED"


def test_a_crash_between_the_write_and_the_start_is_repaired_by_the_reconciler(cloud):
    machine = cloud.machine(PROCESS)
    with (
        mock.patch.object(StepFunctionsProcess, "start", side_effect=ConnectionError),
        suppress(ConnectionError),
    ):
        Desk(machine)
    assert reconcile_later() == 1
    desk = Desk(machine)
    desk.answers("confirmation", "confirm")
    desk.becomes(Status.SUBMITTED)
    assert reconcile_later() == 0


def test_a_crash_between_the_decision_and_the_resume_is_repaired_by_the_sweep(desk):
    desk.answers("confirmation", "confirm")
    resume = mock.patch.object(StepFunctionsResumer, "succeed", side_effect=ConnectionError)
    with resume, suppress(ConnectionError):
        desk.answers("membership", "refuse", "Hors périmètre.")
    assert desk.now().status is Status.SUBMITTED
    later = replace(decision_sweeper().service, clock=in_a_while)
    assert replace(decision_sweeper(), service=later).repair() == 1
    desk.becomes(Status.REFUSED)
    assert desk.ends() == "SUCCEEDED"


def in_a_while():
    return utc_now() + timedelta(minutes=10)


def reconcile_later() -> int:
    return replace(bootstrap.reconciler(), clock=in_a_while).reconcile()


def expire(decision: Decision) -> None:
    service = replace(decision_service(), clock=lambda: decision.expires_at)
    assert replace(decision_sweeper(), service=service).expire() == 1
