"""The real tasks of the aid at work on a world of fakes."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest import mock

from chalicelib.runtime import lambda_task
from chalicelib.subsidies import bootstrap, telling
from chalicelib.subsidies.tasks import award, payment, rounds
from tests.aid_world import World


@contextmanager
def installed(world: World) -> Iterator[None]:
    """The tasks find this world behind their bootstrap."""
    wired = {
        "subsidies": world.subsidies,
        "subsidy_service": world.service,
        "assessor": world.assessor,
        "questions": world.questions,
        "draft_service": world.drafting,
        "reconciler": world.reconciler,
        "payment_service": world.payments,
        "payment_questions": world.payment_questions,
        "payment_reconciler": world.payment_reconciler,
        "waiting_files": world.waiting,
        "printing": world.printing,
        "deadlines": world.deadlines,
        "reminders": world.reminders,
        "office": world.rules,
    }
    with ExitStack() as stack:
        for name, made in wired.items():
            stack.enter_context(mock.patch.object(bootstrap, name, return_value=made))
        stack.enter_context(mock.patch.object(rounds, "count"))
        stack.enter_context(mock.patch.object(lambda_task, "logger"))
        stack.enter_context(mock.patch.object(bootstrap, "now", world.clock))
        stack.enter_context(mock.patch.object(bootstrap, "office_of", world.office_at))
        for module in (award, payment, telling):
            stack.enter_context(mock.patch.object(module, "decision_service", return_value=world.desk))
        yield
