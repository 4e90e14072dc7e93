"""Everything that happens to a season report, each as a unit to be killed anywhere."""

from tests.faults import house
from tests.faults import reports as step
from tests.faults.house import later, tick, two_mornings
from tests.faults.units import ACTIVE
from tests.harness.sweep import Unit

BEGIN = tick("begin_reports")
SUBMIT, ACCEPT = step.answer("submit", "Un hiver court."), step.answer("accept")
SEND_BACK, DROP = step.answer("send_back", "Un chiffre manque."), step.answer("drop", "Trop peu de réponses.")
OVER = (*ACTIVE, step.winter_is_over)
TO_REVIEW = (*OVER, BEGIN)
TO_APPROVE = (*TO_REVIEW, SUBMIT)
TOO_LATE = (later(days=40), tick("sweep_decisions"))

MAKING: dict[str, Unit] = {
    "making a report": Unit(
        two_mornings("begin_reports"),
        OVER,
        (
            "begin_reports", "look_up_report", "list_report_parts", "read_report_part", "draft_report",
            "request_report_review",
        ),
    ),
    "reading a report": Unit(SUBMIT, TO_REVIEW, ("record_report_event", "request_report_approval")),
    "dropping a report that is read": Unit(DROP, TO_REVIEW),
    "publishing a report": Unit(
        ACCEPT, TO_APPROVE, ("print_report", "list_report_recipients", "send_report_batch")
    ),
    "sending a report back": Unit(SEND_BACK, TO_APPROVE),
    "dropping a report that is to be approved": Unit(DROP, TO_APPROVE),
    "reading a report that was sent back": Unit(SUBMIT, (*TO_APPROVE, SEND_BACK)),
    "a report that nobody reads": Unit(tick("sweep_decisions"), (*TO_REVIEW, TOO_LATE[0])),
    "a report that nobody approves": Unit(tick("sweep_decisions"), (*TO_APPROVE, TOO_LATE[0])),
    "reminding who is to read a report": Unit(
        two_mornings("send_decision_reminders"), (*TO_REVIEW, later(days=6))
    ),
}  # fmt: skip
REPAIRS: dict[str, Unit] = {
    "finding a report without its run": Unit(
        tick("reconcile_reports"), (*OVER, house.loses("StartExecution", BEGIN), later(minutes=5)),
        ("reconcile_reports",),
    ),
    "finding an answer about a report that was lost": Unit(
        tick("sweep_decisions"), (*TO_APPROVE, house.loses("SendTaskSuccess", ACCEPT), later(minutes=5))
    ),
}  # fmt: skip
UNITS = MAKING | REPAIRS
