"""The real tasks of the aid at work on a world of fakes."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest import mock

from chalicelib.runtime import lambda_task
from chalicelib.subsidies import telling
from chalicelib.subsidies.bootstrap import awarding, papers, paying, promises, stores
from chalicelib.subsidies.tasks import award, payment, rounds
from tests.aid_world import World


@contextmanager
def installed(world: World) -> Iterator[None]:
    """The tasks find this world behind their bootstrap."""
    wired = {
        (stores, "subsidies"): world.subsidies,
        (stores, "office"): world.rules,
        (awarding, "subsidy_service"): world.service,
        (awarding, "assessor"): world.assessor,
        (awarding, "questions"): world.questions,
        (awarding, "draft_service"): world.drafting,
        (awarding, "reconciler"): world.reconciler,
        (awarding, "waiting_files"): world.waiting,
        (paying, "payment_service"): world.payments,
        (paying, "payment_questions"): world.payment_questions,
        (paying, "payment_reconciler"): world.payment_reconciler,
        (papers, "printing"): world.printing,
        (promises, "deadlines"): world.deadlines,
        (promises, "reminders"): world.reminders,
    }
    with ExitStack() as stack:
        for (room, name), made in wired.items():
            stack.enter_context(mock.patch.object(room, name, return_value=made))
        stack.enter_context(mock.patch.object(rounds, "count"))
        stack.enter_context(mock.patch.object(lambda_task, "logger"))
        stack.enter_context(mock.patch.object(stores, "now", world.clock))
        stack.enter_context(mock.patch.object(stores, "office_of", world.office_at))
        for module in (award, payment, telling):
            stack.enter_context(mock.patch.object(module, "decision_service", return_value=world.desk))
        yield
