"""What happens only after an accident, and asks for grants that no ordinary day needs."""

from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.observatory.bootstrap import report_service
from chalicelib.partners.bootstrap import application_service
from tests.faults import house, uploads
from tests.faults import onboarding as step
from tests.faults import report_units as reports
from tests.faults import subsidies as aid
from tests.faults import subsidy_units as aids
from tests.faults import training_units as trainings
from tests.faults.house import later, loses, tick
from tests.faults.units import SENT, TO_CORRECTION, TO_DECISION, TO_PAYMENT
from tests.harness.crash import AFTER
from tests.harness.documents import a_pdf
from tests.harness.left import value
from tests.harness.machine import Run
from tests.harness.sweep import Step, Unit
from tests.harness.world import FUNCTIONS, FaultyWorld
from tests.report_office import REPORT

WRITE = "TransactWriteItems"


def by_director(outcome: str) -> Step:
    """The answer of the direction."""
    return house.decide(outcome, email=house.DIRECTOR)


ASKING: dict[str, tuple[tuple[Step, ...], tuple[Step, ...], int]] = {
    "request_address_confirmation": (SENT, (step.confirm,), 8),
    "request_membership_decision": (TO_DECISION, (house.decide("accept"),), 40),
    "request_corrections": (TO_CORRECTION, (step.lay_out, step.correct), 31),
    "request_payment_confirmation": (TO_PAYMENT, (step.pay("confirm"),), 60),
    "request_subsidy_check": (aids.SENT, (aids.COMPLETE,), 40),
    "request_subsidy_corrections": (aids.TO_CORRECT, (aid.own("corriger"), aid.send), 31),
    "request_subsidy_award": (aids.TO_AWARD, (aids.GRANT,), 40),
    "request_second_approval": (aids.TO_SECOND, (aid.approve("accept"),), 40),
    "request_proof_check": (aids.PROVEN, (aid.check("accept"),), 40),
    "request_proof_corrections": (aids.TO_COMPLETE, (), 31),
    "request_payment_approval": (aids.PROOFS_ACCEPTED, (aid.check("approve"),), 40),
    "request_publication_approval": (trainings.TO_APPROVE, (by_director("accept"),), 62),
    "request_minimum_choice": (trainings.AT_RISK, (by_director("keep"),), 4),
    "request_registration_approval": (trainings.CHOOSING, (by_director("accept"),), 62),
    "request_offer_answer": (trainings.OFFERED, (trainings.TAKE,), 3),
    "request_report_review": (reports.TO_REVIEW, (reports.SUBMIT,), 40),
    "request_report_approval": (reports.TO_APPROVE, (reports.ACCEPT,), 40),
}
"""Each task that asks, of every process: what comes before it, how it is answered if it ever is, after how many days it is too late."""


def asked_again(function_id: str) -> Step:
    """A second run of its process puts the same question."""

    def ask(world: FaultyWorld) -> None:
        process, payload = _question_of(world, function_id)
        world.invoke(function_id, {**payload, "task_token": f"{process}/another"})

    return ask


def each_run(happens: Callable[[Run], Any]) -> Step:
    """Something happens to every run that waits; then all goes on."""

    def happen(world: FaultyWorld) -> None:
        for run in world.machines.waiting():
            happens(run)
        world.go_on()

    return happen


def withdrawn_by_who_died(world: FaultyWorld) -> None:
    """The file is withdrawn, and its question is still there."""
    service = application_service()
    service.withdraw(service.get(_newest_file(world)))


def dropped_by_who_died(world: FaultyWorld) -> None:
    """The report is dropped at the desk, and its question is still there."""
    service = report_service()
    service.drop(service.get(REPORT), "Claire Martin", "Trop peu de réponses.")


def throttled(act: Step) -> Step:
    """A step whose mails SES takes later."""

    def later_on(world: FaultyWorld) -> None:
        told = {"Error": {"Code": "TooManyRequestsException", "Message": "Slow down."}}
        world.gate.refusals["SendEmail"] = ClientError(told, "SendEmail")
        act(world)
        world.gate.refusals.clear()

    return later_on


def _question_of(world: FaultyWorld, function_id: str) -> tuple[str, dict[str, Any]]:
    """The process of the run that waits after this function asked, and what the function was given."""
    for process, machine in world.machines.by_process.items():
        for run in machine.waiting():
            function, payload = machine.call_of(run)
            if FUNCTIONS[function] == function_id:
                return process, payload
    raise AssertionError(f"no run waits for what {function_id} asked")


def _newest_file(world: FaultyWorld) -> str:
    keys = [value(row, "pk") for row in world.rows("partners") if "reference" in row]
    return keys[-1].partition("#")[2]


RARE: dict[str, Unit] = {
    **{f"{name}, again": Unit(asked_again(name), before) for name, (before, _, _) in ASKING.items()},
    **{
        f"{name}, answered and never told": Unit(
            asked_again(name), (*before, *answer[:-1], loses("SendTaskSuccess", answer[-1]))
        )
        for name, (before, answer, _) in ASKING.items()
        if answer
    },
    **{
        f"{name}, expired and never told": Unit(
            asked_again(name), (*before, later(days=days), loses("SendTaskFailure", tick("sweep_decisions")))
        )
        for name, (before, _, days) in ASKING.items()
    },
    "a wait that outlives its limit": Unit(each_run(Run.time_out), TO_DECISION),
    "a run that failed": Unit(
        tick("reconcile_onboarding"),
        (*TO_DECISION, each_run(Run.fail), later(minutes=5)),
    ),
    "a question that nobody took back": Unit(
        tick("reconcile_onboarding"),
        (*TO_DECISION, withdrawn_by_who_died, later(minutes=5)),
    ),
    "an award that nobody decides, and whose question is left": Unit(each_run(Run.time_out), aids.TO_AWARD),
    "proofs that nobody checks, and whose question is left": Unit(each_run(Run.time_out), aids.PROVEN),
    "a run of an award that failed": Unit(
        tick("reconcile_awards"), (*aids.TO_AWARD, each_run(Run.fail), later(minutes=5))
    ),
    "a run of a payment that failed": Unit(
        tick("reconcile_payments"), (*aids.PROVEN, each_run(Run.fail), later(minutes=5))
    ),
    "a question about an award that nobody took back": Unit(
        tick("reconcile_awards"), (*aids.TO_AWARD, loses(WRITE, aid.own("retrait"), AFTER), later(minutes=5))
    ),
    "a question about a payment that nobody took back": Unit(
        tick("reconcile_payments"), (*aids.PROVEN, loses(WRITE, aid.own("retrait"), AFTER), later(minutes=5))
    ),
    "a session that nobody approves, and whose question is left": Unit(
        each_run(Run.time_out), trainings.TO_APPROVE
    ),
    "a choice that nobody makes, and whose question is left": Unit(
        each_run(Run.time_out), trainings.CHOOSING
    ),
    "a run of a session that failed": Unit(
        tick("reconcile_sessions"), (*trainings.TO_APPROVE, each_run(Run.fail), later(minutes=5))
    ),
    "a run of a registration that failed": Unit(
        tick("reconcile_registrations"), (*trainings.OFFERED, each_run(Run.fail), later(minutes=5))
    ),
    "a question about a session that nobody took back": Unit(
        tick("reconcile_sessions"),
        (*trainings.TO_APPROVE, loses(WRITE, trainings.CALL_OFF, AFTER), later(minutes=5)),
    ),
    "a question about a registration that nobody took back": Unit(
        tick("reconcile_registrations"),
        (*trainings.CHOOSING, loses(WRITE, trainings.GIVE_BACK, AFTER), later(minutes=5)),
    ),
    "a report that nobody reads, and whose question is left": Unit(each_run(Run.time_out), reports.TO_REVIEW),
    "a run of a report that failed": Unit(
        tick("reconcile_reports"), (*reports.TO_REVIEW, each_run(Run.fail), later(minutes=5))
    ),
    "a question about a report that nobody took back": Unit(
        tick("reconcile_reports"), (*reports.TO_REVIEW, dropped_by_who_died, later(minutes=5))
    ),
    "a seat that was left free": Unit(
        tick("reconcile_registrations"),
        (*trainings.WAITING, loses(WRITE, trainings.MORE_SEATS, AFTER), later(minutes=5)),
    ),
    "a letter that left late": Unit(
        tick("sweep_outbox"), (*aids.TO_AWARD, throttled(aids.GRANT), later(minutes=5))
    ),
    "two equal files at once": Unit(
        uploads.take_in_two_at_once, (uploads.arrives(a_pdf()), uploads.arrives(a_pdf()))
    ),
    "news of a file that was taken away": Unit(uploads.scanned_too_late),
    "a welcome that left late": Unit(
        tick("sweep_outbox"), (*TO_PAYMENT, throttled(step.pay("confirm")), later(minutes=5))
    ),
}
